"""Does what the tutorial says, in a copy of the pack, and puts what was really printed into it.

`python -m tests.habits.tutorial` writes both languages anew. A comment before a block of the page
says where the block goes: `<!-- file: PATH -->` is a whole file, `<!-- before "LINE": PATH -->` is
put before the line that begins so, `<!-- mend: PATH: OLD -> NEW -->` is what the
words tell to mend.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import django

CHECKOUT = Path(__file__).resolve().parents[2]
PACK = CHECKOUT / "packs" / "jiangcheng"
PAGES = {
    "en": CHECKOUT / "docs" / "tutorial" / "declare-a-bundle.md",
    "zh": CHECKOUT / "docs" / "tutorial" / "declare-a-bundle.zh-CN.md",
}
STEP = re.compile(
    r"<!-- mend: (?P<mended>\S+): (?P<old>.+?) -> (?P<new>.+?) -->"
    r'|<!-- (?:file|before "(?P<line>.+?)"): (?P<path>\S+) -->\n```yaml\n(?P<block>.*?)```'
    r"|```console\n(?P<console>.*?)```",
    re.DOTALL,
)
VERSION = re.compile(r"(version|版本) [0-9a-f]{12}")


def done(page: str, lang: str, city: Path) -> str:
    """The page with what its commands print, done step by step in the copy `city`."""
    shutil.copytree(PACK, city)
    return STEP.sub(lambda step: _do(step, lang, city), page)


def _do(step: re.Match[str], lang: str, city: Path) -> str:
    if step["mended"]:
        _replace(city / step["mended"], step["old"], step["new"])
    elif step["path"] and step["line"] is None:
        (city / step["path"]).write_text(step["block"], encoding="utf-8")
    elif step["path"]:
        _put_before(city / step["path"], step["line"], step["block"])
    else:
        return f"```console\n{_printed(step['console'], lang, city)}```"
    return step[0]


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} should say {old!r} once"
    file.write_text(text.replace(old, new), encoding="utf-8")


def _put_before(file: Path, line: str, block: str) -> None:
    before, found, after = file.read_text(encoding="utf-8").partition(f"\n{line}")
    assert found, f"{file.name} has no line that begins with {line!r}"
    file.write_text(f"{before}\n{block.rstrip()}{found}{after}", encoding="utf-8")


def _printed(console: str, lang: str, city: Path) -> str:
    shown = []
    for part in re.split(r"^(?=\$ )", console, flags=re.MULTILINE):
        command, _, before = part.partition("\n")
        words = command.removeprefix("$ .venv/bin/yiwang ").split()
        if words:
            printed = before if "load" in words else _run(words, lang, city)
            shown.append(f"{command}\n{printed}")
    return "".join(shown)


def _run(words: list[str], lang: str, city: Path) -> str:
    from yiwang.web import cli  # noqa: PLC0415 - settings stand only now

    places = {"packs/my-city": str(city), "packs/jiangcheng": str(PACK)}
    words = [places.get(word, word) for word in words]
    lines = int(words[-1].lstrip("-")) if words[-2:-1] == ["head"] else None
    words = words if lines is None else words[:-3]  # … | head -22
    words += [] if "--lang" in words else ["--lang", lang]
    out = StringIO()
    with redirect_stdout(out):
        arguments = cli.parser(words).parse_args(words)
        arguments.run(arguments)
    printed = VERSION.sub(r"\1 …", out.getvalue())
    return "".join(printed.splitlines(keepends=True)[:lines])


def main() -> None:
    """Write both pages anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.web.settings")
    django.setup()
    for lang, page in PAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            text = done(page.read_text(encoding="utf-8"), lang, Path(folder) / "city")
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
