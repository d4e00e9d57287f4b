"""How changes of elements and registers are told.

Filled into the pack room's table when this module is imported.
"""

from __future__ import annotations

from yiwang.identity.declarations import Department
from yiwang.kernel.words import Text
from yiwang.pack.diff import SENTENCES, Phrase, Value, shown
from yiwang.pack.pack import Pack
from yiwang.registers.declarations import Element


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _department(id: Value, pack: Pack) -> Text:
    found = pack.all(Department).get(str(id))
    return found.title if found is not None else shown(id)


def _element(id: Value, pack: Pack) -> Text:
    found = pack.all(Element).get(str(id))
    return found.title if found is not None else shown(id)


def _grant(value: Value, pack: Pack) -> Text:
    """Who may read what, on which law."""
    if not isinstance(value, dict):
        return shown(value)
    who = [_t("所有部门", "every department")]
    if value["to"] != "*":
        who = [_department(one, pack) for one in value["to"]]
    what = shown(value["columns"])
    if value["columns"] == "*":
        what = _t("全部内容", "everything")
    law, article = shown(value["basis"]["law"]), value["basis"]["article"]
    in_zh, in_en = "、".join(one.zh for one in who), ", ".join(one.en for one in who)
    return _t(
        f"{in_zh}可读{what.zh}（依据{law.zh}{article}）", f"{in_en} may read {what.en} ({law.en})"
    )


_ELEMENT = (
    Phrase(
        "",
        added=_t("数据字典新增「{title}」。", "New in the dictionary: {title}."),
        removed=_t("数据字典取消「{title}」。", "Gone from the dictionary: {title}."),
    ),
    Phrase(
        "codes.*",
        added=_t("{title}：多了一个选项「{name}」。", "{title}: a new choice, “{name}”."),
        removed=_t("{title}：少了一个选项「{name}」。", "{title}: “{name}” is no longer a choice."),
    ),
    Phrase("min", changed=_t("{title}：最小 {before} → {after}。", "{title}: at least {after}.")),
    Phrase("max", changed=_t("{title}：最大 {before} → {after}。", "{title}: at most {after}.")),
    Phrase(
        "max_length",
        more=_t("{title}：可以写到 {after} 个字了。", "{title}: may be {after} characters long."),
        less=_t("{title}：最多只能写 {after} 个字。", "{title}: at most {after} characters now."),
    ),
    Phrase(
        "ask.question",
        changed=_t("{title}：问法改为「{after}」。", "{title}: asked as “{after}”."),
    ),
    Phrase(
        "ask",
        added=_t("{title}：以后会问当事人。", "{title}: people are asked for it."),
        removed=_t("{title}：不再问当事人。", "{title}: people are no longer asked."),
    ),
    Phrase(
        "sensitivity",
        changed=_t("{title}：敏感级别 {before} → {after}。", "{title}: {after}, not {before}."),
    ),
)
_REGISTER = (
    Phrase(
        "",
        added=_t("新登记库：{title}。", "New register: {title}."),
        removed=_t("登记库取消：{title}。", "Register gone: {title}."),
    ),
    Phrase(
        "columns.*",
        added=_t("{title}：多记一项「{name}」。", "{title}: now also holds {name}."),
        removed=_t("{title}：不再记「{name}」。", "{title}: no longer holds {name}."),
        shown=_element,
    ),
    Phrase(
        "grants.*",
        added=_t("{title}：新授权——{name}。", "{title}: new grant: {name}."),
        removed=_t("{title}：收回授权——{name}。", "{title}: grant withdrawn: {name}."),
        shown=_grant,
    ),
    Phrase(
        "steward",
        changed=_t(
            "{title}：改由{after}负责（原来{before}）。", "{title}: kept by {after}, not {before}."
        ),
        shown=_department,
    ),
    Phrase(
        "sharing",
        changed=_t("{title}：共享属性 {before} → {after}。", "{title}: sharing: {after}."),
    ),
)

SENTENCES.add("element", _ELEMENT)
SENTENCES.add("register", _REGISTER)
