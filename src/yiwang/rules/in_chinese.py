"""The sentences of faults in Chinese. English is the key, as in a catalogue of translations."""

from __future__ import annotations

import re
from functools import lru_cache

_SENTENCES = {
    # what is wrong
    "The rule is nested too deeply to be read.": "规则套得太深，读不了。",
    "This is not one condition.": "这不是一个条件。",
    "The rule is empty.": "规则是空的。",
    "The rule has {} characters, more than {}.": "规则有 {} 个字符，超过了 {} 个。",
    "The rule holds a character that is no text.": "规则里有不是文字的字符。",
    "The rule cannot be read; it holds the full-width sign {}.": "规则读不懂：里面有全角符号 {}。",
    "The rule cannot be read near {}.": "规则在 {} 附近读不懂。",
    "The rule cannot be read.": "规则读不懂。",
    "{} is read although there may be no {}.": "读了 {}，可是「{}」不一定有。",
    "A condition is needed here, and this is of type {}.": "这里要一个条件，写的却是 {} 类型的值。",
    "One cannot calculate with the type {}.": "{} 类型不能计算。",
    "IN needs a list of written values.": "IN 后面要写出一列值。",
    "LIKE does not work on the type {}.": "LIKE 不能用在 {} 类型上。",
    "CASE has no ELSE.": "CASE 没有写 ELSE。",
    "CASE gives unlike values. {}": "CASE 各分支的值不是一类。{}",
    "{} is no number a rule may hold.": "规则里不能写 {} 这样的数。",
    "{} is too large.": "{} 太大了。",
    "{} is no day of the calendar.": "没有 {} 这一天。",
    "There is no party {}.": "没有当事方「{}」。",
    "There is no element {}.": "没有数据元「{}」。",
    "Argument {} of {} is of type {}.": "第 {} 个参数（函数 {}）是 {} 类型。",
    "{} compares unlike values.": "{} 比较的值不是一类。",
    "{} is given {} values.": "{} 写了 {} 个参数。",
    "{} needs a whole number from {} to {} written out.": "{} 这里要直接写出 {} 到 {} 的整数。",
    "A rule must be true or false, and this is of type {}.": "规则必须是真或假，这条却是 {}。",
    "The type {} has no order.": "{} 类型没有大小先后。",
    "The types {} and {} do not go together.": "{} 和 {} 两种类型不能放在一起。",
    "{} is no code of {}.": "{} 不是 {} 的代码。",
    "{} and {} have no code in common.": "{} 和 {} 没有共同的代码。",
    "LIKE knows three forms only.": "LIKE 只有三种写法。",
    "Values are not converted.": "规则里不转换类型。",
    "A rule cannot query.": "规则里不能写查询。",
    "NULL cannot be written.": "规则里不能写 NULL。",
    "{} turns not-knowing into a verdict.": "{} 会把「不知道」变成结论。",
    "EXISTS cannot query.": "EXISTS 不能写查询。",
    "A rule sees one matter, not many rows.": "规则只看一件事，不看许多行。",
    "A list stands only after IN.": "一列值只能写在 IN 后面。",
    "{} is not in the rule language.": "规则里没有 {}。",
    "{} is no function of the rule language.": "规则里没有函数 {}。",
    "{} must say of which party it is, in the form party.element.":
        "{} 要写明是谁的，写成「当事方.数据元」。",
    "{} always exists.": "「{}」总是有的。",
    "There may be several {}, so {} is not one value.": "「{}」可能有几个，所以 {} 不是一个值。",
    # what to write instead
    "Keep it under {} brackets and {} levels: declare a derived element for a part of it.":
        "括号不超过 {} 层、结构不超过 {} 层：把其中一部分声明成派生数据元。",
    "Write one condition without a semicolon.": "只写一个条件，不加分号。",
    "Write a condition, or TRUE.": "写一个条件，或者写 TRUE。",
    "Declare a derived element for a part of it.": "把其中一部分声明成派生数据元。",
    "Declare a derived element.": "声明一个派生数据元。",
    "Remove it.": "去掉它。",
    "Write signs outside quoted text in half width: {}": "引号外面的符号用半角：{}",
    "Write a condition such as {}.": "写成条件，例如 {}。",
    "Write {} AND … or NOT {} OR … around it.": "外面加上 {} AND …，或者 NOT {} OR …。",
    "Compare it with something, such as = or >=.": "拿它和别的比较，例如 = 或 >=。",
    "Use numbers on both sides.": "两边都用数。",
    "For dates use days_between, add_days or add_months.":
        "日期用 days_between、add_days 或 add_months。",
    "Use numbers on both sides; texts are joined with concat.": "两边都用数；拼接文字用 concat。",
    "Write for example IN ('a', 'b').": "例如写成 IN ('a', 'b')。",
    "Use it on text.": "它只用在文字上。",
    "Say what holds otherwise: … ELSE value END.": "写明其他情况：… ELSE 值 END。",
    "Write digits, at most 6 decimals.": "写数字，小数最多 6 位。",
    "Use at most 18 digits, 13 with decimals.": "整数最多 18 位，带小数的整数部分最多 13 位。",
    "Write it as DATE '2026-01-31'.": "写成 DATE '2026-01-31'。",
    "Did you mean {}?": "是不是 {}？",
    "Declare it, or use one of the {}: {}.": "先声明它，或者用已有的（{}）：{}。",
    "Write {}.": "写成 {}。",
    "Give it only numbers or only dates.": "要么都是数，要么都是日期。",
    "Use = or <>, or IN with a list.": "用 = 或 <>，或者 IN 一列值。",
    "Write a day as DATE '2026-01-31'.": "日期写成 DATE '2026-01-31'。",
    "Write it as it stands, or with NOT before it.": "直接写它，或者在前面加 NOT。",
    "Numbers stand without quotes, texts and codes in 'quotes'.":
        "数不加引号，文字和代码加单引号。",
    "Use one of: {}.": "只能用：{}。",
    "Compare columns of one list of codes.": "比较的两项要用同一套代码。",
    "Write LIKE 'start%', LIKE '%end' or LIKE '%part%' with plain characters.":
        "写成 LIKE '开头%'、LIKE '%结尾' 或 LIKE '%中间%'，中间是普通文字。",
    "Declare the element with the type it has; write days as DATE '2026-01-31'.":
        "数据元是什么类型就声明成什么类型；日期写成 DATE '2026-01-31'。",
    "Declare a derived element (count, any, all, sum, max) and read that.":
        "声明一个派生数据元（count、any、all、sum、max），读它。",
    "Declare a derived element over them (count, any, all, sum, max) and read that.":
        "对他们声明一个派生数据元（count、any、all、sum、max），读它。",
    "Unknown stays unknown: drop this part, or ask PARTY.exists when somebody may not be there.":
        "不知道就是不知道：去掉这一段；不一定有的人，用「当事方.exists」来问。",
    "Write PARTY.exists, or declare a derived element and read that.":
        "写「当事方.exists」，或者声明一个派生数据元来读。",
    "Use add_days or add_months.": "用 add_days 或 add_months。",
    "Put the lower bound first.": "小的一端写在前面。",
    "Compare one value at a time.": "一次比较一个值。",
    "Use days_between, months_between or years_between.":
        "用 days_between、months_between 或 years_between。",
    "Use year(…), month(…) or day(…).": "用 year(…)、month(…) 或 day(…)。",
    "Use least(…), or declare a derived element.": "用 least(…)，或者声明一个派生数据元。",
    "Use greatest(…), or declare a derived element.": "用 greatest(…)，或者声明一个派生数据元。",
    "Use {}.": "用 {}。",
    "The list is in docs/reference/rules.md.": "函数表见 docs/reference/rules.md。",
    "docs/reference/rules.md lists what is.": "能写什么见 docs/reference/rules.md。",
    "Write party.{}, for example mother.{}.": "写成「当事方.{}」，例如 mother.{}。",
    "Read one element.": "一次读一个数据元。",
    "Leave {} out.": "去掉 {}。",
}  # fmt: skip
_WORDS = {" or ": " 或 ", "parties": "当事方", "elements": "数据元", "none": "没有"}


def in_chinese(sentence: str) -> str:
    """The sentence in Chinese; as it stands where there is none."""
    for pattern, written in _patterns():
        if found := pattern.fullmatch(sentence):
            return written.format(*(_part(part) for part in found.groups()))
    return sentence


def _part(text: str) -> str:
    """What stands in a gap: a name, a value, or a sentence of its own."""
    if text in _WORDS:
        return _WORDS[text]
    return in_chinese(text) if text.endswith(".") else text.replace(" or ", _WORDS[" or "])


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The most words first, so that a sentence is found before a shorter form it fits."""
    ordered = sorted(_SENTENCES.items(), key=lambda one: -len(one[0].replace("{}", "")))
    return tuple(
        (re.compile(re.escape(english).replace(r"\{\}", "(.+?)"), re.DOTALL), chinese)
        for english, chinese in ordered
    )
