"""Somebody at a browser: what they see and press, and whether anything went wrong meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, TimeoutError

from tests.journeys.town import Town
from tests.journeys.words import EN, ZH

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}
PASSWORD = "jiangcheng-demo"  # of the invented people in the pack
WAIT = 15_000  # milliseconds; on a quiet machine everything takes a tenth of a second
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Visitor:
    """One browser of its own. `complaints` gathers what must not happen on any page."""

    def __init__(
        self,
        browser: Browser,
        town: Town,
        *,
        words: dict[str, Any] = ZH,
        size: dict[str, int] = PHONE,
        elder: bool = False,
        dark: bool = False,
    ) -> None:
        self.town, self.words = town, words
        self.context = browser.new_context(
            viewport=size, locale=words["locale"], color_scheme="dark" if dark else "light"
        )
        self.context.set_default_timeout(WAIT)
        self.context.add_init_script(path=AXE)
        cookies = {"django_language": "en" if words is EN else "zh-hans"}
        cookies |= {"elder": "1"} if elder else {}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": town.address} for name, value in cookies.items()]
        )
        self.complaints: list[str] = []
        self.axe_tags = [*TAGS, "wcag2aaa"] if elder else TAGS
        self.looks: set[str] = set()
        self.page = self.context.new_page()
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        self.context.on("response", self._answered)
        self.context.on("request", lambda request: self._asked(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSED.match(message.text):
            self.complaints.append(f"console: {message.text} at {self.page.url}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.complaints.append(f"left the house: {url}")

    def _answered(self, response: Response) -> None:
        page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not page):
            self.complaints.append(f"{response.status}: {response.url}")

    def leave(self) -> list[str]:
        """Close the browser; what went wrong."""
        self.context.close()
        return self.complaints

    # ---- looking

    @property
    def main(self) -> Locator:
        """The page's main part, with what stands beside it at the desk."""
        return self.page.get_by_role("main").or_(self.page.get_by_role("complementary"))

    @property
    def path(self) -> str:
        """The address without host and query."""
        return urlsplit(self.page.url).path

    def open(self, path: str) -> None:
        """Go to an address of the city."""
        self.page.goto(self.town.address + path)

    def link(self, name: str | re.Pattern[str]) -> Locator:
        """The first link of this name in the main part."""
        return self.main.get_by_role("link", name=name).first

    def button(self, name: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        """The first button of this name in the main part."""
        return self.main.get_by_role("button", name=name, exact=exact).first

    def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        """Press a button and wait for the page that follows."""
        with self.page.expect_navigation():
            self.button(name, exact=exact).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link."""
        with self.page.expect_navigation():
            self.link(name).click()

    def see(self, *words: str) -> None:
        """All these words stand in the main part, within a moment."""
        for one in words:
            try:
                self.main.get_by_text(one).first.wait_for(state="attached")
            except TimeoutError:
                raise AssertionError(f"“{one}” is not on {self.path}:\n{self.reads()}") from None

    def reads(self) -> str:
        """All the text of the main part."""
        return self.page.get_by_role("main").inner_text()

    def look(self) -> None:
        """Nothing on this page is a barrier, and nothing is wider than the screen."""
        found = self.page.evaluate(
            "(tags) => axe.run({runOnly: {type: 'tag', values: tags}})", self.axe_tags
        )
        for one in found["violations"]:
            html = [node["html"][:200] for node in one["nodes"][:3]]
            self.complaints.append(f"barrier {one['id']} at {self.path}: {html}")
        root = "document.documentElement"
        spare = self.page.evaluate(f"{root}.clientWidth - {root}.scrollWidth")
        if spare:
            self.complaints.append(f"{-spare} px too wide: {self.path}")

    # ---- doing

    def sign_in(self, username: str) -> None:
        """Sign in with user name and password."""
        self.open("/sign-in/")
        self.fill_sign_in(username)

    def fill_sign_in(self, username: str) -> None:
        """On the sign-in page: user name, password, go."""
        self.page.get_by_label(self.words["user name"]).fill(username)
        self.page.get_by_label(self.words["password"]).fill(PASSWORD)
        self.press(self.words["sign in"], exact=True)

    def begin(self, role: str = "as mother", *, path: str = "/things/newborn/") -> str:
        """From the guide into a draft; its number."""
        self.open(path)
        self.press(self.words[role])
        return self.number

    @property
    def number(self) -> str:
        """The number of the matter in the address."""
        return self.path.split("/")[3]

    def answer_page(self, answers: dict[str, str | None]) -> None:
        """Answer every question on this screen that `answers` knows by a piece of its words."""
        for words, value in answers.items():
            name = re.compile(re.escape(words))
            group = self.main.get_by_role("group", name=name)
            for n in range(group.count()):
                group.nth(n).get_by_label(str(value), exact=True).check()
            box = self.main.get_by_role("textbox", name=name)
            for n in range(0 if value is None else box.count()):
                box.nth(n).fill(str(value))
            choice = self.main.get_by_role("combobox", name=name)
            for n in range(choice.count()):
                choice.nth(n).select_option(label=str(value))

    def answer(self, *, look: bool = False, until: str = "", **more: str) -> list[str]:
        """Answer screen by screen until documents, check or `until` come; headings seen."""
        answers = self.words["answers"] | more
        seen = []
        while re.fullmatch(r"/my/drafts/[^/]+/", self.path):
            heading = self.page.get_by_role("heading", level=1).inner_text()
            seen.append(heading)
            if until and until in self.reads():
                return seen
            if look:
                self.look()
            self.answer_page(answers)
            self.press(self.words["continue"])
            assert not self.page.get_by_role("alert").count(), self.reads()
        return seen

    def sign_and_send(self, *, look: bool = False) -> str:
        """Ask for the code, read it where the demo shows it, send; the number."""
        self.press(self.words["get code"])
        if look:
            self.look()
        self.page.get_by_label(self.words["code"]).fill(self.told_code())
        self.press(self.words["send"])
        return self.number

    def agree(self, *, look: bool = False) -> None:
        """On the page of what somebody else applies for: ask for the code, give it, agree."""
        self.press(self.words["get code"])
        if look:
            self.look()
        self.page.get_by_label(self.words["code"]).fill(self.told_code())
        self.press(self.words["agree"], exact=True)

    def told_code(self) -> str:
        """The six digits the demo shows instead of a phone."""
        words = self.main.locator(".y-notice.is-good").inner_text()
        found = re.search(r"(?<!\d)\d{6}(?!\d)", words)
        assert found, self.reads()
        return found.group()

    def upload(self, label: str, name: str, kind: str, data: bytes) -> None:
        """Choose a file for the document of this name."""
        self.main.get_by_label(label).set_input_files(
            {"name": name, "mimeType": kind, "buffer": data}
        )

    def statuses(self, items: Iterable[str]) -> dict[str, str]:
        """What stands on the card of each item of a matter."""
        rows = self.main.get_by_role("listitem")
        heading = {one: self.page.get_by_role("heading", name=one, exact=True) for one in items}
        return {one: rows.filter(has=heading[one]).inner_text() for one in items}
