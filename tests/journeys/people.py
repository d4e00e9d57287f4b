"""The people of the stories: families of the demo's file, once for each story that needs one."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

PACK = Path(__file__).parents[2] / "packs" / "jiangcheng"

# story → the family of packs/jiangcheng/demo/people.yaml it is about
STORIES = {
    "phone": "lin",
    "desktop": "lin",
    "elder": "lin",
    "keys": "lin",
    "typing": "lin",
    "expired": "lin",
    "script": "lin",
    "twice": "lin",
    "strangers": "lin",
    "leave": "lin",
    "question": "lin",
    "unanswered": "lin",
    "pack": "lin",
    "newpack": "lin",
    "desk": "gu",
    "race": "gu",
    "paper": "gu",
    "keyclerk": "gu",
    "twins": "tang",
    "alone": "he",
    "cities": "bai",
    "unmarried": "yao",
    "sellers": "sellers",
    "buyer": "buyer",
    "builder": "builder",
    "lender": "lender",
    "startup": "startup",
    "third": "qiao",
}


def mother(story: str) -> str:
    """The user name of the mother of a story."""
    return f"mother.{story}"


def father(story: str) -> str:
    """The user name of the father of a story."""
    return f"father.{story}"


def settle(pack: Path) -> None:
    """Copy the city's pack to `pack`; its demo has the stories' families and nobody else."""
    shutil.copytree(PACK, pack)
    people = _read(pack / "demo" / "people.yaml")
    known = {one["key"]: one for one in people["families"]}
    people["families"] = [_family(known[key], story) for story, key in STORIES.items()]
    people["background"] |= {"households": 0, "firms": 0, "newborns": 0}
    _write(pack / "demo" / "people.yaml", people)
    week = _read(pack / "demo" / "week.yaml")
    _write(pack / "demo" / "week.yaml", week | {"week": []})


def _family(known: dict[str, Any], story: str) -> dict[str, Any]:
    family = deepcopy(known)
    family["key"] = story
    for role in {"mother", "father"} & family.keys():
        family[role]["account"] = f"{role}.{story}"
    return family


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
