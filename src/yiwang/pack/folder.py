"""Which files of a folder are a pack's, and what lies there that nobody will read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from yiwang.kernel.words import Text
from yiwang.pack.declaration import KINDS, Problem
from yiwang.pack.shape_faults import did_you_mean
from yiwang.pack.source import problem

BESIDE = {"demo", "texts", "source"}  # folders of a pack that hold no declarations
Found = tuple[str, Path, str]  # kind, path, name to be shown


def missing(named: Sequence[Path]) -> tuple[Problem, ...]:
    """What stands in the way of reading at all: paths that lead to no folder."""
    return tuple(
        _is_a_file(folder) if folder.exists() else _no_folder(folder)
        for folder in dict.fromkeys(named)
        if not folder.is_dir()
    )


def listing(folder: Path) -> tuple[list[Found], list[Problem]]:
    """The declaration files in reading order (kinds as registered, files by name)."""
    walk = _Walk(folder)
    walk.top()
    order = list(KINDS)
    walk.found.sort(key=lambda one: (order.index(one[0]), one[2]))
    return walk.found, walk.problems


class _Walk:
    """One look through a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inside = folder.resolve()
        self.kinds = {kind.folder: name for name, kind in KINDS.items()}
        self.found: list[Found] = []
        self.problems: list[Problem] = []

    def top(self) -> None:
        """The folder itself: folders of kinds, and nothing else in YAML."""
        for path in self._children(self.folder):
            if path.is_dir():
                self._folder(path)
            elif _is_yaml(path):
                self.problems.append(_stray(path.name, self.kinds))

    def _folder(self, path: Path) -> None:
        if path.name in BESIDE or not self._stays(path):
            return
        kind = self.kinds.get(path.name)
        if kind is not None:
            self._files(kind, path)
        elif any(_is_yaml(Path(name)) for *_, names in os.walk(path) for name in names):
            self.problems.append(_unknown_folder(path.name, self.kinds))

    def _files(self, kind: str, folder: Path) -> None:
        for path in self._children(folder):
            if not self._stays(path):
                continue
            if path.is_dir() and not path.is_symlink():
                self._files(kind, path)
            elif path.is_file():
                self._file(kind, path)

    def _file(self, kind: str, path: Path) -> None:
        name = path.relative_to(self.folder).as_posix()
        if path.suffix in (".yaml", ".jsonl"):
            self.found.append((kind, path, name))
        elif _is_yaml(path):
            self.problems.append(_other_ending(name))

    def _children(self, folder: Path) -> Iterator[Path]:
        try:
            children = sorted(folder.iterdir())
        except OSError as fault:
            self.problems.append(_unreadable(folder.name, fault))
            return
        yield from (path for path in children if not path.name.startswith("."))

    def _stays(self, path: Path) -> bool:
        """Whether a path leads to something inside the pack; a problem is noted if not."""
        if path.resolve().is_relative_to(self.inside):
            return True
        self.problems.append(_leads_out(path.relative_to(self.folder).as_posix()))
        return False


def is_layer(folder: Path) -> bool:
    """Whether a folder says that it is a layer, to lie under a city: it tells its source."""
    return (folder / "source").is_dir()


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml")


def _no_folder(folder: Path) -> Problem:
    return problem(
        str(folder),
        0,
        "no-folder",
        Text(zh=f"没有文件夹 {folder}。", en=f"There is no folder {folder}."),
        Text(zh="检查路径。", en="Check the path."),
    )


def _is_a_file(folder: Path) -> Problem:
    return problem(
        str(folder),
        0,
        "no-folder",
        Text(zh=f"{folder} 是文件，不是文件夹。", en=f"{folder} is a file, not a folder."),
        Text(
            zh="写整座城市的文件夹，里面有 city/、services/ 等。",
            en="Name the folder of the whole city, which holds city/, services/ and so on.",
        ),
    )


def _unreadable(name: str, fault: OSError) -> Problem:
    return problem(
        f"{name}/",
        0,
        "unreadable",
        Text(
            zh=f"文件夹打不开（{fault.strerror}）。",
            en=f"The folder cannot be opened ({fault.strerror}).",
        ),
        Text(zh="检查文件夹的权限。", en="Check its permissions."),
    )


def _stray(name: str, kinds: dict[str, str]) -> Problem:
    return problem(
        name,
        0,
        "stray",
        Text(
            zh="这个文件不在任何一类声明的文件夹里，不会被读取。",
            en="This file lies in no folder of declarations and would not be read.",
        ),
        Text(
            zh=f"移到所属的文件夹：{'、'.join(sorted(set(kinds)))}。",
            en=f"Move it into its folder: {', '.join(sorted(set(kinds)))}.",
        ),
    )


def _unknown_folder(name: str, kinds: dict[str, str]) -> Problem:
    near = did_you_mean(name, kinds)
    return problem(
        f"{name}/",
        0,
        "unknown-folder",
        Text(
            zh=f"没有「{name}」这类声明，里面的文件不会被读取。",
            en=f"No kind of declaration lies in “{name}”; its files would not be read.",
        ),
        Text(
            zh=(f"是不是「{near}」？" if near else "") + f"可用的：{'、'.join(sorted(kinds))}。",
            en=(f"Did you mean “{near}”? " if near else "")
            + f"Folders are: {', '.join(sorted(kinds))}.",
        ),
    )


def _other_ending(name: str) -> Problem:
    return problem(
        name,
        0,
        "ending",
        Text(zh="文件名不是以 .yaml 结尾，不会被读取。", en="The name does not end with .yaml."),
        Text(zh="把结尾改成 .yaml。", en="Let it end with .yaml."),
    )


def _leads_out(name: str) -> Problem:
    return problem(
        name,
        0,
        "leads-out",
        Text(zh="这个链接指向包外面。", en="This link leads out of the pack."),
        Text(zh="换成文件本身，放在包里。", en="Put the file itself into the pack in its place."),
    )
