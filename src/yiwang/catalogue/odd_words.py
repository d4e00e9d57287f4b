"""What each oddity is, and what its authority should do, in words."""

from __future__ import annotations

from yiwang.kernel.words import Text


def _words(zh: str, en: str, mend_zh: str, mend_en: str) -> tuple[Text, Text]:
    return Text(zh=zh, en=en), Text(zh=mend_zh, en=mend_en)


_NUMBER = ("写一个有人接的号码", "give a number that somebody answers")
CODES: dict[str, tuple[Text, Text]] = {
    "same-phone": _words(
        "咨询和投诉是同一个电话", "questions and complaints ring at the same number",
        "投诉电话换成另一个科室的", "give complaints another office's number"),
    "same-phone-otherwise": _words(
        "咨询和投诉是同一个电话，写法不同", "the same number for both, written in two ways",
        "投诉电话换成另一个科室的", "give complaints another office's number"),
    "no-consult": _words("没有咨询电话", "no number for questions", *_NUMBER),
    "hotline-consult": _words(
        "咨询电话只有热线", "only a hotline for questions", "加上本单位的电话",
        "add the office's own number"),
    "no-complaint": _words("没有投诉电话", "no number for complaints", *_NUMBER),
    "hotline-complaint": _words(
        "投诉电话只有热线", "only a hotline for complaints", "加上受理投诉的科室电话",
        "add the number of who takes complaints"),
    "broken-phone": _words(
        "电话号码位数不对", "a number with too many or too few digits", "核对号码", "check it"),
    "no-area-code": _words(
        "电话没有区号", "a number without its area code", "写上区号", "write the area code"),
    "more-than-phone": _words(
        "电话栏里写了别的内容", "the field of the number holds other things",
        "地址、时间、网址写到各自的栏里", "put address, hours and links where they belong"),
    "no-statutory": _words(
        "没有法定时限", "no statutory limit", "写明法定时限，或说明法律没有规定",
        "give it, or say that the law sets none"),
    "no-promised": _words(
        "没有承诺时限", "no promised limit", "写明承诺时限", "promise a time"),
    "natural-days": _words(
        "时限按自然日计算，和多数事项不同",
        "counted in natural days, unlike most items",
        "核对是不是工作日", "check whether working days are meant"),
    "two-day-counts": _words(
        "法定和承诺时限一个按工作日、一个按自然日",
        "one limit in working days, the other in natural",
        "按同一种日子计算", "count both alike"),
    "promise-too-long": _words(
        "承诺时限长于法定时限", "the promise exceeds the statutory limit",
        "缩短承诺时限", "shorten the promise"),
    "no-visit-no-way": _words(
        "到场次数为 0，却不能网办也不能邮寄", "no visits, yet neither online nor by post",
        "写明怎么办理，或改到场次数", "say how it is done, or mend the visits"),
    "visit-without-window": _words(
        "要到现场，却没有窗口", "visits asked for, but there is no window",
        "写明窗口，或把到场次数改为 0",
        "name the window, or set visits to 0"),
    "online-without-address": _words(
        "可以网办，却没有网址", "online, but no address is told",
        "写上网址", "give the address"),
    "no-address": _words(
        "有窗口，却没有地址", "there is a window without an address",
        "写上地址", "give the address"),
    "html-in-title": _words(
        "名称里有网页代码", "marks of HTML in the title", "删掉代码", "remove them"),
    "phone-in-title": _words(
        "名称里有电话号码", "a telephone number in the title",
        "移到咨询电话", "move it to its field"),
    "space-in-title": _words(
        "名称前后或中间有多余空格", "spaces too many in the title", "删掉空格", "remove them"),
    "no-title": _words("没有名称", "no title", "写上事项名称", "give the title"),
    "space-in-authority": _words(
        "部门名称前后有空格", "spaces around the authority's name", "删掉空格", "remove them"),
    "no-authority": _words(
        "没有人知道这是哪个部门的事项", "nobody knows whose item this is",
        "写明部门的代码和全称", "tell the code and full name of its authority"),
    "no-code": _words("没有事项编码", "no code", "写上实施编码", "give its code"),
    "no-type": _words(
        "没有事项类型", "no type", "写明是许可、给付还是服务", "say which sort it is"),
    "no-conditions": _words(
        "没有受理条件", "no conditions are told", "写明谁可以办、满足什么条件",
        "say who may apply, on what conditions"),
    "permit-without-materials": _words(
        "行政许可，却没有申请材料", "a permit for which nothing need be brought",
        "核对材料清单", "check the list of documents"),
    "duplicate-code": _words(
        "编码和另一条事项相同", "another item has the same code", "核对编码", "check the code"),
    "same-title": _words(
        "同一部门有同名事项", "the same office has another item of this name",
        "名称里写明区别", "tell them apart in their names"),
    "split-matter": _words(
        "同一事项拆成了几个子项", "one matter split into several items",
        "在主事项下一起展示", "show them together under their matter"),
    "material-names": _words(
        "同一种材料用了几个名称", "one document under several names",
        "统一用常用的名称", "use the usual name"),
    "unread": _words(
        "这个值看不懂，原样保留", "a value that could not be understood; it is kept as it was",
        "改正写法，或在映射里加上", "mend it, or add it to the mapping"),
}  # fmt: skip
