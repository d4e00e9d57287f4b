"""`yiwang bundle plan` in a process of its own, as people run it."""

import json
import subprocess
import sys

import pytest

from yiwang.web.environment import CHECKOUT

PACK = CHECKOUT / "packs" / "jiangcheng"


def plan(home, *options, seed="1"):
    words = ["bundle", "plan", "newborn", "--pack", str(PACK), *options]
    done = subprocess.run(
        [sys.executable, "-m", "yiwang.web", *words],
        env={
            "PYTHONHASHSEED": seed,
            "YIWANG_HOME": str(home),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",  # a folder's plan needs none
            "PATH": "",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_every_process_asks_in_the_same_order(tmp_path):
    first, second = (json.loads(plan(tmp_path, "--json", seed=seed)) for seed in ("1", "2"))

    assert len(first["questions"]) > 10
    assert first == second


@pytest.mark.parametrize(
    ("lang", "heading", "question"),
    [
        ("zh", "承诺 5 个工作日", "child.name  姓名"),
        ("en", "5 promised", "child.name  Name"),
    ],
)
def test_the_plan_speaks_the_language_asked_for(tmp_path, lang, heading, question):
    told = plan(tmp_path, "--lang", lang)

    assert heading in told
    assert question in told
