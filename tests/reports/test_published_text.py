"""The text a figure was published with: what a page means by "1.046" and what a file means, and the digits it had."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from reports.reported.queries import figures_in_force
from reports.reported.values import half_step, in_file_notation, parse_value
from reports.tables import Qualifier
from tests.report_pages.conftest import client_of
from tests.reports.test_render_report import plain, render

POINT = {"area_code": "22", "boundary_on": "31/12/2020", "standard": "qd59-2015", "programme": "", "report": "BC 5"}
DAY = {"period_from": "31/12/2020", "period_to": "31/12/2020", "qualifier": "exact"}
RATE = {**POINT, **DAY, "measure": "poor_rate", "value": "1,15", "unit": "%"}
COUNT = {**POINT, **DAY, "measure": "poor_households", "value": "1.046", "unit": "hộ"}


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("nguoi-nhap", "province_reviewer")


@pytest.mark.parametrize(
    ("published", "value", "upper", "text"),
    [
        ("1.046", "1046", None, "1046"),
        ("1.046", "1.046", None, "1.046"),
        ("1,10", "1.1", None, "1.10"),
        ("1.0", "1", None, "1.0"),
        ("84.184,73", "84184.73", None, "84184.73"),
        ("-25", "-25", None, "-25"),
        ("1,15 - 1,20", "1.15", "1.2", "1.15-1.20"),
        ("1.15–1.2", "1.15", "1.2", "1.15-1.2"),
        ("-25 - -10", "-25", "-10", "-25--10"),
        ("10/12", "10", "12", "10/12"),
        ("khoảng một trăm", "100", None, "100"),
        ("991", "992", None, "992"),
    ],
)
def test_either_way_of_writing_is_read_by_its_value(published: str, value: str, upper: str | None, text: str) -> None:
    assert in_file_notation(published, Decimal(value), Decimal(upper) if upper else None) == text


@pytest.mark.parametrize(
    ("published", "value", "step"), [("1,15", "1.15", "0.005"), ("1.0", "1", "0.05"), ("1.046", "1046", "0.5")]
)
def test_a_value_may_be_off_by_half_of_its_last_digit(published: str, value: str, step: str) -> None:
    assert half_step(published, Decimal(value)) == Decimal(step)


@pytest.mark.parametrize("digits", ["٩٩١", "９９１", "९९१", "1٥"])
def test_digits_of_another_script_are_no_number(digits: str) -> None:
    with pytest.raises(ValueError, match="không hợp"):
        parse_value(digits, Qualifier.EXACT)


def test_a_rate_typed_on_the_page_is_told_on_page_paper_and_in_json(editor: Client, tmp_path: Path) -> None:
    for typed in (RATE, COUNT):
        assert editor.post(reverse("reports:figure_new"), typed).status_code == 302
    choice = {"area": "22", "from": "2016", "to": "2020"}
    paper = tmp_path / "bao-cao.pdf"
    render(**choice, format="pdf", out=str(paper))
    printed = plain(" ".join(sheet.extract_text() for sheet in PdfReader(paper).pages))
    for text in (printed, plain(render(**choice, format="html")), plain(render(**choice))):
        assert "có 1.046 hộ nghèo, chiếm 1,15% tổng số hộ" in text
    assert '"published": "1.15"' in render(**choice)
    assert "90.563 - 91.353 hộ" in render(**choice)


def test_a_rate_corrected_on_the_page_keeps_the_wrap_up_of_ha_long(editor: Client) -> None:
    rate = figures_in_force().get(area_code="193", measure="poor_rate", value=Decimal("1.15"))
    typed = {"qualifier": "exact", "value": "1,16", "unit": "%", "report": "CV 5", "reason": "đính chính"}
    assert editor.post(reverse("reports:figure_correct", args=[rate.pk]), typed).status_code == 302
    assert "chiếm 1,16% tổng số hộ" in plain(render())
