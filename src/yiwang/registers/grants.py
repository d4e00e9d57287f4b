"""Who may read which columns of a register. Pure: nothing is readable without a grant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Basis
from yiwang.registers.articles import article_in_english
from yiwang.registers.declarations import Grant, Register


def allowed(
    register: Register, departments: Iterable[str], columns: Iterable[str], on: date
) -> frozenset[str]:
    """Those of `columns` that a grant, on this day, opens to at least one of `departments`.

    The steward may read its own register. Ask with one department to learn what that one may see.
    """
    return frozenset(readers(register, departments, columns, on))


def readers(
    register: Register, departments: Iterable[str], columns: Iterable[str], on: date
) -> Mapping[str, tuple[str, ...]]:
    """Which of `departments` may read each column; columns open to none of them are left out."""
    wanted = [column for column in columns if column in register.columns]
    asking = tuple(dict.fromkeys(departments))
    found = {
        column: tuple(one for one in asking if _may(register, one, column, on)) for column in wanted
    }
    return {column: who for column, who in found.items() if who}


def bases_of(
    register: Register, departments: Iterable[str], columns: Iterable[str], on: date
) -> tuple[Basis, ...]:
    """The laws on which `departments` read `columns`, each once."""
    asking, wanted = set(departments), tuple(columns)
    bases = [
        grant.basis
        for grant in register.grants
        if any(_opens(grant, one, column, on) for one in asking for column in wanted)
    ]
    if register.steward in asking:
        bases.append(register.basis)
    return tuple({basis_text(one).zh: one for one in bases}.values())


def basis_of(
    register: Register, departments: Iterable[str], columns: Iterable[str], on: date
) -> Text:
    """The same laws in one line, in both languages."""
    texts = [basis_text(one) for one in bases_of(register, departments, columns, on)]
    return Text(zh="；".join(one.zh for one in texts), en="; ".join(one.en for one in texts))


def basis_text(basis: Basis) -> Text:
    """A law and its article: `《户口登记条例》第七条`, `Household Ordinance, art. 7`."""
    law = basis.law.zh
    quoted = law if law.startswith("《") or "（" in law else f"《{law}》"
    article = article_in_english(basis.article)
    return Text(
        zh=f"{quoted}{basis.article}",
        en=f"{basis.law.en}, {article}" if article else basis.law.en,
    )


def _may(register: Register, department: str, column: str, on: date) -> bool:
    if department == register.steward:
        return True
    return any(_opens(grant, department, column, on) for grant in register.grants)


def _opens(grant: Grant, department: str, column: str, on: date) -> bool:
    current = grant.until is None or on <= grant.until
    to_them = grant.to == "*" or department in grant.to
    return current and to_them and (grant.columns == "*" or column in grant.columns)
