"""What a file may not slip past the reader: thousands that look like decimals, marks that nobody sees."""

import pytest
from django.urls import reverse

from reports.models import ReportedFigure
from reports.reported.load import check_file, load_file
from tests.report_pages.conftest import client_of
from tests.reports.test_load_reported import file_of, line, problems
from tests.reports.test_published_text import COUNT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("typed", "meant"), [("1.000", "1000"), ("9.000", "9000"), ("12.000", "12000")])
def test_a_round_number_with_a_vietnamese_dot_is_not_taken_for_a_few_households(typed: str, meant: str) -> None:
    [(number, column, message)] = problems(file_of(line(value=typed)))
    assert (number, column) == (2, "value")
    assert f"thì ghi {meant}" in message


def test_an_amount_of_three_decimals_is_said_as_it_was_read() -> None:
    rows = [line(measure="budget_disbursed", unit="triệu đồng", value=value) for value in ("84.184", "1046")]
    checked = check_file(content=file_of(rows[0]), name="tệp.csv")
    assert any("dòng 2: 84.184 là 84,184 triệu đồng" in notice for notice in checked.notices)
    assert not check_file(content=file_of(rows[1]), name="tệp.csv").notices


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\u200b", "\u202e", "\ufeff", "\ue000"])
@pytest.mark.parametrize("column", ["area_code", "report", "program", "measure", "unit", "note", "standard"])
def test_a_mark_nobody_sees_is_named_with_its_row_and_column(column: str, mark: str) -> None:
    changes = {"program": "DAT", "note": "x", "standard": "qd59-2015"}
    changes[column] = changes.get(column, "193" if column == "area_code" else "works") + mark + "x"
    padding = [line(program=f"P{number}") for number in range(8)]
    found = problems(file_of(*padding, line(**changes)))
    assert (10, column) in [(number, name) for number, name, _message in found]
    assert any(f"U+{ord(mark):04X}" in message for _number, name, message in found if name == column)


def test_a_value_in_digits_of_another_script_is_named() -> None:
    [(_number, column, message)] = problems(file_of(line(value="٩٩١")))
    assert column == "value"
    assert "một số như 991" in message


def test_the_same_unit_is_stored_the_same_from_every_door() -> None:
    rate = {"program": "BHYT", "measure": "insured_rate", "value": "99"}
    checked = check_file(content=file_of(line(unit="%", note=" hai  dấu\u00a0cách ", **rate)), name="tệp.csv")
    [(statement, _origin)] = checked.new
    assert (statement.unit, statement.note) == ("percent", "hai dấu cách")


def test_an_area_code_that_is_none_is_refused_on_the_page_too() -> None:
    response = client_of("nguoi-nhap", "add_reportedfigure").post(
        reverse("reports:figure_new"), COUNT | {"area_code": "19\u202e3"}
    )
    assert response.status_code == 200
    assert not ReportedFigure.objects.filter(report="BC 5").exists()


def test_a_file_with_a_hidden_mark_stores_nothing() -> None:
    content = file_of(*[line(program=f"P{number}") for number in range(8)], line(area_code="19\x003"))
    owner = ReportedFigure.objects.select_related("entered_by").earliest("id")
    checked = load_file(content=content, name="tệp.csv", by=owner.entered_by, at=owner.entered_at)
    assert checked.problems
    assert not ReportedFigure.objects.filter(report="S9").exists()
