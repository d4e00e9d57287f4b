"""`yiwang api schema`: the OpenAPI document of `/api/v1/`, and the schema of a plan."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from yiwang.web.api import reference
from yiwang.web.environment import CHECKOUT

SCHEMAS = CHECKOUT / "docs" / "reference" / "schemas"


def add(words) -> None:
    """`yiwang api …`."""
    api = words.add_parser("api", help="the JSON interface")
    verbs = api.add_subparsers(title="verbs", metavar="VERB", required=True)
    schema = verbs.add_parser("schema", help="print or write what is published of it")
    schema.add_argument("--write", type=Path, metavar="DIR", nargs="?", const=SCHEMAS)
    schema.set_defaults(run=run)


def run(arguments: Namespace) -> None:
    """Print the OpenAPI document, or write the published files into a folder."""
    files = reference()
    if arguments.write is None:
        print(files["api.json"], end="")
        return
    for name, text in files.items():
        (arguments.write / name).write_text(text, encoding="utf-8")
