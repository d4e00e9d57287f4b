"""Reading a pack's folder: everything that is wrong is told at once, with file and line.

A pack may lie over layers (a province's catalogue under a city's own): folders of declarations
that need not be a whole city. Where both declare the same, what lies above counts.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from yiwang.pack import declared_faults, shape_faults
from yiwang.pack import folder as folders
from yiwang.pack.content import content_of, hash_of
from yiwang.pack.declaration import KINDS, Declaration, Kind, Problem
from yiwang.pack.declared_faults import Written
from yiwang.pack.lines import MAX_BYTES, entries_of_lines
from yiwang.pack.pack import Pack
from yiwang.pack.references import references
from yiwang.pack.source import Entry, entries, text_of

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


class _Reading:
    """One reading of a folder and its layers, from files to a checked pack."""

    def __init__(self, folder: Path, over: Sequence[Path], whole: bool) -> None:
        self.folders = (folder, *over)
        self.whole = whole
        self.problems: list[Problem] = []
        self.unread: set[str] = set()  # kinds of which a file could not be read
        self.written: dict[tuple[str, str], Written] = {}
        self.declared: dict[str, dict[str, Declaration]] = {name: {} for name in KINDS}

    def loaded(self) -> Loaded:
        """Read, check shapes, then references, then what each kind asks of the whole."""
        if missing := folders.missing(self.folders):
            return Loaded(None, missing)  # of what is not there nothing more can be said
        for depth in range(len(self.folders)):
            self._list(depth)
        for written in self.written.values():
            self._shape(written)
        self._singles()
        shapes_are_sound = not any(one.severity == "error" for one in self.problems)
        self.problems += [self._placed(one) for one in self._loose_ends()]
        if shapes_are_sound:
            self.problems += [self._placed(one) for one in self._checks()]
        problems = sorted(set(self.problems), key=lambda one: (one.file, one.line, one.code))
        sound = not any(one.severity == "error" for one in problems)
        return Loaded(self._pack() if sound else None, tuple(problems))

    def _pack(self) -> Pack:
        return Pack(self.declared, hash_of(content_of(self.declared)))

    def _list(self, depth: int) -> None:
        """One folder's files. A layer's are named with the folder, the city's own without."""
        folder = self.folders[depth]
        files, problems = folders.listing(folder)
        named = f"{folder.as_posix()}/" if depth else ""
        self.problems += [replace(one, file=f"{named}{one.file}") for one in problems]
        for kind, path, file in files:
            self._read(kind, path, f"{named}{file}", depth)

    def _read(self, kind: str, path: Path, file: str, depth: int) -> None:
        found, problems = _entries(path, file)
        if problems and not found:
            self.unread.add(kind)
        self.problems += [replace(one, kind=kind) for one in problems]
        for n, entry in enumerate(found):
            if not isinstance(entry.value, dict):
                self.problems.append(declared_faults.not_a_declaration(kind, entry, file))
                continue
            id = _id(entry.value, path, n, len(found))
            self._keep(Written(kind, id, entry, file, depth))

    def _keep(self, written: Written) -> None:
        first = self.written.setdefault((written.kind, written.id), written)
        if first is written or not written.id:
            return
        if first.depth == written.depth:
            self.problems.append(declared_faults.declared_twice(written, first))
        else:
            self.problems.append(declared_faults.declared_below(first, written))

    def _shape(self, written: Written) -> None:
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
            if not kind.single:
                continue
            mine = [one for one in self.written.values() if one.kind == name]
            if self.whole and not mine:
                self.problems.append(declared_faults.none_of(kind))
            for one in mine[1:]:
                self._second(mine[0], one, kind)

    def _second(self, first: Written, one: Written, kind: Kind) -> None:
        """Another of what there is one of: wrong in the same folder, passed over in a layer."""
        if one.depth == first.depth:
            self.problems.append(declared_faults.one_too_many(one, kind))
        else:
            del self.written[one.kind, one.id]
            self.declared[one.kind].pop(one.id, None)
            self.problems.append(declared_faults.declared_below(first, one))

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
                        yield declared_faults.missing(
                            kind, id, reference, known.get(reference.kind, [])
                        )

    def _checks(self) -> Iterator[Problem]:
        sound = not any(one.severity == "error" for one in self.problems)
        pack = Pack(self.declared, "")
        for name, kind in KINDS.items():
            if kind.check is None or (kind.single and not self.declared[name]):
                continue
            try:
                yield from list(kind.check(pack))
            except Exception:
                if sound:  # else it stumbled over a reference that is reported already
                    log.exception("the check of pack kind %s failed", name)
                    yield declared_faults.check_failed(kind)

    def _placed(self, problem: Problem) -> Problem:
        written = self.written.get((problem.kind, problem.id))
        if problem.file or written is None:
            return problem
        return self._at(problem, written)

    def _at(self, problem: Problem, written: Written) -> Problem:
        return replace(problem, file=written.file, line=written.entry.line(problem.path))


def read(folder: Path, over: Sequence[Path] = (), *, whole: bool | None = None) -> Loaded:
    """Read a pack from its folder, over layers (the first lies directly under it).

    `whole` says that it must be a whole city; else only a folder that is no layer must be.
    Nothing is raised for anything the files hold: what is wrong is a Problem, and all are told
    together. `KINDS` must have been filled by the rooms that own them.
    """
    if whole is None:
        whole = not folders.is_layer(folder)
    return _Reading(folder, over, whole).loaded()


def _entries(path: Path, file: str) -> tuple[list[Entry], list[Problem]]:
    if path.suffix != ".jsonl":
        return entries(path, file)
    text = text_of(path, file, MAX_BYTES)
    return ([], [text]) if isinstance(text, Problem) else entries_of_lines(text, file)


def _id(value: dict[str, object], path: Path, n: int, of: int) -> str:
    """The id written, the file's name for a file of one, or none."""
    given = value.get("id")
    if isinstance(given, str):
        return given
    return path.stem if of == 1 and n == 0 and "id" not in value else ""
