"""What is odd in a catalogue as it was published. Pure over a pack; nothing is mended."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from yiwang.catalogue.declarations import Authority, CatalogueItem
from yiwang.catalogue.mapped import tells
from yiwang.catalogue.mapping import Mapping, Rule, item_rules
from yiwang.catalogue.odd_words import CODES
from yiwang.catalogue.phones import Phone, broken, own, phones
from yiwang.kernel.words import Text
from yiwang.pack.declaration import Limit
from yiwang.pack.pack import Pack


@dataclass(frozen=True)
class Oddity:
    """One thing that is odd about one item: in which element, and the words it is about."""

    code: str
    item: str
    field: str
    value: str = ""

    @property
    def what(self) -> Text:
        """What is odd, in words."""
        return CODES[self.code][0]

    @property
    def remedy(self) -> Text:
        """What its authority should do."""
        return CODES[self.code][1]


def oddities(pack: Pack, mapping: Mapping | None = None) -> Iterator[Oddity]:
    """Everything odd, item by item, then what shows only between items."""
    items = list(pack.all(CatalogueItem).values())
    for item in items:
        for look in _OF_ITEM:
            yield from look(item)
    for name in pack.all(Authority).values():
        if str(name.title) != str(name.title).strip():
            yield Oddity("space-in-authority", name.id, "title", repr(str(name.title)))
    for among in _AMONG:
        yield from among(items)
    if mapping is not None:
        yield from _unread(items, mapping)


def summed(found: Iterable[Oddity]) -> dict[str, int]:
    """How many of each, in the order of the table of words."""
    count = Counter(one.code for one in found)
    return {code: count[code] for code in CODES if count[code]}


def _phones(item: CatalogueItem) -> Iterator[Oddity]:
    for field, said in (("consult", item.consult or ""), ("complaint", item.complaint or "")):
        found = phones(said)
        if not found:
            yield Oddity(f"no-{field}", item.id, field, said)
        elif not own(said):
            yield Oddity(f"hotline-{field}", item.id, field, said)
        for one in broken(said):
            yield Oddity("broken-phone", item.id, field, one)
        for phone in found:
            if phone.sort == "no-area":
                yield Oddity("no-area-code", item.id, field, phone.digits)
        if found and len(said) > _LONGEST_NUMBER * len(found):
            yield Oddity("more-than-phone", item.id, field, said)


_LONGEST_NUMBER = 30


def _same_phone(item: CatalogueItem) -> Iterator[Oddity]:
    consult, complaint = item.consult or "", item.complaint or ""
    mine, theirs = _dialled(consult), _dialled(complaint)
    if mine and mine == theirs:
        code = "same-phone" if consult == complaint else "same-phone-otherwise"
        yield Oddity(code, item.id, "complaint", complaint)


def _dialled(said: str) -> set[Phone]:
    """The numbers that can be dialled from everywhere."""
    return {one for one in phones(said) if one.sort != "no-area"}


def _limits(item: CatalogueItem) -> Iterator[Oddity]:
    statutory, promised = item.limits.statutory, item.limits.promised
    for name, limit in (("statutory", statutory), ("promised", promised)):
        if not isinstance(limit, Limit):
            yield Oddity(f"no-{name}", item.id, f"limits.{name}")
        elif limit.count == "natural":
            yield Oddity("natural-days", item.id, f"limits.{name}", str(limit.days))
    if not isinstance(statutory, Limit) or not isinstance(promised, Limit):
        return
    if statutory.count != promised.count:
        said = f"{_days(statutory)} / {_days(promised)}"
        yield Oddity("two-day-counts", item.id, "limits.promised", said)
    elif promised.days > statutory.days:
        said = f"{promised.days} > {statutory.days}"
        yield Oddity("promise-too-long", item.id, "limits.promised", said)


def _days(limit: Limit) -> str:
    return f"{limit.days} {limit.count}"


def _visits(item: CatalogueItem) -> Iterator[Oddity]:
    if item.visits == 0 and item.online is False and not item.post:
        yield Oddity("no-visit-no-way", item.id, "visits", "0")
    if item.online and not item.online_at:
        yield Oddity("online-without-address", item.id, "online_at")
    if item.visits and item.counter is False:
        yield Oddity("visit-without-window", item.id, "counter", str(item.visits))


def _title(item: CatalogueItem) -> Iterator[Oddity]:
    title = str(item.title)
    if re.search(r"<[/!a-zA-Z][^<>]*>|&(?:[a-zA-Z]+|#\d+);", title):
        yield Oddity("html-in-title", item.id, "title", title)
    if any(one.sort in ("line", "mobile", "free") for one in phones(title)):
        yield Oddity("phone-in-title", item.id, "title", title)
    if title != title.strip() or re.search(r"[\t\r\n\u3000]|  ", title):
        yield Oddity("space-in-title", item.id, "title", repr(title))
    if not title.strip() or title == item.codes.item:
        yield Oddity("no-title", item.id, "title")


def _who(item: CatalogueItem) -> Iterator[Oddity]:
    if item.authority is None and item.department is None:
        yield Oddity("no-authority", item.id, "authority")
    if not item.codes.item:
        yield Oddity("no-code", item.id, "codes.item")
    if item.type is None:
        yield Oddity("no-type", item.id, "type")


def _needs(item: CatalogueItem) -> Iterator[Oddity]:
    if item.acceptance is None:
        yield Oddity("no-conditions", item.id, "acceptance")
    if item.type == "permit" and not item.materials:
        yield Oddity("permit-without-materials", item.id, "materials")
    if item.counter and not item.address:
        yield Oddity("no-address", item.id, "address")


def _duplicate_codes(items: list[CatalogueItem]) -> Iterator[Oddity]:
    for code, group in _groups(items, lambda one: one.codes.item):
        for one in group[1:]:
            yield Oddity("duplicate-code", one.id, "codes.item", code)


def _same_titles(items: list[CatalogueItem]) -> Iterator[Oddity]:
    for _, group in _groups(items, lambda one: f"{one.authority} {one.title}"):
        for one in group[1:]:
            yield Oddity("same-title", one.id, "title", str(one.title))


def _split_matters(items: list[CatalogueItem]) -> Iterator[Oddity]:
    for _, group in _groups(items, lambda one: one.matter.code if one.matter else None):
        for one in group:
            said = f"{one.matter.title if one.matter else ''}: {len(group)}"
            yield Oddity("split-matter", one.id, "matter", said)


def _materials(items: list[CatalogueItem]) -> Iterator[Oddity]:
    """One paper under several names: names that are the same but for signs, brackets and whether
    the original or a copy is meant."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for paper in item.materials or ():
            names[core(str(paper))][str(paper)] += 1
    for item in items:
        for paper in item.materials or ():
            also = names[core(str(paper))]
            usual = max(also, key=lambda one: (also[one], one))
            if len(also) > 1 and str(paper) != usual:
                yield Oddity("material-names", item.id, "materials", f"{paper} = {usual}")


def core(name: str) -> str:
    """What is left of a paper's name that tells which paper it is."""
    bare = re.sub(r"[（(【\[][^）)】\]]*[）)】\]]", "", name)
    bare = re.sub(r"(?:及其?|和|或|与)?(?:复印件|原件|扫描件|影印件|副本|正本|电子版)", "", bare)
    bare = re.sub(
        r"^(?:申请人|申请者|本人|当事人)的?|^(?:有效的?|合法的?)|^居民(?=身份证$)", "", bare
    )
    bare = re.sub(r"[\s《》<>「」“”\"'、，,。.；;：:·－—-]+", "", bare)
    return bare or name


def _unread(items: list[CatalogueItem], mapping: Mapping) -> Iterator[Oddity]:
    """Foreign values the mapping names and could not read: they stand in `original` only."""
    rules = item_rules(mapping)
    for item in items:
        for rule in rules:
            yield from _unread_of(item, rule, mapping)


def _unread_of(item: CatalogueItem, rule: Rule, mapping: Mapping) -> Iterator[Oddity]:
    for taken in rule.sources:
        value = item.original.get(taken.field)
        if value is not None and tells(value, taken, mapping) and not _there(item, rule.target):
            yield Oddity("unread", item.id, rule.target, f"{taken.field}: {value}")


def _there(item: CatalogueItem, target: str) -> bool:
    here: object = item
    for step in target.split("."):
        here = getattr(here, step, None)
    return here is not None and here != ()


def _groups(
    items: list[CatalogueItem], by: Callable[[CatalogueItem], str | None]
) -> Iterator[tuple[str, list[CatalogueItem]]]:
    """Items that are alike in something they tell, where there are several."""
    groups: dict[str, list[CatalogueItem]] = defaultdict(list)
    for one in items:
        if key := by(one):
            groups[key].append(one)
    yield from ((key, group) for key, group in groups.items() if len(group) > 1)


_OF_ITEM = (_title, _who, _phones, _same_phone, _limits, _visits, _needs)
_AMONG = (_duplicate_codes, _same_titles, _split_matters, _materials)
