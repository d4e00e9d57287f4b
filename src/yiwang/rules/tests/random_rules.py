"""Random typed rules and rows, for the tests that compare engines."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from yiwang.rules import Column, ElementType, PartyScope, Scope

ELEMENTS = {
    "t": ElementType("text"),
    "姓名": ElementType("text"),
    "c": ElementType("code", ("x", "y", "Zz")),
    "i": ElementType("integer"),
    "j": ElementType("integer"),
    "d": ElementType("decimal"),
    "m": ElementType("money"),
    "day": ElementType("date"),
    "since": ElementType("date"),
    "flag": ElementType("boolean"),
}
SCOPE = Scope({"a": PartyScope(), "父": PartyScope(optional=True)}, ELEMENTS)
ON = date(2028, 2, 29)
COLUMNS = {
    **{Column(party, name): e.type for party in SCOPE.parties for name, e in ELEMENTS.items()},
    Column("父", "exists"): "boolean",
}
_ALPHABET = "abABz张é'%_\\ 😀"
_plain = [one for one in _ALPHABET if one not in "%_\\"]

texts = st.text(_ALPHABET, max_size=4)
integers = st.one_of(
    st.integers(-3, 40),
    st.integers(-500_000, 500_000),
    st.sampled_from([10**17, -(10**17), 10**18 - 1, 10**9]),
)
moneys = st.one_of(
    st.integers(-500, 500_00).map(lambda cents: Decimal(cents).scaleb(-2)),
    st.sampled_from([Decimal("9999999999.99"), Decimal("-0.01"), Decimal("0.00")]),
)
decimals = st.one_of(
    moneys,
    st.integers(-3_000_000, 3_000_000).map(lambda millionths: Decimal(millionths).scaleb(-6)),
    st.sampled_from([Decimal("9999999999999.999999"), Decimal("0.000001")]),
)
dates = st.one_of(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    st.integers(-40, 40).map(lambda days: ON + timedelta(days)),
    st.sampled_from(
        [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29), date(2027, 1, 31), date(1600, 3, 1)]
    ),
)
_VALUES = {
    "text": texts,
    "code": st.sampled_from(["x", "y", "Zz"]),
    "integer": integers,
    "decimal": decimals,
    "money": moneys,
    "date": dates,
    "boolean": st.booleans(),
}


def rows(minimum=4, maximum=8):
    """Rows that leave about a quarter of their columns unknown; nobody has nothing."""
    row = st.fixed_dictionaries({c: _value(type_) for c, type_ in COLUMNS.items()})
    return st.lists(row.map(_without_nobody), min_size=minimum, max_size=maximum)


def _value(type_):
    known = _VALUES[type_]
    return st.one_of(known, known, known, st.none())


def _without_nobody(row):
    if row[Column("父", "exists")] is False:
        return {
            c: (v if c.party != "父" or c.element == "exists" else None) for c, v in row.items()
        }
    return row


def written(value):
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return (
        f"DATE '{value}'"
        if isinstance(value, date)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )


class Writer:
    """Draws rule text; `parties` are those that may be read here."""

    def __init__(self, draw):
        self.draw = draw

    def pick(self, *choices):
        return self.draw(st.sampled_from(choices))

    def read(self, parties, *names):
        return f"{self.pick(*parties)}.{self.pick(*names)}"

    def text(self, depth, parties):
        kind = self.pick("read", "read", "literal", "lower", "substring", "concat", "case")
        if kind == "literal":
            return written(self.draw(texts))
        if kind == "read" or depth <= 0:
            return self.read(parties, "t", "姓名", "c")
        one = self.text(depth - 1, parties)
        if kind == "case":
            return self.case(depth, parties, lambda: self.text(depth - 1, parties))
        if kind == "concat":
            return f"concat({one}, {self.text(depth - 1, parties)})"
        if kind == "substring":
            return f"substring({one}, {self.pick(1, 2, 3)}, {self.pick(0, 1, 2)})"
        return f"lower({one})"

    def number(self, depth, parties):
        if depth <= 0 or self.pick(0, 1, 2) == 0:
            return self.plain_number(parties)
        return self.pick(
            self.operation, self.operation, self.function, self.count, self.chosen_number
        )(depth - 1, parties)

    def plain_number(self, parties):
        if self.pick(True, True, False):
            return self.read(parties, "i", "j", "d", "m")
        value = self.draw(st.one_of(integers, decimals))
        return f"({written(value)})"

    def operation(self, depth, parties):
        op = self.pick("+", "-", "*", "/")
        return f"({self.number(depth, parties)} {op} {self.number(depth, parties)})"

    def function(self, depth, parties):
        one, two = self.number(depth, parties), self.number(depth, parties)
        return self.pick(
            f"least({one}, {two})",
            f"greatest({two}, {one})",
            f"abs({one})",
            f"(-{one})",
            f"round({one}, {self.pick(0, 1, 2, 6)})",
        )

    def count(self, depth, parties):
        one, two = self.day(depth, parties), self.day(depth, parties)
        return self.pick(
            f"age({one})",
            f"years_between({one}, {two})",
            f"months_between({one}, {two})",
            f"days_between({one}, {two})",
            f"year({one})",
            f"month({one})",
            f"day({one})",
            f"length({self.text(depth, parties)})",
        )

    def chosen_number(self, depth, parties):
        return self.case(depth, parties, lambda: self.number(depth - 1, parties))

    def day(self, depth, parties):
        kind = self.pick("read", "read", "literal", "today", "days", "months", "least", "case")
        if kind == "literal":
            return written(self.draw(dates))
        if kind == "today":
            return "today()"
        if kind == "read" or depth <= 0:
            return self.read(parties, "day", "since")
        one = self.day(depth - 1, parties)
        many = self.pick(f"{self.pick(*parties)}.i", "1", "(-1)", "13", "30")
        if kind == "case":
            return self.case(depth, parties, lambda: self.day(depth - 1, parties))
        if kind == "least":
            return f"{self.pick('least', 'greatest')}({one}, {self.day(depth - 1, parties)})"
        return f"add_{kind}({one}, {many})"

    def case(self, depth, parties, result):
        test = self.condition(depth - 1, parties)
        return f"(CASE WHEN {test} THEN {result()} ELSE {result()} END)"

    def comparison(self, depth, parties):
        op = self.pick("=", "<>", "<", "<=", ">", ">=")
        kind = self.pick("number", "number", "day", "text", "code", "flag")
        if kind == "flag":
            return self.read(parties, "flag")
        if kind == "code":
            return f"{self.read(parties, 'c')} {self.pick('IN', 'NOT IN')} ('x', 'Zz')"
        if kind == "text":
            return self.about_text(depth, parties)
        side = self.number if kind == "number" else self.day
        one, two, three = (side(depth, parties) for _ in range(3))
        if self.pick(0, 0, 0, 1):
            return f"{one} BETWEEN {two} AND {three}"
        return f"{one} {op} {two}"

    def about_text(self, depth, parties):
        one, two = self.text(depth, parties), self.text(depth, parties)
        part = self.draw(st.text(_plain, min_size=1, max_size=2)).replace("'", "''")
        if one[0] == "'" and two[0] != "'":
            one, two = two, one
        like = self.pick(f"{part}%", f"%{part}", f"%{part}%")
        return self.pick(
            f"lower({one}) = concat({two}, '')",
            f"starts_with({one}, {two})",
            f"{one} {self.pick('LIKE', 'NOT LIKE')} '{like}'",
            f"concat({one}, '') IN ('a', 'b', '', '张')",
        )

    def condition(self, depth, parties):
        if depth <= 0:
            return self.comparison(1, parties)
        kind = self.pick("leaf", "and", "or", "not", "case", "exists", "nobody", "same", "number")
        if kind == "leaf":
            return self.comparison(depth, parties)
        one = self.condition(depth - 1, parties)
        if kind == "not":
            return f"NOT ({one})"
        if kind == "exists":
            return f"(父.exists AND {self.condition(depth - 1, ('a', '父'))})"
        if kind == "nobody":
            return f"(NOT 父.exists OR {self.condition(depth - 1, ('a', '父'))})"
        if kind == "case":
            return self.case(depth, parties, lambda: self.condition(depth - 1, parties))
        if kind == "number":
            return f"{self.read(parties, 'i', 'd', 'm')} IN (1, 2.5, (-0.01), 100)"
        two = self.condition(depth - 1, parties)
        word = {"and": "AND", "or": "OR", "same": "="}[kind]
        return f"(({one}) {word} ({two}))"


@st.composite
def rules(draw, depth=3):
    """Text of a random rule that is well typed and guarded."""
    return Writer(draw).condition(depth, ("a",))


@st.composite
def formulas(draw, depth=3):
    """Text of a random number."""
    return Writer(draw).number(depth, ("a",))
