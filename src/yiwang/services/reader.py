"""Reading the rules of one service: parsed under the bundle's names, every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from yiwang.kernel.words import Text
from yiwang.pack.declaration import Problem
from yiwang.pack.pack import Pack
from yiwang.registers import dictionary
from yiwang.rules import Column, Formula, PartyScope, Rule, RuleFault, Scope
from yiwang.services.declarations import Service

CASE = "case"


class Reader:
    """Parses the rules of one service and keeps every fault with its place."""

    def __init__(
        self, pack: Pack, service: Service, roles: Mapping[str, str], scope: Scope, one: str = ""
    ) -> None:
        """`one`: a party that may be many, read as one of them."""
        own = {
            name: PartyScope(
                title=party.title,
                optional=party.optional,
                many=party.many and name not in (service.per, one),
            )
            for name, party in service.parties.items()
        }
        self.own = dictionary.scope(pack, own)
        self.service, self.roles, self.target = service, dict(roles) | {CASE: CASE}, scope
        self.problems: list[Problem] = []
        self.each: Callable[[str], Reader] = lambda _: self
        for name, text in service.define.items():
            self._define(name, text)

    def rule(self, text: str | None, *path: str | int) -> Rule | None:
        """The rule in bundle names, None where there is none or it is faulty."""
        return self._read(Rule.parse, text, path)

    def formula(
        self, text: str | None, *path: str | int, given: Rule | None = None
    ) -> Formula | None:
        """The formula in bundle names; it is read only where `given` is true, so what that makes
        sure of need not be said again."""
        own, target = self.own, self.target
        if given is not None:
            known = {name for name, role in self.roles.items() if role in given.sure}
            own, target = _there(own, known), _there(target, given.sure)
        return self._read(Formula.parse, text, path, own, target)

    def _define(self, name: str, text: str) -> None:
        try:
            self.own = Formula.parse(text, self.own).under(name, self.own)
        except RuleFault as error:
            for fault in error.faults:
                self.fault(("define", name), fault.what.zh, fault.what.en, fault.instead)

    def column(self, text: str, *path: str | int) -> Column | None:
        """A `party.element` in bundle names."""
        party, _, element = text.partition(".")
        if party != CASE and party not in self.service.parties:
            self.fault(
                path, f"「{party}」不是本事项的当事方。", f"“{party}” is not a party of this item."
            )
        elif element not in self.own.elements:
            self.fault(
                path,
                f"没有数据元「{element}」。",
                f"There is no element “{element}”.",
                self._declare(element),
            )
        else:
            return Column(self.roles[party], element)
        return None

    def _declare(self, element: str) -> Text:
        close = get_close_matches(element, self.own.elements, n=1)
        return Text(
            zh=(f"是不是「{close[0]}」？不是就" if close else "") + "在 elements/ 里声明它。",
            en=f"Did you mean “{close[0]}”? If not, declare it in elements/."
            if close
            else "Declare it in elements/.",
        )

    def fault(
        self, path: Iterable[str | int], zh: str, en: str, remedy: Text | None = None
    ) -> None:
        """Note something wrong at a path of the service."""
        parties = "、".join([*self.service.parties, CASE])
        self.problems.append(
            Problem(
                kind="service",
                id=self.service.id,
                path=tuple(path),
                what=Text(zh=zh, en=en),
                remedy=remedy
                or Text(
                    zh=f"写成「当事方.数据元」；当事方有：{parties}。",
                    en=f"Write “party.element”; the parties are: {parties}.",
                ),
                code="rule",
            )
        )

    def _read(  # type: ignore[no-untyped-def]
        self,
        parse: Callable,  # type: ignore[type-arg]
        text: str | None,
        path: tuple[str | int, ...],
        own: Scope | None = None,
        target: Scope | None = None,
    ):
        if text is None:
            return None
        try:
            return parse(text, own or self.own).renamed(self.roles, target or self.target)
        except RuleFault as error:
            for fault in error.faults:
                self.fault(path, fault.what.zh, fault.what.en, fault.instead)
        return None


def _there(scope: Scope, roles: Collection[str]) -> Scope:
    """The scope where these parties are known to exist."""
    parties = {
        name: replace(party, optional=False) if name in roles else party
        for name, party in scope.parties.items()
    }
    return replace(scope, parties=parties)
