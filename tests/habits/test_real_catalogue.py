"""The real export of a province, read in place: skipped where it is absent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from yiwang.catalogue.importing import Imported, import_file
from yiwang.catalogue.mapping import read_mapping, shipped
from yiwang.catalogue.oddities import summed
from yiwang.pack.loader import read
from yiwang.web.environment import CHECKOUT

WHERE = Path("shared") / "data" / "service_items" / "zhongshan" / "policy.json"
EXPORT = next((one / WHERE for one in CHECKOUT.parents if (one / WHERE).exists()), None)
pytestmark = pytest.mark.skipif(EXPORT is None, reason=f"needs the real export at ../{WHERE}")


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real") / "layer"


@pytest.fixture(scope="module")
def done(layer: Path) -> Imported:
    return import_file(EXPORT, layer)


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield str(value)


def test_every_value_of_every_row_is_in_the_pack(done: Imported, layer: Path):
    pack = read(layer).pack
    nothing = set(read_mapping(shipped()[0]).mapping.nothing)
    names = {id: set(leaves(one.model_dump())) for id, one in pack.of_kind("authority").items()}

    lost = []
    for line in EXPORT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        item = pack.of_kind("catalogue-item")[row["TASK_CODE"].lower()]
        kept = set(leaves(item.model_dump())) | names[item.authority]
        lost += [(item.id, one) for one in leaves(row) if one not in kept and one not in nothing]

    assert lost == []


def test_the_oddities_that_were_counted_by_hand(done: Imported):
    sums = summed(done.oddities)

    assert (done.read, done.authorities) == (2262, 177)
    assert sums["same-phone"] == 182
    assert sums["no-statutory"] == 713
    assert sums["no-promised"] == 539
    assert "promise-too-long" not in sums
    assert min(sums[code] for code in ("two-day-counts", "material-names", "split-matter")) > 0


def test_importing_it_again_changes_nothing(done: Imported, layer: Path):
    again = import_file(EXPORT, layer)

    assert (again.added, again.changed, again.gone, again.same) == ((), {}, (), 2262)


def test_it_lies_under_a_city_without_a_fault(done: Imported, layer: Path):
    city = next(path.parents[1] for path in sorted(CHECKOUT.glob("packs/*/city/city.yaml")))

    assert read(city, [layer]).errors == ()
