import logging
import re

from yiwang.kernel.errors import Defect
from yiwang.ui import city
from yiwang.ui.errors import defect, told


def test_a_defect_is_logged_with_the_number_the_person_sees(rf, caplog):
    with caplog.at_level(logging.ERROR):
        page = defect(rf.get("/my/?name=secret")).content.decode()

    number = re.search(r"<strong>([0-9A-F]{12})</strong>", page)[1]
    assert number in caplog.text
    assert "secret" not in caplog.text


def test_a_page_about_a_failure_asks_nothing_that_may_fail_too(rf, monkeypatch):
    def down():
        raise OSError("the database is away")

    monkeypatch.setattr(city, "_teller", [down])
    request = rf.get("/")
    request.user = property(down)

    assert defect(request).status_code == 500


def test_a_defect_of_ours_is_told_as_one(rf):
    assert told(rf.get("/api/x"), Defect("x")).status_code == 500
