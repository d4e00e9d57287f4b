"""The sorts the field knows: of items, of audiences, of levels, of handling. Codes and words."""

from __future__ import annotations

from typing import Literal

from yiwang.kernel.words import Text

ItemType = Literal[
    "permit",
    "penalty",
    "coercion",
    "levy",
    "payment",
    "inspection",
    "confirmation",
    "award",
    "ruling",
    "registration",
    "other-power",
    "public-service",
]
Audience = Literal[
    "person", "company", "institution", "association", "unincorporated", "government", "other"
]
Level = Literal["state", "province", "city", "county", "street", "village"]
Handling = Literal["instant", "promised"]
ResultType = Literal["licence", "document", "money", "record", "answer", "other"]

ITEM_TYPES: dict[ItemType, Text] = {
    "permit": Text(zh="行政许可", en="Permit"),
    "penalty": Text(zh="行政处罚", en="Penalty"),
    "coercion": Text(zh="行政强制", en="Coercive measure"),
    "levy": Text(zh="行政征收", en="Levy"),
    "payment": Text(zh="行政给付", en="Payment"),
    "inspection": Text(zh="行政检查", en="Inspection"),
    "confirmation": Text(zh="行政确认", en="Confirmation"),
    "award": Text(zh="行政奖励", en="Award"),
    "ruling": Text(zh="行政裁决", en="Ruling"),
    "registration": Text(zh="行政登记", en="Registration"),
    "other-power": Text(zh="其他行政权力", en="Other power"),
    "public-service": Text(zh="公共服务", en="Public service"),
}
AUDIENCES: dict[Audience, Text] = {
    "person": Text(zh="自然人", en="People"),
    "company": Text(zh="企业法人", en="Companies"),
    "institution": Text(zh="事业法人", en="Public institutions"),
    "association": Text(zh="社会组织法人", en="Associations"),
    "unincorporated": Text(zh="非法人企业", en="Unincorporated firms"),
    "government": Text(zh="行政机关", en="Government bodies"),
    "other": Text(zh="其他组织", en="Other bodies"),
}
LEVELS: dict[Level, Text] = {
    "state": Text(zh="国家级", en="State"),
    "province": Text(zh="省级", en="Province"),
    "city": Text(zh="市级", en="City"),
    "county": Text(zh="县级", en="County or district"),
    "street": Text(zh="镇街级", en="Town or street"),
    "village": Text(zh="村居级", en="Village or community"),
}
HANDLINGS: dict[Handling, Text] = {
    "instant": Text(zh="即办件", en="Done while you wait"),
    "promised": Text(zh="承诺件", en="Done within a promised time"),
}
RESULT_TYPES: dict[ResultType, Text] = {
    "licence": Text(zh="证照", en="Licence or certificate"),
    "document": Text(zh="批文", en="Written decision"),
    "money": Text(zh="资金", en="Money"),
    "record": Text(zh="登记或备案", en="Entry in a register"),
    "answer": Text(zh="答复", en="Answer"),
    "other": Text(zh="其他", en="Other"),
}
