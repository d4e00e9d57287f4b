# POSIX sh and GNU make. A fresh machine needs Python >= 3.11 with venv, Node >= 20 and make.
# Every step leaves a stamp under .venv, so nothing is done twice.
SHELL = /bin/sh
.DELETE_ON_ERROR:
.PHONY: run setup test check bench lock clean

PYTHON ?= python3
BIN = .venv/bin
STAMPS = .venv/stamps
ROOMS = $(wildcard src/yiwang/*/)
PO = $(wildcard src/yiwang/*/locale/*/LC_MESSAGES/django.po)
PAGES = package.json package-lock.json $(shell find src/yiwang -name '*.html' -o -name '*.css' -o -name '*.mjs' -o \( -name '*.js' -not -path '*/built/*' \) 2>/dev/null | grep -v /built/)

# ---- running -------------------------------------------------------------------------------

run: setup
	@YIWANG_DEMO="$${YIWANG_DEMO:-1}" exec $(BIN)/yiwang up

setup: $(STAMPS)/run $(STAMPS)/words $(STAMPS)/pages

$(STAMPS)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Yiwang needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
	       "Install it, or say which: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python has no venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@test -x $(BIN)/python || { echo "Making .venv"; $(PYTHON) -m venv .venv; }
	@mkdir -p $(STAMPS); touch $@

$(STAMPS)/run: requirements/run.txt pyproject.toml | $(STAMPS)/python
	@echo "Installing the Python packages (a minute or two the first time)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/words: $(PO) | $(STAMPS)/run
	@for room in $(PO:/zh_Hans/LC_MESSAGES/django.po=); do \
	  $(BIN)/pybabel -q compile -D django -d $$room || exit 1; done
	@touch $@

$(STAMPS)/node:
	@command -v npm >/dev/null || { \
	  echo "Yiwang needs Node 20 or newer with npm, which is not installed." >&2; exit 2; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20)' || { \
	  echo "Yiwang needs Node 20 or newer; this is $$(node --version)." >&2; exit 2; }
	@mkdir -p $(STAMPS); touch $@

$(STAMPS)/npm: package.json package-lock.json | $(STAMPS)/node $(STAMPS)/python
	@echo "Installing the packages of the pages"
	@npm ci --no-progress --loglevel=error
	@touch $@

$(STAMPS)/pages: $(PAGES) $(STAMPS)/npm $(STAMPS)/run
	@npm run --silent build
	@$(BIN)/yiwang collect
	@touch $@
