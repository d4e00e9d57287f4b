"""What this room says no to."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem


class NoPack(YiwangError):
    """No city has been declared here yet, or not the version asked for."""

    status = 503

    def __init__(self, hash: str = "") -> None:
        super().__init__(hash)
        self.hash = hash

    def __str__(self) -> str:
        if self.hash:
            return str(
                Text(
                    zh=f"没有版本为 {self.hash[:12]} 的城市声明。请恢复装载过它的数据库备份。",
                    en=f"No pack of version {self.hash[:12]} is stored here. Restore the backup of "
                    "the database it was loaded into.",
                )
            )
        return str(
            Text(
                zh="还没有装载城市声明。请运行：yiwang pack load 文件夹",
                en="No city's pack is loaded yet. Run: yiwang pack load DIR",
            )
        )


class PackFaulty(YiwangError):
    """A pack has errors and was not loaded; `problems` tells all of them."""

    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        count = sum(one.severity == "error" for one in self.problems)
        first = next(one for one in self.problems if one.severity == "error")
        where = f"{first.file}:{first.line}" if first.line else first.file
        return str(
            Text(
                zh=f"包里有 {count} 个错误，没有装载。第一个在 {where}："
                f"{first.what.zh}{first.remedy.zh}全部错误请看：yiwang pack check",
                en=f"The pack has {count} errors and was not loaded. The first is in "
                f"{where}: {first.what.en} {first.remedy.en} "
                "See them all with: yiwang pack check",
            )
        )


class OtherCity(YiwangError):
    """A pack of another city may not take the place of the one whose cases are here."""

    status = 409

    def __init__(self, here: str, given: str) -> None:
        super().__init__(here, given)
        self.here, self.given = here, given

    def __str__(self) -> str:
        return str(
            Text(
                zh=f"这里装载的是「{self.here}」，给的是「{self.given}」。"
                "另一个城市请用另一个数据库。",
                en=f"The city here is “{self.here}”, the pack given is of “{self.given}”. "
                "Use another database for another city.",
            )
        )
