"""`yiwang bundle plan`: what merging works out of a bundle's items."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Language, Text, speak
from yiwang.pack import loader
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.services.declarations import Bundle
from yiwang.services.outline import outline
from yiwang.services.plan import Plan, plan_of
from yiwang.web.commands.pack import spoken_here

FAULTY = Text(
    zh="配置包 {folder} 有错误，先运行 yiwang pack check 改正。",
    en="The pack {folder} has errors; run yiwang pack check and mend them first.",
)
WORKING = Text(
    zh="最快 {shortest} 个工作日，承诺 {promised} 个工作日",
    en="{shortest} working days at the soonest, {promised} promised",
)
NATURAL = Text(
    zh="最快 {shortest} 天，承诺 {promised} 天",
    en="{shortest} days at the soonest, {promised} promised",
)
DAY = Text(zh="第 {day} 天", en="day {day}")
AFTER = Text(zh="等 {items}", en="after {items}")
QUESTIONS = Text(
    zh="最多问 {most} 个问题，其中 {asked} 个没有登记库能答：",
    en="{most} questions at most, {asked} that no register answers:",
)
DOCUMENTS = Text(zh="最多要 {count} 份材料：", en="{count} documents at most:")
UPLOAD = Text(zh="上传", en="upload")


def add(words) -> None:
    """`yiwang bundle …`."""
    bundle = words.add_parser("bundle", help="what a bundle's items come to together")
    verbs = bundle.add_subparsers(title="verbs", metavar="VERB", required=True)
    plan = verbs.add_parser("plan", help="one form, one list of documents, one order")
    plan.add_argument("bundle", metavar="BUNDLE")
    plan.add_argument(
        "--pack", type=Path, metavar="DIR", help="read this folder, not the live pack"
    )
    plan.add_argument("--json", action="store_true", help="print for machines")
    plan.add_argument("--lang", choices=("zh", "en"), default=spoken_here(), help="zh or en")
    plan.set_defaults(run=run_plan, needs_database=True)


def run_plan(arguments: Namespace) -> None:
    """Print the plan of one bundle."""
    speak(arguments.lang)
    pack = _pack(arguments.pack)
    pack.get(Bundle, arguments.bundle)
    plan = plan_of(pack, arguments.bundle, "bundle")
    if arguments.json:
        print(json.dumps(outline(plan), ensure_ascii=False, indent=1))
    else:
        _tell(plan, arguments.lang)


def _pack(folder: Path | None) -> Pack:
    if folder is None:
        return current()
    loaded = loader.read(folder)
    if loaded.pack is None or loaded.errors:
        raise Refusal(FAULTY.filled(folder=str(folder)))
    return loaded.pack


def _tell(plan: Plan, lang: Language) -> None:
    told = outline(plan)
    asked = [one for one in told["questions"] if not one["told_by"]]
    print(f"{plan.title}  ·  {_days(told['shortest_days'], plan)}")
    for n, level in enumerate(plan.levels, 1):
        print(f"\n{n}.")
        for id in level:
            print(f"   {_line(plan, id)}")
    questions, documents = len(told["questions"]), len(told["materials"])
    print("\n" + str(QUESTIONS.filled(most=questions, asked=len(asked))))
    for one in told["questions"]:
        by = f"  ({', '.join(one['told_by'])})" if one["told_by"] else ""
        print(f"   {one['party']}.{one['element']}  {one['title'][lang]}{by}")
    print("\n" + str(DOCUMENTS.filled(count=documents)))
    for one in told["materials"]:
        how = one["issued_by"] or one["licence"] or UPLOAD
        print(f"   {one['party']}: {one['title'][lang]}  ({how})")


def _days(shortest: int, plan: Plan) -> Text:
    return (WORKING if plan.promise.count == "working" else NATURAL).filled(
        shortest=shortest, promised=plan.promise.days
    )


def _line(plan: Plan, id: str) -> str:
    item = plan.by_id[id]
    day = DAY.filled(day=plan.days[id])
    after = ", ".join(wait.after for wait in plan.waits if wait.item == id)
    last = f"  {AFTER.filled(items=after)}" if after else ""
    return f"{item.service.title}  [{item.service.department}]  {day}{last}"
