"""`yiwang cases replay`: decide again what was decided, and see the same verdict."""

from __future__ import annotations

import json
from argparse import Namespace

from yiwang.services.replay import replay

MARKS = {True: "✓", False: "✗", None: "?"}


def add(words) -> None:
    """`yiwang cases …`."""
    cases = words.add_parser("cases", help="look into cases")
    verbs = cases.add_subparsers(title="verbs", metavar="VERB", required=True)
    again = verbs.add_parser("replay", help="decide a decided case again, from what was known then")
    again.add_argument("number", metavar="NUMBER")
    again.add_argument("--json", action="store_true", help="print for machines")
    again.set_defaults(run=run_replay, needs_database=True)


def run_replay(arguments: Namespace) -> int:
    """Print the replay; 1 where the verdict does not come out the same."""
    told = replay(arguments.number)
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    elif not told["decided"]:
        print(f"{told['number']}: not decided yet ({told['state']})")
    else:
        how = "by rule" if told["by_rule"] else "by a person"
        print(f"{told['number']}  {told['service']}  {how} on {told['on']}")
        print(f"pack {told['pack'][:12]}  calendar {told['calendar'][:12]}")
        for one in told["conditions"]:
            print(f"  {MARKS[one['value']]} {one['id']}: {one['in_words']['zh']}")
        print("same verdict" if told["same"] else "NOT the same verdict")
    return 0 if told.get("same", True) else 1
