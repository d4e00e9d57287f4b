"""What this room says no to."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem


class ImportFaulty(YiwangError):
    """An export, or its mapping, cannot be read; `problems` tells all that is wrong."""

    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        first, count = self.problems[0], len(self.problems)
        where = f"{first.file}:{first.line}" if first.line else first.file
        return str(
            Text(
                zh=f"没有导入，文件夹保持原样（问题 {count} 处）。{where}："
                f"{first.what.zh}{first.remedy.zh}",
                en=f"Nothing was imported, the folder is as it was ({count} problems). {where}: "
                f"{first.what.en} {first.remedy.en}",
            )
        )


def fault(file: str, line: int, code: str, what: Text, remedy: Text) -> ImportFaulty:
    """One problem of a file as a whole, as an error."""
    return ImportFaulty([Problem("", "", (), what, remedy, code=code, file=file, line=line)])
