"""This room's refusals, in the person's words."""

from __future__ import annotations

from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.registers.declarations import Register


class Taken(Refusal):
    """Another row of the register has the same in a column no two may have alike."""

    def __init__(self, register: Register, column: str, value: str) -> None:
        super().__init__(
            Text(
                zh="「{value}」刚刚已被别人登记在{register}，不能再用。请换一个。",
                en="“{value}” has just been entered in the {register} by somebody else. Choose "
                "another.",
            ).filled(value=value, register=register.title)
        )
        self.register, self.column, self.value = register.id, column, value
