"""What a file may not slip past the reader: thousands that look like decimals, marks that nobody sees."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reports.models import ReportedFigure
from reports.reported.actions import correct_figure
from reports.reported.checks import Statement
from reports.reported.load import check_file, load_file
from reports.reported.queries import figures_in_force
from tests.people import account
from tests.report_pages.conftest import client_of
from tests.reports.figures import EXAMPLES, example_rows
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
    response = client_of("nguoi-nhap", "province_reviewer").post(
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


def test_an_account_that_may_not_enter_figures_loads_no_file(tmp_path: Path) -> None:
    account("chi-xem")
    path = tmp_path / "so-lieu.csv"
    path.write_bytes(file_of(line()))
    with pytest.raises(CommandError, match="không có quyền nhập số liệu"):
        call_command("load_reported", str(path), "--commit", "--by", "chi-xem")
    assert not ReportedFigure.objects.filter(report="S9").exists()


def test_the_examples_load_again_after_one_of_them_was_corrected() -> None:
    stored = figures_in_force().get(area_code="193", measure="poor_households", value=62)
    statement = Statement(
        report="CV 5",
        area_code="193",
        boundary_on=stored.boundary_on,
        standard=stored.standard,
        measure=stored.measure,
        unit="hộ",
        period_from=stored.period_from,
        period_to=stored.period_to,
        published="63",
        value=Decimal(63),
    )
    by, at = stored.entered_by, stored.entered_at
    correct_figure(figure=stored, statement=statement, reason="đính chính", origin="page", by=by, at=at)
    checked = load_file(content=EXAMPLES.read_bytes(), name="figures.csv", by=by, at=at)
    assert (checked.problems, checked.new, checked.unchanged) == ((), (), len(example_rows()))
    assert any("sau đó đã được đính chính" in notice and "dòng 6" in notice for notice in checked.notices)
    assert figures_in_force().get(area_code="193", measure="poor_households", standard=stored.standard, value=63)


def test_the_same_value_from_another_document_is_the_same_value() -> None:
    checked = check_file(content=file_of(line(**{**example_rows()[0], "report": "BC khác"})), name="tệp.csv")
    assert (checked.problems, checked.unchanged) == ((), 1)
    assert "văn bản nguồn khác" in checked.notices[0]


def test_a_day_that_does_not_exist_is_not_offered_as_an_example() -> None:
    [(_line, _column, message)] = problems(file_of(line(period_to="31/02/2020")))
    assert "2020-12-14" in message
    assert "2020-02-31" not in message


def test_a_lost_nought_points_to_the_larger_unit_first() -> None:
    [(_line, column, message)] = problems(file_of(line(area_code="4", area_name="Tỉnh Cao Bằng")))
    assert column in ("area_code", "area_name")
    assert "ở đầu: 04" in message
