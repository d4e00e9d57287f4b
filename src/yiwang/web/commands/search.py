"""`yiwang search`: what people find, on the command line."""

from __future__ import annotations

import json
from argparse import Namespace

from yiwang.kernel.words import Text, speak
from yiwang.pack.queries import current
from yiwang.search.queries import find, others
from yiwang.search.shapes import shape_of
from yiwang.web.commands.pack import spoken_here

FOUND = Text(zh="找到 {number} 项", en="{number} found")
READ_AS = Text(zh="按“{words}”查找", en="searched for “{words}”")
NOTHING = Text(
    zh="没有找到“{query}”。换几个字试试，或者一样一样查：{others}",
    en="Nothing was found for “{query}”. Try other words, or one thing at a time: {others}",
)


def add(words) -> None:
    """`yiwang search …`."""
    parser = words.add_parser("search", help="find items and bundles by what people say")
    parser.add_argument("query", metavar="WORDS")
    parser.add_argument("--department", default="", help="only of this office, by its full name")
    parser.add_argument("--page", type=int, default=1, help="10 on a page")
    parser.add_argument("--json", action="store_true", help="print for machines")
    parser.add_argument("--lang", choices=("zh", "en"), default=spoken_here(), help="zh or en")
    parser.set_defaults(run=run, needs_database=True)


def run(arguments: Namespace) -> int:
    """Print what was found, best first; 1 where nothing was."""
    speak(arguments.lang)
    found = find(current(), arguments.query, {"department": arguments.department})
    shape = shape_of(found, max(1, arguments.page))
    if arguments.json:
        print(json.dumps(shape.model_dump(mode="json"), ensure_ascii=False, indent=1))
        return 0 if shape.count else 1
    if shape.read_as:
        print(READ_AS.filled(words=shape.read_as))
    if not shape.count:
        print(NOTHING.filled(query=shape.query, others="、".join(others(found))))
        return 1
    print(FOUND.filled(number=shape.count))
    for hit in shape.hits:
        print(f"  {hit.title}  [{hit.department}]  {hit.url}")
    return 0
