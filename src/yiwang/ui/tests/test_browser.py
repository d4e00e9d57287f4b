"""The style guide in a real browser: no barrier, nothing wider than the phone, keys that work."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, sync_playwright

import yiwang.ui

ROOM = Path(yiwang.ui.__file__).parent
AXE = ROOM.parents[2] / "node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci"),
    pytest.mark.skipif(
        not (ROOM / "static/built/yiwang.css").exists(), reason="not built: npm run build"
    ),
]


class Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def address(settings) -> Iterator[str]:
    settings.DEMO = True
    server = make_server(
        "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def opened(browser: Browser, address: str, *, width: int, bypass: bool = False, **cookies) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, locale="zh-CN", bypass_csp=bypass
    )
    context.add_cookies([{"name": n, "value": v, "url": address} for n, v in cookies.items()])
    page = context.new_page()
    page.goto(f"{address}/style/")
    return page


@pytest.mark.parametrize(
    ("width", "cookies"),
    [
        (360, {"django_language": "zh-hans"}),
        (360, {"django_language": "en", "elder": "1"}),
        (360, {"django_language": "zh-hans", "elder": "1", "theme": "dark"}),
        (1440, {"django_language": "en", "theme": "dark"}),
    ],
)
def test_the_style_guide_has_no_barrier_and_fits(browser, address, width, cookies):
    page = opened(browser, address, width=width, bypass=True, **cookies)

    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    if "elder" in cookies:
        tags.append("wcag2aaa")
    found = page.evaluate("(tags) => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
    root = "document.documentElement"
    spare = page.evaluate(f"{root}.clientWidth - {root}.scrollWidth")
    page.context.close()

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert spare == 0


def test_the_policy_lets_our_own_scripts_run_and_nothing_complains(browser, address):
    complaints = []
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/style/")

    page.get_by_role("button", name="打开窗口").click()
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    context.close()

    assert complaints == []


DESK = """<!doctype html><input data-search><nav class="y-rail"><a href="#rail">R</a></nav>
<table><tr data-row><td><a id="one" href="#1">1</a>
<tr data-row><td><a id="two" href="#2">2</a></table>
<dialog id="keys"><button>ok</button></dialog>"""


def test_a_clerk_works_by_keyboard(browser):
    page = browser.new_page()
    page.set_content(DESK)
    page.add_script_tag(path=ROOM / "static/built/desk.js")

    def after(key: str) -> str:
        page.keyboard.press(key)
        return page.evaluate("document.activeElement.id || document.activeElement.tagName")

    assert [after(key) for key in "jjjk"] == ["one", "two", "two", "one"]
    assert after("/") == "INPUT"
    assert after("j") == "INPUT" and page.locator("input").input_value() == "j"
    page.keyboard.press("Escape")
    assert after("g") == "A"
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.close()


def test_a_file_too_large_is_told_before_it_is_sent(browser, address):
    page = opened(browser, address, width=360)

    control = page.locator("input[type=file]")
    control.set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"0" * 10_000_001}
    )
    told = page.locator("[data-file-told]").inner_text()
    page.context.close()

    assert "a.pdf · 10.0 MB" in told
    assert "文件太大" in told


def test_an_error_leads_to_its_control(browser, address):
    page = opened(browser, address, width=360)

    page.get_by_role("link", name="日期不能晚于今天").click()
    focused = page.evaluate("document.activeElement.id")
    page.context.close()

    assert focused == "f-wrong-date"


def test_a_public_page_weighs_less_than_100_kb(browser, address):
    weights = []
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.on("response", lambda answer: weights.append(len(answer.body())))
    page.goto(f"{address}/style/", wait_until="networkidle")
    context.close()

    assert len(weights) >= 4
    assert sum(weights) < 200_000  # before compression; a quarter of it over the wire
