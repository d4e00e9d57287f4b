# POSIX sh and GNU make. A fresh machine needs Python >= 3.11 with venv, Node >= 20 and make.
# Every step leaves a stamp under .venv, so that nothing is done twice.
SHELL = /bin/sh
.DELETE_ON_ERROR:
.PHONY: run setup setup-dev browser test check audit bench lock clean

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; \
  done; echo python3)
BIN = .venv/bin
STAMPS = .venv/stamps
PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check
WORDS = $(wildcard src/yiwang/*/locale/zh_Hans/LC_MESSAGES/django.po)
PAGES = $(shell find src/yiwang \( -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.mjs' \
  -o -name '*.svg' \) -not -path '*/built/*')

# ---- running

run: setup
	@YIWANG_DEMO="$${YIWANG_DEMO:-1}" exec $(BIN)/yiwang up

setup: $(STAMPS)/run $(STAMPS)/words $(STAMPS)/pages

$(STAMPS)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Yiwang needs Python 3.11 or newer; '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)." \
	       "Install it, or say which one to use: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python has no venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	  exit 2; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv || { \
	  echo "The folder $$(pwd) cannot be written. Put the program in a folder of your own." >&2; \
	  exit 2; }
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt pyproject.toml | $(STAMPS)/python
	@echo "Installing Python packages (a minute or two the first time)"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/words: $(WORDS) | $(STAMPS)/run
	@for po in $(WORDS); do \
	  $(BIN)/pybabel --quiet compile -D django -l zh_Hans -i $$po -o $${po%.po}.mo || exit 1; \
	done
	@touch $@

$(STAMPS)/node: | $(STAMPS)/python
	@command -v node >/dev/null && command -v npm >/dev/null || { \
	  echo "Yiwang needs Node 20 or newer with npm, and found none." >&2; exit 2; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { \
	  echo "Yiwang needs Node 20 or newer; this is $$(node --version)." >&2; exit 2; }
	@touch $@

$(STAMPS)/npm: package.json package-lock.json | $(STAMPS)/node
	@echo "Installing the packages of the pages"
	@NPM_CONFIG_UPDATE_NOTIFIER=false npm ci --include=dev --no-progress --loglevel=error >/dev/null
	@touch $@

$(STAMPS)/pages: $(PAGES) $(STAMPS)/npm
	@echo "Building styles and scripts"
	@npm run --silent build
	@touch $@

# ---- checking

setup-dev: setup $(STAMPS)/dev

$(STAMPS)/dev: requirements/dev.txt | $(STAMPS)/run
	@echo "Installing the tools of the tests"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	  else \
	    echo "The tests need Chromium: sudo apt-get install chromium fonts-noto-cjk" >&2; exit 2; \
	  fi; }

# The browser's tests run apart: its loop stays in the process it was driven from.
test: setup-dev browser
	@$(BIN)/pytest -n 2 --dist loadfile -m "not browser" $(ARGS)
	@$(BIN)/pytest -n 2 --dist loadfile -m browser $(ARGS)

check: setup-dev
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=yiwang.web.settings $(BIN)/python -W ignore::RuntimeWarning \
	  -m django makemigrations --check --dry-run

# Asks the databases of PyPI and npm for known weaknesses: needs the network, so CI does not run it.
audit: setup
	@[ -x .venv/audit/bin/pip-audit ] || { $(PYTHON) -m venv .venv/audit && \
	  .venv/audit/bin/pip install -qq --disable-pip-version-check pip-audit; } || { \
	  echo "pip-audit could not be installed; make audit needs the network." >&2; exit 2; }
	.venv/audit/bin/pip-audit --require-hashes --disable-pip -r requirements/run.txt
	npm audit --omit=dev

bench: setup-dev
	@$(BIN)/python -m tests.benchmarks $(NAME)

# ---- keeping

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: | $(STAMPS)/run
	@$(PIP) uv
	@$(LOCK) $(UPGRADE) requirements/run.in -o requirements/run.txt
	@$(LOCK) $(UPGRADE) requirements/dev.in -o requirements/dev.txt

# What setup made; what the program wrote (var/) stays.
clean:
	rm -rf .venv node_modules src/yiwang/ui/static/built
	find src -name '*.mo' -delete
