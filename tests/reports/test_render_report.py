"""``render_report``: the stored figures of the two districts as JSON, page and paper."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.reports.figures import example_rows

pytestmark = pytest.mark.django_db
CHOICE = {"area": "193", "from": "2016", "to": "2020", "format": "json", "out": "-"}


def render(name: str = "tong-ket", **choices: str) -> str:
    out = io.StringIO()
    options = [f"--{option}={text}" for option, text in {**CHOICE, **choices}.items()]
    call_command("render_report", name, *options, stdout=out)
    return out.getvalue()


def plain(text: str) -> str:
    """Words with single blanks: pages and papers break lines where they like."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("area", ["193", "045"])
def test_json_has_every_stored_figure_of_the_area_under_its_full_key(area: str) -> None:
    document = json.loads(render(area=area))
    names = ("area", "boundary_on", "standard", "programme", "measure", "period_from", "period_to")
    found = {tuple(one[name] for name in names) for one in document["figures"]}
    columns = ("area_code", "boundary_on", "standard", "program", "measure", "period_from", "period_to")
    assert found == {tuple(row[name] for name in columns) for row in example_rows() if row["area_code"] == area}


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("193", ("991 hộ", "62 hộ", "1.046 hộ", "144 hộ")),
        ("045", ("9.231 hộ", "296,677 tỷ đồng", "84.184,73 triệu đồng")),
    ],
)
def test_page_paper_and_json_tell_the_same_numbers(area: str, told: tuple[str, ...], tmp_path: Path) -> None:
    paper = tmp_path / "bao-cao.pdf"
    render(area=area, format="pdf", out=str(paper))
    printed = plain(" ".join(page.extract_text() for page in PdfReader(paper).pages))
    for text in (plain(render(area=area, format="html")), plain(render(area=area)), printed):
        assert [number for number in told if number not in text] == []


def test_findings_of_ha_quang_are_in_the_json() -> None:
    found = {one["check"]: one for one in json.loads(render(area="045"))["findings"]}
    assert found["parts_and_total"]["severity"] == "error"
    assert {"rice_per_person", "money_per_household_time", "periods_differ"} <= set(found)


@pytest.mark.parametrize("form", ["html", "pdf", "json"])
def test_a_map_on_which_no_figure_is_stated_makes_no_report_to_sign(form: str, tmp_path: Path) -> None:
    paper = tmp_path / "bao-cao"
    with pytest.raises(CommandError, match=r"16 số liệu .* theo địa giới ngày: 29/12/2020") as refused:
        render(map="2019-12-31", format=form, out=str(paper))
    assert "Thành phố Hạ Long từ 01/01/2016 đến 31/12/2020 theo địa giới ngày 31/12/2019" in str(refused.value)
    assert not paper.exists()


def test_on_is_the_map_when_no_map_is_asked_for() -> None:
    scope: dict[str, Any] = json.loads(render(on="2020-03-01"))["scope"]
    assert (scope["on"], scope["boundary_on"]) == ("2020-03-01", "2020-03-01")
    assert json.loads(render(on="2021-01-15", map="2020-12-29"))["scope"]["boundary_on"] == "2020-12-29"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"name": "bao-cao-la"}, "các loại đang có: tong-ket"),
        ({"area": "99999"}, "Chưa có số liệu nào của mã địa bàn “99999”"),
        ({"area": "193", "on": "2026-01-01"}, "mã 193 không có hiệu lực ngày 01/01/2026"),
        ({"from": "hai nghìn"}, "--from “hai nghìn” không phải một năm"),
        ({"to": "20"}, "--to “20” không phải một năm"),
        ({"from": "2020", "to": "2016"}, "kết thúc trước khi bắt đầu"),
        ({"on": "30/02/2020"}, "--on: “30/02/2020” không phải là một ngày"),
        ({"map": "2020-13-01"}, "--map: “2020-13-01” không phải là một ngày"),
        ({"map": "1945-09-01"}, "--map: Dữ liệu đơn vị hành chính không có trước ngày 02/09/1945"),
        ({"format": "docx"}, "html, pdf, json"),
        ({"out": "/khong-co/bao-cao.json"}, "Không ghi được tệp"),
        ({"from": "2001", "to": "2005"}, "Chưa có số liệu nào"),
        ({"from": "1950", "to": "1951", "map": "2020-12-29"}, "Hãy chọn kỳ báo cáo hoặc ngày địa giới khác"),
    ],
)
def test_a_wrong_choice_is_answered_in_words(choices: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=re.escape(said)):
        render(**choices)


def test_a_paper_goes_to_standard_output_as_bytes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    render(format="pdf")
    assert capfdbinary.readouterr().out.startswith(b"%PDF-")
