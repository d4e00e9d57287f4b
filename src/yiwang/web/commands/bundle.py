"""`yiwang bundle plan`: what merging works out of a bundle's items."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from yiwang.kernel.errors import Refusal
from yiwang.kernel.words import Text
from yiwang.pack import loader
from yiwang.pack.pack import Pack
from yiwang.pack.queries import current
from yiwang.services.declarations import Bundle
from yiwang.services.outline import outline
from yiwang.services.plan import Plan, plan_of

FAULTY = Text(
    zh="配置包 {folder} 有错误，先运行 yiwang pack check 改正。",
    en="The pack {folder} has errors; run yiwang pack check and mend them first.",
)


def add(words) -> None:
    """`yiwang bundle …`."""
    bundle = words.add_parser("bundle", help="what a bundle's items come to together")
    verbs = bundle.add_subparsers(title="verbs", metavar="VERB", required=True)
    plan = verbs.add_parser("plan", help="one form, one list of documents, one order")
    plan.add_argument("bundle", metavar="BUNDLE")
    plan.add_argument("--pack", type=Path, metavar="DIR", help="read this folder, not the live pack")
    plan.add_argument("--json", action="store_true", help="print for machines")
    plan.set_defaults(run=run_plan, needs_database=True)


def run_plan(arguments: Namespace) -> None:
    """Print the plan of one bundle."""
    pack = _pack(arguments.pack)
    pack.get(Bundle, arguments.bundle)
    plan = plan_of(pack, arguments.bundle, "bundle")
    if arguments.json:
        print(json.dumps(outline(plan), ensure_ascii=False, indent=1))
    else:
        _tell(plan)


def _pack(folder: Path | None) -> Pack:
    if folder is None:
        return current()
    loaded = loader.read(folder)
    if loaded.pack is None or loaded.errors:
        raise Refusal(FAULTY.filled(folder=str(folder)))
    return loaded.pack


def _tell(plan: Plan) -> None:
    told = outline(plan)
    print(f"{plan.title}  ·  {told['shortest_days']} / {plan.promise.days} {plan.promise.count} days")
    for n, level in enumerate(plan.levels, 1):
        print(f"\n{n}.")
        for id in level:
            item = plan.by_id[id]
            after = ", ".join(wait.after for wait in plan.waits if wait.item == id)
            print(f"   {item.service.title}  [{item.service.department}]  day {plan.days[id]}"
                  + (f"  after {after}" if after else ""))  # fmt: skip
    asked = [one for one in told["questions"] if not one["told_by"]]
    print(f"\n{len(told['questions'])} questions at most, {len(asked)} that no register answers:")
    for one in told["questions"]:
        by = f"  ({', '.join(one['told_by'])})" if one["told_by"] else ""
        print(f"   {one['party']}.{one['element']}  {one['title']['zh']}{by}")
    print(f"\n{len(told['materials'])} documents:")
    for one in told["materials"]:
        how = one["issued_by"] or one["licence"] or "upload"
        print(f"   {one['party']}: {one['title']['zh']}  ({how})")
