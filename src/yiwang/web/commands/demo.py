"""`yiwang demo`: invented people and their week of matters; who can be signed in as."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from typing import Any

from yiwang.kernel.words import Text
from yiwang.web.demo.accounts import told
from yiwang.web.demo.loading import load

SIGN_IN = Text(
    zh="演示账号（密码都是 {password}，也可以在 /demo/ 一键登录）：",
    en="Demo sign-ins (the password is {password}; /demo/ signs in with one press):",
)


def add(words) -> None:
    """`yiwang demo …`."""
    demo = words.add_parser("demo", help="the demo city's people, week and sign-ins")
    verbs = demo.add_subparsers(title="verbs", metavar="VERB", required=True)
    fill = verbs.add_parser("load", help="fill an empty city; a second time changes nothing")
    fill.set_defaults(run=run_load, needs_database=True)
    accounts = verbs.add_parser("accounts", help="who can be signed in as, and what for")
    accounts.add_argument("--json", action="store_true", help="print for machines")
    accounts.set_defaults(run=run_accounts, needs_database=True)


def run_load(arguments: Namespace) -> None:
    """Load, telling each part as it begins."""
    began = time.monotonic()
    done = load(say=lambda words: print(f"  · {words} …", flush=True))
    print(f"{done} ({time.monotonic() - began:.1f} s)")


def run_accounts(arguments: Namespace) -> None:
    """Print every demo sign-in."""
    found = told()
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    passwords = {one["password"] for group in found["groups"] for one in group["accounts"]}
    print(SIGN_IN.filled(password="".join(passwords)))
    for group in found["groups"]:
        print(f"  {Text(**group['title'])}")
        for one in group["accounts"]:
            print(f"    {one['username']:<20}{_who(one)}")


def _who(one: dict[str, Any]) -> str:
    titles = "、".join(str(Text(**role["title"])) for role in one["roles"])
    return f"{one['name']}  {titles or Text(**one['story'])}"
