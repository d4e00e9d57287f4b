"""A small town as a pack: a police, a hospital, three registers of which one lies elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from yiwang.kernel.identifiers import identity_number
from yiwang.ledger.actions import Actor
from yiwang.pack import actions, queries
from yiwang.pack.pack import Pack

MOTHER = identity_number("990102", date(1996, 3, 8), 246)
FATHER = identity_number("990102", date(1995, 5, 1), 133)
STRANGER = identity_number("990103", date(1980, 1, 2), 55)
CLERK = Actor("staff", "clerk", "police")
SETTING = "YIWANG_SOURCE_TOWN_TEST"

BASIS = "{law: {zh: 《户籍条例》, en: Household Ordinance}, article: 第七条}"
BIRTH_LAW = "{law: {zh: 《母婴法》, en: Maternal Care Law}, article: 第二十三条}"

FILES = {
    "city/city.yaml": """
id: town
title: {zh: 小城, en: Town}
government: {zh: 小城政府, en: Town government}
division: t
region_code: "990100"
bureau: police
hotline: "12345"
case_prefix: XC
appeal: {zh: 可以申请复议。, en: You may ask for a review.}
about: {zh: 测试用, en: For tests}
""",
    "divisions/all.yaml": """
- {id: t, title: {zh: 小城, en: Town}, level: city}
- {id: t-1, title: {zh: 东区, en: East}, level: district, parent: t}
- {id: t-1-1, title: {zh: 柳街道, en: Willow}, level: street, parent: t-1}
""",
    "departments/all.yaml": "".join(
        f"""
- id: {id}
  title: {{zh: {zh}, en: {en}}}
  short: {{zh: {zh}, en: {en}}}
  division: t
  phone: "0990-{n}"
  complaint_phone: "0990-{n}1"
  address: {{zh: 一路, en: First Road}}
  hours: {{zh: 九点到五点, en: nine to five}}
"""
        for n, (id, zh, en) in enumerate(
            [("police", "公安局", "Police"), ("hospital", "医院", "Hospital"),
             ("insurance", "医保局", "Insurance")], start=1000001,
        )
    ),
    "elements/all.yaml": """
- {id: id_number, title: {zh: 身份证号, en: Identity number}, type: text, format: identity-number}
- {id: name, title: {zh: 姓名, en: Name}, type: text, max_length: 30}
- id: sex
  title: {zh: 性别, en: Sex}
  type: code
  codes: {female: {zh: 女, en: female}, male: {zh: 男, en: male}}
- {id: birth_date, title: {zh: 出生日期, en: Date of birth}, type: date, within: past}
- {id: alive, title: {zh: 健在, en: Alive}, type: boolean}
- {id: paid, title: {zh: 已付, en: Paid}, type: money}
- {id: division, title: {zh: 住地, en: Where they live}, type: text, format: division}
- {id: record_no, title: {zh: 分娩编号, en: Birth record}, type: text}
- id: weight
  title: {zh: 体重, en: Weight}
  type: integer
  unit: {zh: 克, en: g}
  min: 300
  max: 8000
- {id: adult, title: {zh: 成年, en: Of age}, type: boolean, derive: "age(this.birth_date) >= 18"}
""",
    "registers/all.yaml": f"""
- id: population
  title: {{zh: 人口库, en: Population}}
  steward: police
  columns:
    {{id_number: id_number, name: name, sex: sex, birth_date: birth_date, alive: alive,
      division: division}}
  key: id_number
  about: [id_number]
  rhythm: {{zh: 实时, en: At once}}
  basis: {BASIS}
  grants:
    - {{to: [hospital], columns: [name, birth_date], basis: {BIRTH_LAW}}}
    - {{to: [insurance], columns: [name], basis: {BASIS}, until: 2020-01-01}}
- id: births
  title: {{zh: 出生库, en: Births}}
  steward: hospital
  columns:
    {{record_no: record_no, mother: id_number, weight: weight, birth_date: birth_date, paid: paid}}
  key: record_no
  lookup: [mother]
  about: [mother]
  rhythm: {{zh: 实时, en: At once}}
  basis: {BIRTH_LAW}
  grants:
    - {{to: [police], columns: [birth_date, record_no], basis: {BASIS}}}
- id: elsewhere
  title: {{zh: 邻市人口库, en: The neighbours' population}}
  steward: police
  columns: {{id_number: id_number, name: name, sex: sex, birth_date: birth_date, alive: alive}}
  key: id_number
  key_pattern: "^9901"
  about: [id_number]
  rhythm: {{zh: 实时, en: At once}}
  basis: {BASIS}
  source: {{kind: http, setting: {SETTING}, seconds: 0.6}}
""",
    "licences/all.yaml": """
- id: birth-certificate
  title: {zh: 出生证明, en: Birth certificate}
  issuer: hospital
  fields: [name, sex, birth_date]
  number: "CS{region}-{year}-{serial:06}"
  colour: green
  about: {zh: 证明出生。, en: Proves a birth.}
- id: pass
  title: {zh: 通行证, en: Pass}
  issuer: police
  fields: [name, division]
  number: "T{serial}"
  valid: {years: 2}
  about: {zh: 证明可以通行。, en: Lets you pass.}
- id: card
  title: {zh: 卡, en: Card}
  issuer: police
  fields: [id_number]
  number: "K{region}"
  about: {zh: 号码就是身份证号。, en: Its number is the identity number.}
""",
}  # fmt: skip


def load(folder: Path) -> Pack:
    """Make the town the live pack."""
    for name, text in FILES.items():
        path = folder / "town" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    actions.load(folder / "town", by=Actor("operator", "tests"))
    queries.forget()
    return queries.current()
