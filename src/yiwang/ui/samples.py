"""Sample content for the style guide: every component, with words of invented people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yiwang.kernel.moment import CITY_ZONE
from yiwang.kernel.words import Text
from yiwang.ui.fields import Choice, Field, Upload
from yiwang.ui.parts import Card, PageOf, Row, Step

HOSPITAL = Text(zh="市妇幼保健院", en="Maternity Hospital")
POLICE = Text(zh="市公安局", en="Police Bureau")
INSURANCE = Text(zh="市医疗保障局", en="Medical Insurance Bureau")
HOUSEHOLDS = Text(zh="户籍登记", en="Household register")
BIRTHS = Text(zh="出生登记", en="Birth register")


def samples() -> dict[str, Any]:
    """What `ui/style.html` shows: `fields`, `wrong`, `steps`, `rows`, `cards`, `page`, …"""
    return {
        "fields": _fields(),
        "known": _known(),
        "wrong": _wrong(),
        "steps": _steps(),
        "rows": _rows(),
        "cards": _cards(),
        "page": PageOf(4, 12),
        "due": date(2026, 11, 26),
        "moment": datetime(2026, 11, 21, 14, 5, tzinfo=CITY_ZONE),
        "number": "JC-2026-1121-004217",
        "amount": Decimal("12480.5"),
        "name": "张晓华",
        "identity": "990100198801011233",
        "agreement": Text(
            zh="我确认以上信息真实、完整。我知道，各部门会按本次所办事项核对这些信息，"
            "核对记录可在“我的数据”中查看。",
            en="I confirm that what I have stated is true and complete. I know that each "
            "department checks it for this matter only, and that I can see each check in My data.",
        ),
    }


def _fields() -> list[Field]:
    return [
        Field(
            "child.name",
            Text(zh="宝宝姓名", en="The child's name"),
            help=Text(zh="与出生医学证明一致", en="As on the birth certificate"),
            longest=30,
        ),
        Field(
            "child.sex",
            Text(zh="宝宝性别", en="The child's sex"),
            "code",
            codes=[Choice("f", Text(zh="女", en="Girl")), Choice("m", Text(zh="男", en="Boy"))],
            value="f",
        ),
        Field(
            "child.birth_date",
            Text(zh="出生日期", en="Date of birth"),
            "date",
            help=Text(zh="例如 2026年11月3日", en="For example 3 November 2026"),
            maximum=date(2026, 11, 21),
            minimum=date(2025, 11, 21),
        ),
        Field(
            "mother.identity",
            Text(zh="母亲的身份证号码", en="The mother's identity number"),
            "identity_number",
            help=Text(zh="18 位，末位可能是 X", en="18 characters; the last may be X"),
        ),
        Field(
            "insurance.join",
            Text(
                zh="是否为宝宝参加居民医保？",
                en="Shall the child join residents' medical insurance?",
            ),
            "boolean",
            help=Text(
                zh="出生 90 天内参保，自出生之日起享受待遇",
                en="Within 90 days of birth, cover counts from the day of birth",
            ),
        ),
        Field(
            "household.with",
            Text(zh="宝宝落户在谁的户口本上？", en="Whose household shall the child join?"),
            "code",
            codes=[
                Choice(
                    "mother",
                    Text(zh="随母亲", en="The mother's"),
                    Text(zh="滨江区望潮街道", en="Wangchao Street, Binjiang District"),
                ),
                Choice("father", Text(zh="随父亲", en="The father's")),
                Choice("grandparents", Text(zh="随祖父母或外祖父母", en="A grandparent's")),
            ],
        ),
        Field(
            "mother.phone",
            Text(zh="手机号码", en="Mobile phone"),
            "phone",
            help=Text(zh="办理进度会发到这个号码", en="We send news of the matter to it"),
        ),
        Field(
            "refund.amount",
            Text(zh="分娩费用合计", en="Total cost of delivery"),
            "money",
            required=False,
        ),
        Field(
            "mother.address",
            Text(zh="现住址", en="Where you live now"),
            "address",
            help=Text(
                zh="区、街道、社区、路名和门牌号", en="District, street, community, road and number"
            ),
        ),
        Field(
            "clinic",
            Text(zh="预防接种门诊", en="Vaccination clinic"),
            "code",
            codes=[
                Choice(str(n), Text(zh=f"第{n}社区卫生服务中心", en=f"Community clinic {n}"))
                for n in range(1, 9)
            ],
        ),
        Field(
            "receipt",
            Text(zh="出院结算单", en="Hospital bill"),
            "file",
            accept="image/*,application/pdf",
            max_bytes=10_000_000,
            capture=True,
            value=[Upload("出院结算单-1.jpg", 2_340_000, "#", "#")],
        ),
        Field(
            "sign",
            Text(zh="签名验证码", en="Signature code"),
            "signature_code",
            help=Text(
                zh="已发送至 138****1234，5 分钟内有效",
                en="Sent to 138****1234, valid for five minutes",
            ),
            send_url="#",
        ),
    ]


def _known() -> list[Field]:
    return [
        Field(
            "child.weight",
            Text(zh="出生体重", en="Weight at birth"),
            "integer",
            value=3250,
            unit=Text(zh="克", en="g"),
            fixed=True,
            source=BIRTHS,
            as_of=date(2026, 11, 3),
            wrong_url="#",
        ),
        Field(
            "father.marital",
            Text(zh="婚姻状况", en="Marital status"),
            "code",
            codes=[
                Choice("married", Text(zh="已婚", en="Married")),
                Choice("single", Text(zh="未婚", en="Single")),
            ],
            value="married",
            source=Text(zh="您填写", en="Stated by you"),
            as_of=date(2026, 11, 21),
            provisional=True,
        ),
    ]


def _wrong() -> list[Field]:
    return [
        Field(
            "wrong.identity",
            Text(zh="父亲的身份证号码", en="The father's identity number"),
            "identity_number",
            value="99010019880101123",
            error=Text(
                zh="身份证号码应为 18 位，您填写了 17 位",
                en="An identity number has 18 characters; yours has 17",
            ),
        ),
        Field(
            "wrong.date",
            Text(zh="结婚登记日期", en="Date of marriage"),
            "date",
            value="2027-01-01",
            error=Text(zh="日期不能晚于今天", en="The date cannot be later than today"),
        ),
        Field(
            "wrong.consent",
            Text(zh="我已阅读并同意", en="I have read this and agree"),
            "consent",
            text=Text(
                zh="各部门仅为本次办理读取所列信息。", en="Data is read for this matter only."
            ),
            error=Text(zh="请勾选同意后再提交", en="Tick the box before you send"),
        ),
    ]


def _steps() -> list[Step]:
    return [
        Step(
            Text(zh="已提交", en="Sent"),
            "done",
            at=datetime(2026, 11, 21, 9, 12, tzinfo=CITY_ZONE),
        ),
        Step(
            Text(zh="出生医学证明", en="Birth certificate"),
            "done",
            at=datetime(2026, 11, 21, 9, 12, tzinfo=CITY_ZONE),
            by=HOSPITAL,
            text=Text(zh="已签发，已存入卡包", en="Issued; it is in your wallet"),
            url="#",
        ),
        Step(
            Text(zh="户口登记", en="Household registration"),
            "waiting",
            by=POLICE,
            text=Text(
                zh="请补一张户主同意落户的照片，补好后继续办理，期限从那时起接着算",
                en="Please add a photo of the householder's consent; the time limit waits for you",
            ),
            url="#",
        ),
        Step(
            Text(zh="居民医保参保", en="Medical insurance"),
            "now",
            due=date(2026, 11, 26),
            by=INSURANCE,
            text=Text(zh="正在审核", en="Being examined"),
        ),
        Step(
            Text(zh="社会保障卡", en="Social security card"),
            "next",
            due=date(2026, 12, 3),
            text=Text(zh="户口登记办好后开始", en="Begins once the child is registered"),
        ),
        Step(
            Text(zh="生育医疗费报销", en="Maternity refund"),
            "refused",
            at=datetime(2026, 11, 21, 11, 40, tzinfo=CITY_ZONE),
            by=INSURANCE,
            text=Text(
                zh="不符合参保满 6 个月的规定，可申请复核", en="Less than six months insured"
            ),
        ),
    ]


def _rows() -> list[Row]:
    return [
        Row(Text(zh="宝宝姓名", en="The child's name"), "林小满", "#"),
        Row(
            Text(zh="出生日期", en="Date of birth"),
            Text(zh="2026年11月3日", en="3 November 2026"),
            source=BIRTHS,
            as_of=date(2026, 11, 3),
        ),
        Row(
            Text(zh="落户在", en="Household"),
            Text(zh="随母亲，滨江区望潮街道", en="The mother's, Wangchao Street"),
            "#",
            source=HOUSEHOLDS,
            as_of=date(2026, 11, 1),
        ),
        Row(Text(zh="预防接种门诊", en="Vaccination clinic"), "", "#", missing=True),
    ]


def _cards() -> list[Card]:
    child, mother = Text(zh="林小满", en="Lin Xiaoman"), Text(zh="张晓华", en="Zhang Xiaohua")
    return [
        Card(
            Text(zh="出生医学证明", en="Birth certificate"),
            child,
            "Z990012345",
            HOSPITAL,
            issued=date(2026, 11, 3),
            url="#",
            icon="baby-carriage",
        ),
        Card(
            Text(zh="社会保障卡", en="Social security card"),
            mother,
            "9901**********123X",
            Text(zh="市人力资源和社会保障局", en="Human Resources Bureau"),
            expires=date(2036, 5, 31),
            url="#",
            icon="credit-card",
            tone="leaf",
        ),
        Card(
            Text(zh="结婚证", en="Marriage certificate"),
            mother,
            "J990100-2024-000318",
            Text(zh="市民政局", en="Civil Affairs Bureau"),
            issued=date(2024, 5, 20),
            url="#",
            icon="heart-handshake",
            tone="plum",
        ),
        Card(
            Text(zh="居住证", en="Residence permit"),
            mother,
            "R99012201877",
            POLICE,
            expires=date(2026, 8, 1),
            url="#",
            icon="home",
            tone="slate",
            state=Text(zh="已过期", en="Expired"),
        ),
    ]
