"""`yiwang cases replay`: decide again what was decided, and see the same verdict."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from yiwang.cases.errors import NoSuchCase
from yiwang.kernel.errors import NotFound
from yiwang.kernel.words import Language, Text, speak
from yiwang.services.replay import replay
from yiwang.web.commands.pack import spoken_here

UNKNOWN = Text(
    zh="没有编号为 {number} 的办件。请核对编号，例如 JC-20261121-000001-2-1。",
    en="There is no case {number}. Check the number; it looks like JC-20261121-000001-2-1.",
)
MARKS = {True: "✓", False: "✗", None: "?"}
BY_RULE = Text(zh="{on} 按规则自动决定", en="by rule on {on}")
BY_PERSON = Text(zh="{on} 由人工决定", en="by a person on {on}")
VERSIONS = Text(zh="配置包 {pack}  工作日历 {calendar}", en="pack {pack}  calendar {calendar}")
SAME = Text(zh="结论一致", en="same verdict")
NOT_SAME = Text(zh="结论不一致", en="NOT the same verdict")
UNDECIDED = Text(zh="{number}：还没有决定（{state}）", en="{number}: not decided yet ({state})")
WHOLE = Text(
    zh="{number} 是整件办件，决定是逐项作出的。请用其中一项的编号：",
    en="{number} is a whole matter; each of its items is decided by itself. Give one of these:",
)


def add(words) -> None:
    """`yiwang cases …`."""
    cases = words.add_parser("cases", help="look into cases")
    verbs = cases.add_subparsers(title="verbs", metavar="VERB", required=True)
    again = verbs.add_parser("replay", help="decide a decided case again, from what was known then")
    again.add_argument("number", metavar="NUMBER")
    again.add_argument("--lang", choices=("zh", "en"), default=spoken_here(), help="zh or en")
    again.add_argument("--json", action="store_true", help="print for machines")
    again.set_defaults(run=run_replay, needs_database=True)


def run_replay(arguments: Namespace) -> int:
    """Print the replay; 1 where the verdict does not come out the same."""
    speak(arguments.lang)
    try:
        told = replay(arguments.number)
    except NoSuchCase:
        raise NotFound(UNKNOWN.filled(number=arguments.number)) from None
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    elif told["decided"]:
        _tell(told, arguments.lang)
    else:
        _tell_undecided(told)
    return 0 if told.get("same", True) else 1


def _tell(told: dict[str, Any], lang: Language) -> None:
    how = BY_RULE if told["by_rule"] else BY_PERSON
    print(f"{told['number']}  {told['service']}  {how.filled(on=told['on'])}")
    print(VERSIONS.filled(pack=told["pack"][:12], calendar=told["calendar"][:12]))
    for one in told["conditions"]:
        print(f"  {MARKS[one['value']]} {one['id']}: {one['in_words'][lang]}")
    print(SAME if told["same"] else NOT_SAME)


def _tell_undecided(told: dict[str, Any]) -> None:
    if "items" not in told:
        print(UNDECIDED.filled(number=told["number"], state=told["state"]))
        return
    print(WHOLE.filled(number=told["number"]))
    for number in told["items"]:
        print(f"  {number}")
