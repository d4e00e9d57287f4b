"""Pages on a cheap phone on a slow line: bytes, requests, and time until usable, in Chromium.

The line and the phone are emulated by the browser (its DevTools protocol): each request waits the
round trip, bytes share the line, scripts and layout run four times slower. Usable is: something is
painted, scripts have run, and the page's main action stands there and can be pressed.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.benchmarks.drafts import opened, prepared
from tests.benchmarks.figure import rounded, say, tell
from tests.benchmarks.people import BY, mothers
from tests.benchmarks.town import Town
from tests.benchmarks.visits import Visit, sending, signed_in
from tests.benchmarks.wire import by_all, faults_in_words, http
from yiwang.identity.actions import open_account, register_staff

FIRST = 140_000  # apart from the people of the other benchmarks
SENT = 24  # matters on the desk
TIMES = 5
LINE = {  # slow 4G as Lighthouse has it
    "offline": False, "latency": 150,
    "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8,
}  # fmt: skip
SLOWER = 4  # times, the processor
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True,
    "has_touch": True, "locale": "zh-CN",
}  # fmt: skip
PROFILE = "360x740@2, 1.6 Mbit/s down, 750 kbit/s up, 150 ms a request, processor 4x slower"
GOAL_KB, GOAL_MS = 100, 2000  # for public pages
TIMING = """() => ({
  painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  scripted: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
})"""


@dataclass(frozen=True)
class Visited:
    """A page: its address, what the visitor came to press, and as whom."""

    name: str
    path: str
    action: str
    visit: Visit | None = None


@dataclass
class Load:
    """One loading of a page."""

    bytes: int = 0
    requests: int = 0
    usable_ms: float = 0.0
    painted_ms: float = 0.0
    by_kind: dict[str, int] = field(default_factory=dict)


def run(town: Town) -> None:
    """`pages.*`, each with an empty cache and then with a full one."""
    mother, *others = mothers(1 + SENT, first=FIRST)
    sent = prepared(others, "bundle", "newborn")
    draft = opened(mother, "bundle", "newborn")
    town.start("web")
    done = by_all([sending(one) for one in sent], http(town.port))
    if done.faults:
        raise SystemExit(f"pages: {faults_in_words(done)}\n{town.said('web')}")
    mine, desk = signed_in(mother), _clerk()
    say(f"pages: {PROFILE}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for page in (*_public(), *_private(f"/my/drafts/{draft.number}/", mine, desk)):
            _measure(town, chromium, page)
        chromium.close()
    town.stop()


def _public() -> Sequence[Visited]:
    return (
        Visited("home", "/", "main a[href]"),
        Visited("browse", "/browse/", "main .y-list a[href]"),
        Visited("search", "/search/?q=%E4%B8%8A%E6%88%B7%E5%8F%A3", "main .y-found a[href]"),
        Visited("guide", "/services/household-registration/", "main button.btn-primary"),
        Visited("bundle", "/things/newborn/", "main button.btn-primary"),
        Visited("powers", "/powers/", "main a[href]"),
    )


def _private(draft: str, mine: Visit, desk: Visit) -> Sequence[Visited]:
    return (
        Visited("form", draft, "main form button.btn-primary", mine),
        Visited("matters", "/my/matters/", "main a[href]", mine),
        Visited("worklist", "/desk/", "main [data-row], main a[href]", desk),
    )


def _clerk() -> Visit:
    """Staff of the police with the worklist open."""
    staff = register_staff(name="周明", number="bench-1", department="public-security",
                           roles=["household-officer"], by=BY)  # fmt: skip
    account = open_account("bench-1", None, by=BY, staff=staff, password_hash="!")

    @dataclass(frozen=True)
    class Somebody:
        account: Any

    return signed_in(Somebody(account))  # type: ignore[arg-type]


def _measure(town: Town, chromium: Browser, page: Visited) -> None:
    cold, warm = [], []
    for _ in range(TIMES):
        context = _context(town, chromium, page.visit)
        first = _load(context, town, page)
        if first is None:
            say(f"pages.{page.name}: there is no such page")
            return
        cold.append(first)
        again = _load(context, town, page)
        assert again is not None
        warm.append(again)
        context.close()
    usual = _middle(cold)
    goal = {} if page.visit else {"limit_kb": GOAL_KB, "limit_ms": GOAL_MS}
    tell(
        f"pages.{page.name}", usual.usable_ms, "ms", kb=rounded(usual.bytes / 1000),
        requests=usual.requests, painted_ms=rounded(usual.painted_ms),
        kb_by_kind={k: rounded(v / 1000) for k, v in sorted(usual.by_kind.items())},
        warm=_told(_middle(warm)), slowest_ms=rounded(max(one.usable_ms for one in cold)),
        times=TIMES, beside=goal,
    )  # fmt: skip


def _middle(loads: Sequence[Load]) -> Load:
    """The loading whose time is the median."""
    middle = statistics.median_low([one.usable_ms for one in loads])
    return next(one for one in loads if one.usable_ms == middle)


def _told(load: Load) -> Mapping[str, float]:
    return {
        "ms": rounded(load.usable_ms),
        "kb": rounded(load.bytes / 1000),
        "requests": load.requests,
    }


def _context(town: Town, chromium: Browser, visit: Visit | None) -> BrowserContext:
    context = chromium.new_context(**PHONE)
    pairs = dict(pair.split("=", 1) for pair in visit.cookies.split("; ")) if visit else {}
    address = f"http://127.0.0.1:{town.port}"
    context.add_cookies([{"name": k, "value": v, "url": address} for k, v in pairs.items()])
    return context


def _load(context: BrowserContext, town: Town, visited: Visited) -> Load | None:
    """Open it in a new tab; None where the city has no such page."""
    page = context.new_page()
    load = _watched(context.new_cdp_session(page))
    answer = page.goto(f"http://127.0.0.1:{town.port}{visited.path}", wait_until="load")
    if answer is None or answer.status == 404:
        return None
    if answer.status != 200:
        raise SystemExit(f"pages.{visited.name}: answered {answer.status}\n{town.said('web')}")
    _must_be_usable(page, visited)
    page.wait_for_load_state("networkidle")
    told = page.evaluate(TIMING)
    load.painted_ms, load.usable_ms = told["painted"], max(told["painted"], told["scripted"])
    page.close()
    return load


def _must_be_usable(page: Page, visited: Visited) -> None:
    action = page.locator(visited.action).first
    if not (action.is_visible() and action.is_enabled()):
        raise SystemExit(f"pages.{visited.name}: nothing to press at {page.url}")


def _watched(session: CDPSession) -> Load:
    """Slow the line and the phone; count what comes over the line."""
    load, kinds = Load(), {}

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        came = int(event["encodedDataLength"])
        if came:
            kind = kinds.get(event["requestId"], "Other").lower()
            load.bytes, load.requests = load.bytes + came, load.requests + 1
            load.by_kind[kind] = load.by_kind.get(kind, 0) + came

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return load
