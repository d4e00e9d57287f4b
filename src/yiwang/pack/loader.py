"""Reading a pack's folder: everything that is wrong is told at once, with file and line."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from yiwang.kernel.words import Text
from yiwang.pack import folder as folders
from yiwang.pack import shape_faults
from yiwang.pack.content import content_of, hash_of
from yiwang.pack.declaration import KINDS, Declaration, Kind, Problem
from yiwang.pack.pack import Pack
from yiwang.pack.references import Reference, references
from yiwang.pack.source import Entry, entries

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loaded:
    """What a folder gave: a pack where nothing is in error, and every problem found."""

    pack: Pack | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stand in the way of loading."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def findings(self) -> tuple[Problem, ...]:
        """The problems of quality, which do not."""
        return tuple(one for one in self.problems if one.severity == "finding")


@dataclass(frozen=True)
class _Written:
    """A declaration as it stands in a file."""

    kind: str
    id: str
    entry: Entry
    file: str


class _Reading:
    """One reading of a folder, from files to a checked pack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.unread: set[str] = set()  # kinds of which a file could not be read
        self.written: dict[tuple[str, str], _Written] = {}
        self.declared: dict[str, dict[str, Declaration]] = {name: {} for name in KINDS}

    def loaded(self) -> Loaded:
        """Read, check shapes, then references, then what each kind asks of the whole."""
        files, problems = folders.listing(self.folder)
        self.problems += problems
        for kind, path, file in files:
            self._read(kind, path, file)
        for written in self.written.values():
            self._shape(written)
        self._singles()
        shapes_are_sound = not self.problems
        self.problems += [self._placed(one) for one in self._loose_ends()]
        if shapes_are_sound:
            self.problems += [self._placed(one) for one in self._checks()]
        problems = sorted(set(self.problems), key=lambda one: (one.file, one.line, one.code))
        sound = not any(one.severity == "error" for one in problems)
        return Loaded(self._pack() if sound else None, tuple(problems))

    def _pack(self) -> Pack:
        return Pack(self.declared, hash_of(content_of(self.declared)))

    def _read(self, kind: str, path: Path, file: str) -> None:
        found, problems = entries(path, file)
        if problems and not found:
            self.unread.add(kind)
        self.problems += [replace(one, kind=kind) for one in problems]
        for n, entry in enumerate(found):
            if not isinstance(entry.value, dict):
                self.problems.append(_not_a_declaration(kind, entry, file))
                continue
            self._keep(_Written(kind, _id(entry.value, path, n, len(found)), entry, file))

    def _keep(self, written: _Written) -> None:
        first = self.written.setdefault((written.kind, written.id), written)
        if first is not written and written.id:
            self.problems.append(_declared_twice(written, first))

    def _shape(self, written: _Written) -> None:
        model = KINDS[written.kind].model
        value = written.entry.value
        if isinstance(value, dict) and "id" not in value and written.id:
            value = {"id": written.id, **value}
        try:
            self.declared[written.kind][written.id] = model.model_validate(value)
        except ValidationError as fault:
            found = shape_faults.problems(written.kind, written.id, model, value, fault)
            self.problems += [self._at(one, written) for one in found]

    def _singles(self) -> None:
        for name, kind in KINDS.items():
            mine = [one for one in self.written.values() if one.kind == name]
            if kind.single and not mine:
                self.problems.append(_none_of(kind))
            self.problems += [_one_too_many(one, kind) for one in mine[1:] if kind.single]

    def _loose_ends(self) -> Iterator[Problem]:
        """References to what nobody declared.

        A declaration with faults of its own counts as declared; so does everything of a kind of
        which a file could not be read, for it may stand there.
        """
        known = {
            name: [one.id for one in self.written.values() if one.kind == name] for name in KINDS
        }
        there = {name: set(ids) for name, ids in known.items()}
        for kind, declared in self.declared.items():
            for id, declaration in declared.items():
                for reference in references(declaration):
                    if reference.kind in self.unread:
                        continue
                    if reference.id not in there.get(reference.kind, ()):
                        yield _missing(kind, id, reference, known.get(reference.kind, []))

    def _checks(self) -> Iterator[Problem]:
        sound = not self.problems
        pack = Pack(self.declared, "")
        for name, kind in KINDS.items():
            if kind.check is None or (kind.single and not self.declared[name]):
                continue
            try:
                yield from list(kind.check(pack))
            except Exception:
                if sound:  # else it stumbled over a reference that is reported already
                    log.exception("the check of pack kind %s failed", name)
                    yield _check_failed(kind)

    def _placed(self, problem: Problem) -> Problem:
        written = self.written.get((problem.kind, problem.id))
        if problem.file or written is None:
            return problem
        return self._at(problem, written)

    def _at(self, problem: Problem, written: _Written) -> Problem:
        return replace(problem, file=written.file, line=written.entry.line(problem.path))


def read(folder: Path) -> Loaded:
    """Read a pack from its folder.

    Nothing is raised for anything the files hold: what is wrong is a Problem, and all are told
    together. `KINDS` must have been filled by the rooms that own them.
    """
    return _Reading(folder).loaded()


def _id(value: dict[str, object], path: Path, n: int, of: int) -> str:
    """The id written, the file's name for a file of one, or none."""
    given = value.get("id")
    if isinstance(given, str):
        return given
    return path.stem if of == 1 and n == 0 and "id" not in value else ""


def _not_a_declaration(kind: str, entry: Entry, file: str) -> Problem:
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


def _declared_twice(written: _Written, first: _Written) -> Problem:
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


def _none_of(kind: Kind) -> Problem:
    return Problem(
        kind.name,
        "",
        (),
        Text(zh=f"没有声明{kind.title.zh}。", en=f"The pack declares no {kind.title.en}."),
        Text(
            zh=f"加上文件 {kind.folder}/{kind.name}.yaml。",
            en=f"Add the file {kind.folder}/{kind.name}.yaml.",
        ),
        code="none",
        file=f"{kind.folder}/",
    )


def _one_too_many(written: _Written, kind: Kind) -> Problem:
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


def _missing(kind: str, id: str, reference: Reference, known: Iterable[str]) -> Problem:
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


def _check_failed(kind: Kind) -> Problem:
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
