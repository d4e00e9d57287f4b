"""What is told of declarations that cannot stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yiwang.kernel.words import Text
from yiwang.pack import shape_faults
from yiwang.pack.declaration import KINDS, Kind, Problem
from yiwang.pack.references import Reference
from yiwang.pack.source import Entry


@dataclass(frozen=True)
class Written:
    """A declaration as it stands in a file."""

    kind: str
    id: str
    entry: Entry
    file: str
    depth: int = 0
    """0 is the folder itself, 1 the layer directly under it, and so on."""


def not_a_declaration(kind: str, entry: Entry, file: str) -> Problem:
    """What stands here is no declaration."""
    return Problem(
        kind,
        "",
        (),
        Text(zh="这里应该是一条声明。", en="A declaration should stand here."),
        Text(
            zh="写成「名称: 值」，每行一个；几条就写成列表。",
            en="Write “name: value”, one a line; several declarations are a list of these.",
        ),
        code="not-a-declaration",
        file=file,
        line=entry.line(()),
    )


def declared_twice(written: Written, first: Written) -> Problem:
    """The same folder declares it twice."""
    title = KINDS[written.kind].title
    where = f"{first.file}:{first.entry.line(('id',))}"
    return Problem(
        written.kind,
        written.id,
        ("id",),
        Text(
            zh=f"{title.zh}「{written.id}」在 {where} 已经声明过。",
            en=f"The {title.en} “{written.id}” is declared already in {where}.",
        ),
        Text(zh="换一个 id，或者只留一处。", en="Give it another id, or keep only one."),
        code="duplicate-id",
        file=written.file,
        line=written.entry.line(("id",)),
    )


def declared_below(above: Written, below: Written) -> Problem:
    """A layer declares it too; what lies above counts."""
    title = KINDS[above.kind].title
    where = f"{below.file}:{below.entry.line(('id',))}"
    return Problem(
        above.kind,
        above.id,
        ("id",),
        Text(
            zh=f"下层 {where} 也声明了{title.zh}「{below.id}」，以这里的为准。",
            en=f"The layer's {where} declares the {title.en} “{below.id}” too; this one counts.",
        ),
        Text(
            zh="如果这是本意，不用改；不是就换一个 id。",
            en="Leave it so if you mean to replace it; else give this one another id.",
        ),
        severity="finding",
        code="over-a-layer",
        file=above.file,
        line=above.entry.line(("id",)),
    )


def none_of(kind: Kind) -> Problem:
    """There is none of a kind of which there must be one."""
    return Problem(
        kind.name,
        "",
        (),
        Text(zh=f"没有声明{kind.title.zh}。", en=f"The pack declares no {kind.title.en}."),
        Text(
            zh=f"加上文件 {kind.folder}/{kind.name}.yaml；"
            "如果这是一层目录，用 --over 放在城市下面。",
            en=f"Add the file {kind.folder}/{kind.name}.yaml; if this is a layer, put it under a "
            "city with --over.",
        ),
        code="none",
        file=f"{kind.folder}/",
    )


def one_too_many(written: Written, kind: Kind) -> Problem:
    """There are two of a kind of which there is one."""
    return Problem(
        kind.name,
        written.id,
        (),
        Text(zh=f"{kind.title.zh}只能有一个。", en=f"There can be only one {kind.title.en}."),
        Text(zh="只留一个。", en="Keep one."),
        code="single",
        file=written.file,
        line=written.entry.line(()),
    )


def missing(kind: str, id: str, reference: Reference, known: Iterable[str]) -> Problem:
    """A name leads to what nobody declared."""
    wanted = KINDS.get(reference.kind)
    title = wanted.title if wanted else Text(zh=reference.kind, en=reference.kind)
    near = shape_faults.did_you_mean(reference.id, known)
    folder = wanted.folder if wanted else reference.kind
    return Problem(
        kind,
        id,
        reference.place,
        Text(
            zh=f"没有声明{title.zh}「{shape_faults.shown(reference.id)}」。",
            en=f"There is no {title.en} “{shape_faults.shown(reference.id)}”.",
        ),
        Text(
            zh=(f"是不是「{near}」？不是就" if near else "") + f"在 {folder}/ 里声明它。",
            en=f"Did you mean “{near}”? If not, declare it in {folder}/."
            if near
            else f"Declare it in {folder}/.",
        ),
        code="reference",
    )


def check_failed(kind: Kind) -> Problem:
    """The check of a kind stumbled."""
    return Problem(
        kind.name,
        "",
        (),
        Text(
            zh=f"检查{kind.title.zh}时程序出错。",
            en=f"The program failed checking {kind.title.en}.",
        ),
        Text(
            zh="这是程序的问题：请把日志和这个包的文件发给维护者。",
            en="This is our fault: please send the log and the pack's files to the maintainers.",
        ),
        code="check-failed",
        file=f"{kind.folder}/",
    )
