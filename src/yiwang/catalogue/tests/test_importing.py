"""Reading an export of an invented province into a layer."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from yiwang.catalogue.declarations import Authority, CatalogueItem
from yiwang.catalogue.errors import ImportFaulty
from yiwang.catalogue.importing import Imported, import_file
from yiwang.catalogue.oddities import summed
from yiwang.pack.declaration import Limit
from yiwang.pack.loader import read
from yiwang.pack.pack import Pack

MAPPING = """
title: {zh: 青山省事项清单, en: Items of Qingshan}
nothing: ["", 未填]
id: code
authority: {id: org, title: org_name, level: {field: rank, values: {省: province}}}
fields:
  title: name
  codes.item: code
  type: {field: kind, values: {许可: permit, 服务: public-service}}
  limits.statutory: {field: by_law, pattern: '^(?P<days>[0-9]+)(?P<unit>工|自)$', none: [不限],
    values: {工: working, 自: natural}}
  limits.promised: {field: days, pattern: '^(?P<days>[0-9]+)$'}
  materials: {field: papers, none: [无], split: ；}
  aliases: [{field: short}, {field: spoken, split: ，}]
  visits: visits
  online: {field: net, values: {是: "yes", 否: "no"}}
  consult: tel
  complaint: tel2
"""
ROW = {
    "code": "QS-1", "org": "MB01", "org_name": "青山省水利厅", "rank": "省", "name": "取水许可",
    "kind": "许可", "by_law": "20工", "days": "5", "papers": "申请书；身份证复印件",
    "short": "取水",
    "spoken": "打井，用水", "visits": "1", "net": "是", "tel": "0199-81200101",
    "tel2": "0199-81200199", "remark": "每年四月", "empty": None,
}  # fmt: skip


class Desk:
    """A folder with an export, a mapping and a layer."""

    def __init__(self, folder: Path) -> None:
        self.export, self.layer = folder / "export.jsonl", folder / "layer"
        self.mapping = folder / "mapping.yaml"
        self.mapping.write_text(MAPPING)

    def put(self, *rows: dict[str, Any]) -> None:
        self.export.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows))

    def read(self, **options: Any) -> Imported:
        return import_file(self.export, self.layer, mapping=self.mapping, **options)

    def pack(self) -> Pack:
        loaded = read(self.layer)
        assert loaded.problems == ()
        return loaded.pack

    def files(self) -> dict[str, bytes]:
        return {
            one.relative_to(self.layer.parent).as_posix(): one.read_bytes()
            for one in self.layer.parent.rglob("*")
            if one.is_file() and one not in (self.export, self.mapping)
        }

    def refused(self, **options: Any) -> list[tuple[int, str]]:
        """The line and code of each problem; the folder must be as it was."""
        before = self.files()
        with pytest.raises(ImportFaulty) as faulty:
            self.read(**options)
        assert self.files() == before
        assert all(one.remedy.zh and one.remedy.en for one in faulty.value.problems)
        return [(one.line, one.code) for one in faulty.value.problems]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def numbered(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{**ROW, "code": f"QS-{n}", **more} for n in range(count)]


def test_a_row_becomes_an_item_and_nothing_is_lost(desk: Desk):
    desk.put(ROW)

    done = desk.read()

    item = desk.pack().all(CatalogueItem)["qs-1"]
    assert (done.read, done.added, done.authorities) == (1, ("qs-1",), 1)
    assert item.title == "取水许可"
    assert item.type == "permit"
    assert item.limits.statutory == Limit(days=20)
    assert item.limits.promised == Limit(days=5)
    assert item.materials == ("申请书", "身份证复印件")
    assert item.aliases == ("取水", "打井", "用水")
    assert (item.visits, item.online) == (1, True)
    assert desk.pack().all(Authority)["mb01"].title == "青山省水利厅"
    assert item.original == {
        "org": "MB01", "kind": "许可", "rank": "省", "by_law": "20工", "days": "5",
        "papers": "申请书；身份证复印件", "short": "取水", "spoken": "打井，用水", "visits": "1",
        "net": "是", "remark": "每年四月",
    }  # fmt: skip


def test_none_is_not_the_same_as_nothing_told(desk: Desk):
    desk.put({**ROW, "by_law": "不限", "days": "未填", "papers": "无"})
    desk.read()

    item = desk.pack().all(CatalogueItem)["qs-1"]

    assert (item.limits.statutory, item.limits.promised) == ("none", None)
    assert item.materials == ()


def test_importing_again_changes_only_what_changed(desk: Desk):
    desk.put(*numbered(20))
    desk.read()
    before = desk.files()

    again = desk.read()

    assert (again.added, again.changed, again.gone, again.same) == ((), {}, (), 20)
    assert desk.files() == before

    rows = numbered(21)[1:]
    rows[3]["days"] = "4"
    desk.put(*rows)
    other = desk.read()

    assert (other.added, other.gone, other.same) == (("qs-20",), ("qs-0",), 18)
    assert other.changed == {"qs-4": ("limits.promised.days", "original.days")}


def test_files_people_put_into_the_layer_stay(desk: Desk):
    desk.put(ROW)
    desk.read()
    own = desk.layer / "catalogue" / "own.yaml"
    own.write_text("title: 本地事项\n")

    desk.read()

    assert own.read_text() == "title: 本地事项\n"
    assert sorted(desk.pack().all(CatalogueItem)) == ["own", "qs-1"]


def test_what_cannot_be_understood_is_kept_and_told(desk: Desk):
    desk.put({**ROW, "by_law": "约二十天", "kind": "审批", "visits": "很多", "net": "也许"})

    done = desk.read()

    item = desk.pack().all(CatalogueItem)["qs-1"]
    assert (item.limits.statutory, item.type, item.visits, item.online) == (None,) * 4
    unread = [one.value for one in done.oddities if one.code == "unread"]
    assert unread == ["kind: 审批", "by_law: 约二十天", "visits: 很多", "net: 也许"]
    assert {"kind", "by_law", "visits", "net"} <= set(item.original)


def test_codes_that_are_used_twice(desk: Desk):
    desk.put(ROW, {**ROW, "name": "取水许可变更"}, ROW, {**ROW, "name": "取水许可变更"})

    done = desk.read()

    assert list(desk.pack().all(CatalogueItem)) == ["qs-1", "qs-1-2"]
    assert done.repeated == ((3, 1), (4, 2))
    assert summed(done.oddities)["duplicate-code"] == 1
    assert desk.read().same == 2


def test_what_is_odd_is_told_for_each_item(desk: Desk):
    desk.put(
        {**ROW, "tel2": ROW["tel"]},
        {**ROW, "code": "2", "name": "<b>取水</b>咨询0199-81200101 ", "tel": "12345", "tel2": ""},
        {**ROW, "code": "3", "name": "三", "org": "", "days": "30"},
        {**ROW, "code": "4", "name": "四", "by_law": "20自", "visits": "0", "net": "否"},
        {**ROW, "code": "5", "name": "五", "papers": "申请书；身份证"},
        {**ROW, "code": "", "name": "", "tel": "0199-812001012"},
    )

    found = desk.read().oddities

    everywhere = ("no-conditions", "online-without-address")
    told = Counter((one.item, one.code) for one in found if one.code not in everywhere)
    nameless = next(one.item for one in found if one.code == "no-title")
    assert nameless.startswith("x-")
    assert set(told) == {
        ("qs-1", "same-phone"),
        ("2", "html-in-title"), ("2", "phone-in-title"), ("2", "space-in-title"),
        ("2", "hotline-consult"), ("2", "no-complaint"),
        ("3", "no-authority"), ("3", "promise-too-long"),
        ("4", "natural-days"), ("4", "two-day-counts"), ("4", "no-visit-no-way"),
        ("5", "material-names"),
        (nameless, "no-title"), (nameless, "no-code"), (nameless, "no-consult"),
        (nameless, "broken-phone"),
    }  # fmt: skip


class TestRefused:
    """Each leaves the folder as it was."""

    @pytest.fixture(autouse=True)
    def there(self, desk: Desk) -> None:
        desk.put(*numbered(12))
        desk.read()

    def test_a_truncated_export(self, desk: Desk):
        desk.put(*numbered(12))
        desk.export.write_bytes(desk.export.read_bytes()[:-40])

        assert desk.refused() == [(12, "truncated")]

    def test_an_export_cut_off_between_two_lines(self, desk: Desk):
        desk.put(*numbered(6))

        assert desk.refused() == [(0, "gone")]
        assert len(desk.read(accept_gone=True).gone) == 6

    def test_a_broken_line(self, desk: Desk):
        lines = desk.export.read_text().split("\n")
        desk.export.write_text("\n".join([lines[0], lines[1][:-3], *lines[2:]]))

        assert desk.refused() == [(2, "json")]

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
    def test_another_encoding(self, desk: Desk, encoding: str):
        desk.export.write_bytes(desk.export.read_text().encode(encoding))

        assert desk.refused() == [(1, "encoding")]
        assert desk.read(encoding=encoding).same == 12

    def test_an_encoding_nobody_knows(self, desk: Desk):
        assert desk.refused(encoding="martian") == [(0, "encoding")]

    def test_an_empty_export(self, desk: Desk):
        desk.export.write_text("\n")

        assert desk.refused() == [(1, "empty")]

    def test_rows_that_are_no_items(self, desk: Desk):
        desk.export.write_text("[1, 2]\n")

        assert desk.refused() == [(1, "not-an-item")]

    def test_a_file_that_is_not_there(self, desk: Desk):
        desk.export.unlink()

        assert desk.refused() == [(0, "unreadable")]

    @pytest.mark.parametrize(
        ("written", "instead", "line", "code"),
        [
            ("title: name", "title: nmae", 7, "no-field"),
            ("  title: name\n", "", 6, "no-title"),
            ("title: name", "title: empty", 0, "maps-nothing"),
            ("title: name", "titel: name\n  title: name", 7, "no-element"),
            ("许可: permit", "许可: permitt", 9, "no-code"),
            ("(?P<days>[0-9]+)$", "[0-9+$", 12, "pattern"),
            ("id: code\nauth", "auth", 2, "missing"),
            ("nothing:", "nothings:", 3, "extra_forbidden"),
            ("title: {zh", "title: {zh: {", 2, "yaml"),
        ],
    )
    def test_a_mapping_that_cannot_be_used(self, desk, written, instead, line, code):
        desk.mapping.write_text(MAPPING.replace(written, instead, 1))

        assert (line, code) in desk.refused()

    def test_no_mapping_that_fits(self, desk: Desk):
        desk.mapping = None

        assert desk.refused() == [(0, "no-mapping")]

    def test_a_folder_of_other_files(self, desk: Desk):
        desk.layer = desk.layer.parent

        with pytest.raises(ImportFaulty, match="别的文件"):
            desk.read()


def test_other_formats_need_another_mapping_and_no_code(tmp_path: Path):
    desk = Desk(tmp_path)
    desk.mapping.write_text("""
title: {zh: 表格, en: A table}
format: csv
encoding: gb18030
id: 编码
fields: {title: 名称, visits: 到场次数}
""")
    desk.export.write_bytes('编码,名称,到场次数\nA1,"办证,换证",2\n'.encode("gb18030"))

    desk.read()

    item = desk.pack().all(CatalogueItem)["a1"]
    assert (item.title, item.visits) == ("办证,换证", 2)

    desk.mapping.write_text("""
title: {zh: 接口, en: An interface}
format: json
records: data.rows
id: base.code
fields: {title: base.name}
""")
    rows = {"data": {"rows": [{"base": {"code": "A1", "name": "办证"}}]}}
    desk.export.write_text(json.dumps(rows))
    desk.layer = tmp_path / "other"

    desk.read()

    assert desk.pack().all(CatalogueItem)["a1"].title == "办证"
