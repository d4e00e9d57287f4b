"""`yiwang health`: is this city up?"""

from __future__ import annotations

import json
from argparse import Namespace

from yiwang.web.health import state


def add(words) -> None:
    """`yiwang health`."""
    parser = words.add_parser("health", help="say whether database, pack, worker and log are well")
    parser.set_defaults(run=run, needs_database=True)


def run(arguments: Namespace) -> int:
    """One JSON object, as `/health` gives it; 1 when something is not well."""
    found = state()
    print(json.dumps(found, ensure_ascii=False))
    return 0 if found["ok"] else 1
