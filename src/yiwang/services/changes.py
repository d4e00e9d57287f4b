"""How changes of services and bundles are told to people.

Filled into the pack room's table when this module is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.pack.diff import SENTENCES, Phrase, Shown, Value, shown
from yiwang.pack.pack import Pack
from yiwang.registers import dictionary
from yiwang.rules import Formula, PartyScope, Rule, RuleFault, Scope
from yiwang.services.declarations import Bundle, Service


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _scopes(pack: Pack) -> tuple[Scope, ...]:
    """Every party of every item and bundle, guarded or not: enough to put a rule into words."""
    parties = [
        party
        for model in (Service, Bundle)
        for one in pack.all(model).values()
        for party in one.parties.items()
    ]
    return tuple(
        _with_names(
            pack,
            dictionary.scope(
                pack, {name: PartyScope(party.title, optional=optional) for name, party in parties}
            ),
        )
        for optional in (True, False)
    )


def _with_names(pack: Pack, scope: Scope) -> Scope:
    """With the names items define for their rules, but for those that mean several things."""
    defined: dict[str, set[str]] = {}
    for one in pack.all(Service).values():
        for name, text in one.define.items():
            defined.setdefault(name, set()).add(text)
    for name, texts in defined.items():
        if len(texts) == 1:
            with suppress(RuleFault):
                scope = Formula.parse(*texts, scope).under(name, scope)
    return scope


def _readings(text: str, pack: Pack) -> Iterator[Text]:
    for parse in (Rule.parse, Formula.parse):
        for scope in pack.memo("services.changes.scopes", _scopes):
            try:
                read = parse(text, scope)
            except RuleFault:
                continue
            yield Text(zh=read.in_words("zh"), en=read.in_words("en"))


def rule_shown(value: Value, pack: Pack) -> Text:
    """A rule or formula in words; as it is written where it has none."""
    if not isinstance(value, str):
        return shown(value)
    return next(_readings(value, pack), Text(zh=value, en=value))


def _days(value: Value, _: Pack) -> Text:
    """A number of days, or a whole limit."""
    if isinstance(value, dict):
        working = value["count"] == "working"
        return _t(
            f"{value['days']} 个{'工作日' if working else '自然日'}",
            f"{value['days']} {'working' if working else 'natural'} days",
        )
    return shown(value)


def _named(model: type[Service] | type[Department], field: str = "") -> Shown:
    """The title of the declaration a value names."""

    def titled(value: Value, pack: Pack) -> Text:
        id = value[field] if field and isinstance(value, dict) else value
        found = pack.all(model).get(str(id))
        return found.title if found is not None else shown(id)

    return titled


_COUNTS = {"working": _t("工作日", "working days"), "natural": _t("自然日", "natural days")}
_CHANNELS = {
    "online": _t("网上", "online"),
    "counter": _t("窗口", "at a counter"),
    "post": _t("邮寄", "by post"),
}


def _count(value: Value, _: Pack) -> Text:
    return _COUNTS.get(str(value), shown(value))


def _channel(value: Value, _: Pack) -> Text:
    return _CHANNELS.get(str(value), shown(value))


_SERVICE = (
    Phrase(
        "",
        added=_t("新开办：{title}。", "New: {title}."),
        removed=_t("不再办理：{title}。", "No longer offered: {title}."),
    ),
    Phrase("title", changed=_t("事项改名：{before} → {after}。", "Renamed: {before} → {after}.")),
    Phrase(
        "department",
        changed=_t(
            "{title}：办理部门由{before}改为{after}。",
            "{title}: now handled by {after} instead of {before}.",
        ),
        shown=_named(Department),
    ),
    Phrase(
        "limits.promised.days",
        more=_t(
            "{title}：承诺时限变长，{before} 天 → {after} 天。",
            "{title}: the promised time grows from {before} to {after} days.",
        ),
        less=_t(
            "{title}：承诺时限缩短，{before} 天 → {after} 天。",
            "{title}: the promised time falls from {before} to {after} days.",
        ),
    ),
    Phrase(
        "limits.statutory.days",
        more=_t(
            "{title}：法定时限变长，{before} 天 → {after} 天。",
            "{title}: the time the law allows grows from {before} to {after} days.",
        ),
        less=_t(
            "{title}：法定时限缩短，{before} 天 → {after} 天。",
            "{title}: the time the law allows falls from {before} to {after} days.",
        ),
    ),
    Phrase(
        "limits.*.count",
        changed=_t(
            "{title}：时限由按{before}算改为按{after}算。",
            "{title}: the limit is counted in {after} instead of {before}.",
        ),
        shown=_count,
    ),
    Phrase(
        "limits.extension",
        added=_t(
            "{title}：经批准可以延长时限一次，{after}。",
            "{title}: may be extended once, by {after}.",
        ),
        removed=_t("{title}：不再允许延长时限。", "{title}: may no longer be extended."),
        shown=_days,
    ),
    Phrase(
        "conditions.*",
        added=_t("{title}：新增条件——{name}。", "{title}: new condition: {name}."),
        removed=_t("{title}：取消条件——{name}。", "{title}: condition dropped: {name}."),
    ),
    Phrase(
        "conditions.*.rule",
        changed=_t(
            "{title}：条件改了。原来：{before}。现在：{after}。",
            "{title}: a condition changes. Before: {before}. Now: {after}.",
        ),
        shown=rule_shown,
    ),
    Phrase(
        "conditions.*.if_not",
        added=_t(
            "{title}：条件不满足时会说明怎么办。",
            "{title}: where a condition is not met, what to do is told.",
        ),
        removed=_t(
            "{title}：条件不满足时不再另外说明。",
            "{title}: where a condition is not met, nothing more is told.",
        ),
        changed=_t(
            "{title}：条件不满足时的说明改了。",
            "{title}: what is told where a condition is not met changes.",
        ),
    ),
    Phrase(
        "conditions.*.on_promise",
        added=_t(
            "{title}：有一项条件可以先承诺、后核查。",
            "{title}: one condition may be promised now and checked later.",
        ),
        removed=_t(
            "{title}：有一项条件不再接受承诺，要先核查。",
            "{title}: one condition can no longer be promised; it is checked first.",
        ),
    ),
    Phrase(
        "materials.*",
        added=_t("{title}：要多交一份——{name}。", "{title}: now needed: {name}."),
        removed=_t("{title}：不用再交——{name}。", "{title}: no longer needed: {name}."),
    ),
    Phrase(
        "materials.*.when",
        added=_t(
            "{title}：有一份材料改为只在这种情况下交：{after}。",
            "{title}: one document is now needed only if {after}.",
        ),
        removed=_t(
            "{title}：有一份材料改为都要交（原来只在：{before}）。",
            "{title}: one document is now always needed (before, only if {before}).",
        ),
        changed=_t(
            "{title}：有一份材料在什么情况下要交改了。原来：{before}。现在：{after}。",
            "{title}: when a document is needed changes. Before: {before}. Now: {after}.",
        ),
        shown=rule_shown,
    ),
    Phrase(
        "materials.*.waived_if",
        added=_t(
            "{title}：有一份材料在这种情况下不用交：{after}。",
            "{title}: one document is waived if {after}.",
        ),
        removed=_t(
            "{title}：有一份材料不再免交（原来免交的情况：{before}）。",
            "{title}: one document is no longer waived (before, if {before}).",
        ),
        changed=_t(
            "{title}：有一份材料的免交情况改了。原来：{before}。现在：{after}。",
            "{title}: when a document is waived changes. Before: {before}. Now: {after}.",
        ),
        shown=rule_shown,
    ),
    Phrase(
        "asks.*",
        added=_t("{title}：表里多一项——{name}。", "{title}: one more thing on the form: {name}."),
        removed=_t("{title}：表里少一项——{name}。", "{title}: one thing less to fill in: {name}."),
    ),
    Phrase(
        "instant",
        added=_t("{title}：可以秒批，条件是：{after}。", "{title}: decided at once where {after}."),
        removed=_t(
            "{title}：不再秒批，由工作人员办理。",
            "{title}: no longer decided at once; staff decide.",
        ),
        changed=_t(
            "{title}：秒批的条件改了。原来：{before}。现在：{after}。",
            "{title}: when it is decided at once changes. Before: {before}. Now: {after}.",
        ),
        shown=rule_shown,
    ),
    Phrase(
        "when",
        added=_t("{title}：只给符合这点的人办：{after}。", "{title}: only where {after}."),
        removed=_t("{title}：不再限定办理对象。", "{title}: open to everybody concerned."),
        changed=_t(
            "{title}：办理对象改了。原来：{before}。现在：{after}。",
            "{title}: whom it is for changes. Before: {before}. Now: {after}.",
        ),
        shown=rule_shown,
    ),
    Phrase(
        "fills.*.formula",
        changed=_t(
            "{title}：算法改了。原来：{before}。现在：{after}。",
            "{title}: how it is worked out changes. Before: {before}. Now: {after}.",
        ),
        shown=rule_shown,
    ),
    Phrase(
        "fee",
        added=_t("{title}：收费说明——{after}。", "{title}: fee: {after}."),
        removed=_t("{title}：取消收费说明（原来：{before}）。", "{title}: no fee told any more."),
        changed=_t("{title}：收费由{before}改为{after}。", "{title}: fee: {before} → {after}."),
    ),
    Phrase(
        "charges.*",
        added=_t("{title}：要多缴一笔——{name}。", "{title}: to be paid from now on: {name}."),
        removed=_t("{title}：不用再缴——{name}。", "{title}: no longer to be paid: {name}."),
    ),
    Phrase(
        "charges.*.amount",
        changed=_t(
            "{title}：缴多少改了。原来：{before}。现在：{after}。",
            "{title}: what is to be paid changes. Before: {before}. Now: {after}.",
        ),
        shown=rule_shown,
    ),
    Phrase(
        "visits",
        more=_t(
            "{title}：要跑的次数变多，{before} → {after}。",
            "{title}: more visits: {before} → {after}.",
        ),
        less=_t(
            "{title}：要跑的次数变少，{before} → {after}。",
            "{title}: fewer visits: {before} → {after}.",
        ),
    ),
    Phrase(
        "channels.*",
        added=_t("{title}：可以{name}办了。", "{title}: can now be done {name}."),
        removed=_t("{title}：不能再{name}办了。", "{title}: can no longer be done {name}."),
        shown=_channel,
    ),
    Phrase(
        "result.licence",
        changed=_t(
            "{title}：发的证由{before}改为{after}。", "{title}: gives {after} instead of {before}."
        ),
    ),
)
_BUNDLE = (
    Phrase(
        "",
        added=_t("新的一件事：{title}。", "New: {title}, done once."),
        removed=_t("一件事取消：{title}。", "No longer offered as one: {title}."),
    ),
    Phrase(
        "items.*",
        added=_t("{title}：一起办的多了「{name}」。", "{title}: now includes {name}."),
        removed=_t("{title}：不再一起办「{name}」。", "{title}: no longer includes {name}."),
        shown=_named(Service, "service"),
    ),
    Phrase(
        "items.*.within",
        added=_t("{title}：其中一项承诺 {after}。", "{title}: one part now within {after}."),
        removed=_t("{title}：其中一项取消 {before} 的承诺。", "{title}: one part loses {before}."),
        shown=_days,
    ),
    Phrase(
        "items.*.within.days",
        more=_t(
            "{title}：其中一项变慢，{before} 天 → {after} 天。",
            "{title}: one part takes longer: {before} → {after} days.",
        ),
        less=_t(
            "{title}：其中一项变快，{before} 天 → {after} 天。",
            "{title}: one part is faster: {before} → {after} days.",
        ),
    ),
    Phrase(
        "promise.days",
        more=_t(
            "{title}：全部办完的承诺变长，{before} 天 → {after} 天。",
            "{title}: the promise for the whole grows from {before} to {after} days.",
        ),
        less=_t(
            "{title}：全部办完的承诺缩短，{before} 天 → {after} 天。",
            "{title}: the promise for the whole falls from {before} to {after} days.",
        ),
    ),
    Phrase(
        "joint",
        added=_t("{title}：联合办理法定 {after}。", "{title}: by law within {after} in all."),
        removed=_t("{title}：不再联合办理。", "{title}: no longer decided jointly."),
        shown=lambda value, pack: (
            _days(value["limit"], pack) if isinstance(value, dict) else shown(value)
        ),
    ),
    Phrase(
        "review",
        added=_t(
            "{title}：有关部门改为一起评审一次。",
            "{title}: the departments now review it together.",
        ),
        removed=_t("{title}：不再联合评审。", "{title}: no longer reviewed jointly."),
    ),
    Phrase(
        "lead",
        changed=_t(
            "{title}：牵头部门由{before}改为{after}。", "{title}: led by {after}, not {before}."
        ),
        shown=_named(Department),
    ),
)

_COURSE = (
    Phrase(
        "",
        added=_t("新的分阶段项目：{title}。", "New course of stages: {title}."),
        removed=_t("分阶段项目取消：{title}。", "No longer offered in stages: {title}."),
    ),
    Phrase(
        "stages.*",
        added=_t("{title}：多了一个阶段。", "{title}: one stage more."),
        removed=_t("{title}：少了一个阶段。", "{title}: one stage less."),
    ),
)

SENTENCES.add("service", _SERVICE)
SENTENCES.add("bundle", _BUNDLE)
SENTENCES.add("course", _COURSE)
