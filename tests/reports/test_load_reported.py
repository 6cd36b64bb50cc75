"""Files of published figures as offices really send them: everything wrong is named, nothing is stored by halves."""

import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.models import ReportedFigure
from reports.reported.load import check_file
from reports.reported.rows import COLUMNS
from tests.reports.figures import EXAMPLES, example_rows

pytestmark = pytest.mark.django_db
HEADER = ",".join(COLUMNS)
ROW: dict[str, str] = {
    "report": "S9",
    "area_code": "193",
    "area_name": "Thành phố Hạ Long",
    "boundary_on": "2020-12-29",
    "standard": "",
    "program": "NHAO",
    "measure": "supported_households",
    "unit": "hộ",
    "period_from": "2016-01-01",
    "period_to": "2020-12-31",
    "value": "14",
    "qualifier": "exact",
    "note": "",
}


def line(**changes: str) -> str:
    return ",".join(f'"{text}"' if "," in text or "\n" in text else text for text in {**ROW, **changes}.values())


def file_of(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def problems(content: bytes) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.message) for one in check_file(content=content, name="tệp.csv").problems]


Load = Callable[..., tuple[dict[str, Any], str]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Run the command on a file; its JSON and, when it fails, its error."""

    def run(content: bytes, *options: str) -> tuple[dict[str, Any], str]:
        path = tmp_path / "so-lieu.csv"
        path.write_bytes(content)
        out, error = io.StringIO(), ""
        try:
            call_command("load_reported", str(path), "--json", *options, stdout=out)
        except CommandError as refused:
            error = str(refused)
        return json.loads(out.getvalue()), error

    return run


def test_the_example_file_is_stored_already_and_loading_it_again_changes_nothing(load: Load) -> None:
    before = ReportedFigure.objects.count()
    result, error = load(EXAMPLES.read_bytes(), "--commit")
    assert (result["new"], result["unchanged"], error) == (0, len(example_rows()), "")
    assert ReportedFigure.objects.count() == before == len(example_rows())


def test_without_commit_nothing_is_stored(load: Load) -> None:
    result, error = load(file_of(line()))
    assert (result["new"], result["stored"], error) == (1, False, "")
    assert not ReportedFigure.objects.filter(report="S9").exists()


def test_a_good_file_is_stored_with_file_and_line_as_origin(load: Load) -> None:
    result, _error = load(
        file_of(line(), line(measure="budget_disbursed", unit="triệu đồng", value="3935.745")), "--commit"
    )
    rows = ReportedFigure.objects.filter(report="S9").order_by("id")
    assert result["stored"]
    assert [row.origin for row in rows] == ["so-lieu.csv:2", "so-lieu.csv:3"]
    assert [(str(row.value.normalize()), row.published) for row in rows] == [("14", "14"), ("3935.745", "3935.745")]


def test_one_broken_row_stores_nothing_and_is_named(load: Load) -> None:
    lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
    broken = "\n".join(
        [lines[0], *(row.replace("S1,", "S8,", 1).replace("2020-12-29", "2020-12-28") for row in lines[1:5])]
    )
    result, error = load(broken.replace(",1046,", ",1.046,").encode(), "--commit")
    assert not result["stored"]
    assert [(one["line"], one["column"]) for one in result["problems"]] == [(4, "value")]
    assert "1046" in result["problems"][0]["message"]
    assert "Không nạp dòng nào" in error
    assert not ReportedFigure.objects.filter(report="S8").exists()


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"value": "84.184,73", "unit": "triệu đồng"}, "value", "84184.73"),
        ({"value": "1.046.000"}, "value", "1046000"),
        ({"value": "9.231"}, "value", "9231"),
        ({"value": "12.5"}, "value", "không phải số nguyên"),
        ({"value": "=1+1"}, "value", "công thức"),
        ({"value": "-5"}, "value", "số âm"),
        ({"value": "9999999999999999"}, "value", "lớn quá mức"),
        ({"value": "1.1234567", "unit": "tỷ đồng"}, "value", "6 chữ số"),
        ({"value": "một trăm"}, "value", "một số như 991"),
        ({"value": ""}, "value", "ô trống"),
        ({"measure": "poor_rate", "unit": "percent", "value": "100.01"}, "value", "vượt quá 100%"),
        ({"qualifier": "range", "value": "14"}, "value", "1.15-1.2"),
        ({"qualifier": "range", "value": "5-3"}, "value", "từ số nhỏ đến số lớn"),
        ({"qualifier": "of", "value": "3/0"}, "value", "lớn hơn 0"),
        ({"qualifier": "of", "value": "12/10"}, "value", "lớn hơn tổng"),
        ({"qualifier": "exact", "value": "3/3"}, "value", "exact"),
        ({"qualifier": "about"}, "qualifier", "nearly"),
        ({"boundary_on": "29/12/2020"}, "boundary_on", "2020-12-29"),
        ({"period_to": "2020-02-30"}, "period_to", "không phải ngày có thật"),
        ({"period_to": "2015-12-31"}, "period_to", "trước ngày bắt đầu"),
        ({"area_code": "99999"}, "area_code", "không có đơn vị hành chính"),
        ({"area_code": "45", "area_name": "Huyện Hà Quảng"}, "area_name", "045"),
        ({"boundary_on": "2026-01-01"}, "area_code", "mã này là: "),
        ({"area_name": "Thành phố Cẩm Phả"}, "area_name", "Thành phố Hạ Long"),
        ({"report": ""}, "report", "ô trống"),
        ({"measure": ""}, "measure", "ô trống"),
        ({"unit": "x" * 41}, "unit", "dài quá 40"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_what_would_be_right(changes: dict[str, str], column: str, said: str) -> None:
    [(number, name, message)] = problems(file_of(line(), line(**{"program": "DAT", **changes})))
    assert (number, name) == (3, column)
    assert said in message


def test_every_bad_cell_of_every_row_is_named_at_once() -> None:
    found = problems(
        file_of(line(value="x", boundary_on="x"), line(qualifier="x", program="DAT"), line(program="NUOC"))
    )
    assert [(number, column) for number, column, _message in found] == [
        (2, "boundary_on"),
        (2, "value"),
        (3, "qualifier"),
    ]


def test_the_same_key_twice_names_both_lines() -> None:
    [(number, _column, message)] = problems(file_of(line(), line(program="DAT"), line(value="15")))
    assert number == 4
    assert "dòng 2" in message


def test_a_stored_key_with_another_value_sends_to_the_correction_page() -> None:
    row = example_rows()[0]
    [(_number, column, message)] = problems(file_of(line(**{**row, "value": "992"})))
    assert column == "value"
    assert "991 hộ" in message
    assert "Sửa số liệu" in message


def test_a_stored_value_with_another_note_is_left_as_it_is_and_said() -> None:
    checked = check_file(content=file_of(line(**{**example_rows()[0], "note": "khác"})), name="tệp.csv")
    assert (checked.unchanged, checked.problems) == (1, ())
    assert "ghi chú" in checked.notices[0]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(file_of(line()).decode().encode("utf-8-sig"), id="BOM"),
        pytest.param(file_of(line()).decode().encode("utf-16"), id="UTF-16"),
        pytest.param(file_of(line()).decode().encode("utf-16-le"), id="UTF-16 không dấu thứ tự"),
        pytest.param(file_of(line()).replace(b",", b";"), id="dấu chấm phẩy"),
        pytest.param(file_of(line()).replace(b",", b"\t"), id="tab"),
        pytest.param(b"sep=;\n" + file_of(line()).replace(b",", b";"), id="dòng sep của Excel"),
        pytest.param(file_of(line()).replace(b"\n", b"\r\n"), id="xuống dòng Windows"),
        pytest.param(file_of("", line(), ",,,,,,,,,,,,"), id="dòng trống"),
        pytest.param(file_of(line(area_name="Hạ Long")), id="tên không kèm loại"),
        pytest.param(file_of(line(area_name="THÀNH PHỐ HẠ LONG")), id="chữ hoa"),
    ],
)
def test_files_as_offices_save_them_are_read(content: bytes) -> None:
    checked = check_file(content=content, name="tệp.csv")
    assert checked.problems == ()
    assert [statement.unit for statement, _origin in checked.new] == ["hộ"]


def test_text_in_decomposed_letters_is_stored_composed() -> None:
    checked = check_file(content=file_of(line(unit="hộ", note="hộ nghèo")), name="tệp.csv")
    assert checked.new[0][0].unit == "hộ"
    assert checked.new[0][0].note == "hộ nghèo"


def in_windows_1258(text: str) -> bytes:
    """The code page has ă â đ ê ô ơ ư as letters and the five tones as marks that follow them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        letters.append(base + "".join(mark for mark in parts if mark in tones))
    return "".join(letters).encode("cp1258")


def test_windows_1258_is_read_and_said() -> None:
    checked = check_file(content=in_windows_1258(file_of(line()).decode()), name="tệp.csv")
    assert checked.problems == ()
    assert "Windows-1258" in checked.notices[0]


def test_columns_in_any_order_are_read() -> None:
    order = sorted(COLUMNS)
    checked = check_file(content=file_of(",".join(ROW[name] for name in order), header=",".join(order)), name="tệp.csv")
    assert (checked.problems, checked.rows) == ((), 1)


def test_a_note_over_two_lines_keeps_later_line_numbers_right() -> None:
    [(number, column, _message)] = problems(
        file_of(line(note='dòng một\ndòng "hai"'.replace('"', '""')), line(value="x", program="DAT"))
    )
    assert (number, column) == (4, "value")


@pytest.mark.parametrize(
    ("content", "column", "said"),
    [
        (b"", "", "rỗng"),
        (b"\n\n", "", "rỗng"),
        (file_of(), "", "không có dòng số liệu nào"),
        (file_of(line(), header=HEADER.replace("report,", "")), "report", "thiếu cột"),
        (file_of(line(), header=HEADER.replace("unit", "đơn vị")), "unit", "thiếu cột"),
        (file_of(line(), header=HEADER + ",extra"), "extra", "cột lạ"),
        (file_of(line(), header=HEADER + ",note"), "note", "hơn một lần"),
        (file_of(line() + ",thừa"), "", "14 ô"),
        (file_of('"mở mà không đóng'), "", "ngoặc kép"),
        (b"PK\x03\x04....", "", "Excel"),
        (b"\xff\xfe\x00", "", "Không đọc được chữ"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, column: str, said: str) -> None:
    found = problems(content)
    assert any(name == column and said in message for _line, name, message in found)


def test_unknown_measures_programmes_units_and_standards_are_accepted_and_listed(load: Load) -> None:
    strange = {"program": "DA-MOI", "measure": "bridges", "unit": "cầu", "standard": "ct-2031"}
    result, error = load(file_of(line(**strange)), "--commit")
    assert (result["stored"], error) == (True, "")
    assert (result["unknown_measures"], result["unknown_programmes"]) == (["bridges"], ["DA-MOI"])
    assert any("cầu" in notice for notice in result["notices"])
    assert any("ct-2031" in notice for notice in result["notices"])


def test_plain_output_tells_an_official_what_happened(tmp_path: Path) -> None:
    path, out = tmp_path / "so-lieu.csv", io.StringIO()
    path.write_bytes(file_of(line()))
    call_command("load_reported", str(path), stdout=out)
    assert "Chưa lưu gì" in out.getvalue()
    path.write_bytes(file_of(line(value="x")))
    with pytest.raises(CommandError):
        call_command("load_reported", str(path), stdout=out)
    assert "Dòng 2, cột value" in out.getvalue()


def test_a_missing_file_and_an_unknown_account_are_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        call_command("load_reported", str(tmp_path / "khong-co.csv"))
    path = tmp_path / "so-lieu.csv"
    path.write_bytes(file_of(line()))
    with pytest.raises(CommandError, match="khong-ai"):
        call_command("load_reported", str(path), "--commit", "--by", "khong-ai")
