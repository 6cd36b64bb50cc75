"""manage.py classify: JSON in, JSON out; every fault a line; nothing half done."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

Run = tuple[Any, str]


def classify(given: str | bytes | Any, *options: str, folder: Path, standard: str = "nd07-2021") -> Run:
    content = given if isinstance(given, bytes) else (given if isinstance(given, str) else json.dumps(given)).encode()
    path = folder / "households.json"
    path.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    fixed = ["--standard", standard, "--area-type", "rural"]
    fixed += [] if "--on" in options else ["--on", "2024-10-15"]
    try:
        call_command("classify", str(path), *fixed, *options, stdout=out, stderr=err)
    except CommandError as refused:
        return None, f"{err.getvalue()}{refused}"
    return json.loads(out.getvalue()), err.getvalue()


def test_one_household_gives_one_object(tmp_path: Path) -> None:
    found, said = classify({"b1": 140, "b2": 30}, folder=tmp_path)
    assert (found["class"], found["complete"], said) == ("poor", True, "")
    assert found["reasons"]


def test_a_list_gives_a_list_in_its_order(tmp_path: Path) -> None:
    found, _ = classify([{"b1": 140, "b2": 30}, {"b1": 141, "b2": 30}], "--no-reasons", folder=tmp_path)
    assert [(one["class"], one["reasons"]) for one in found] == [("poor", []), ("not_poor", [])]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"b1": 140, "b2": 20}')))
    out = io.StringIO()
    call_command("classify", "--standard", "nd07-2021", "--on", "2024-10-15", "--area-type", "rural", stdout=out)
    assert json.loads(out.getvalue())["class"] == "near_poor"


def test_every_fault_of_every_household_is_a_line(tmp_path: Path) -> None:
    found, said = classify([{"b1": 140, "b2": 30}, {"b1": -1, "b2": "x"}], folder=tmp_path)
    assert found is None
    assert said.splitlines() == [
        "[1].b1: Hộ thứ 2. Tổng điểm B1: -1 là số âm; ghi từ 0 trở lên.",
        "[1].b2: Hộ thứ 2. Tổng điểm B2: “x” không phải số nguyên; ghi chữ số, không kèm đơn vị.",
        "2 lỗi trong câu trả lời; chưa phân loại hộ nào.",
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("{", "households.json, dòng 1, cột 2: không phải JSON đúng."),
        ('{"b1": 1, "b1": 2}', "mục “b1” ghi hai lần trong một đối tượng."),
        ('{"b1": NaN, "b2": 0}', "“NaN” không phải số; câu trả lời chưa có ghi null."),
        ('{"b1": 1}'.encode("utf-16"), "không phải văn bản UTF-8 (byte thứ 1)."),
        ("[" * 100_000, "JSON lồng quá sâu."),
        (f'{{"b1": {"9" * 5_000}, "b2": 0}}', f"{'9' * 40}… có 5000 chữ số, không phải số của một hộ."),
        ('{"b1": 1e99999999999999999999, "b2": 0}', "“1e99999999999999999999” không phải số của một hộ."),
    ],
)
def test_what_is_no_json_is_refused(content: str | bytes, text: str, tmp_path: Path) -> None:
    found, said = classify(content, folder=tmp_path)
    assert found is None
    assert text in said


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--on", "15/10/2024"], "--on: “15/10/2024” không phải ngày; ghi NĂM-THÁNG-NGÀY, ví dụ 2024-10-15."),
        (["--variant", "urb"], "Vùng “urb” không thuộc khu vực này trong chuẩn nd07-2021"),
        (["--demonstration"], "Cổng không có bảng điểm B1 minh họa của chuẩn nd07-2021."),
        (["--table", "missing.csv"], "missing.csv: không đọc được tệp"),
    ],
)
def test_what_cannot_be_applied_is_refused(options: list[str], text: str, tmp_path: Path) -> None:
    found, said = classify({"b1": 140, "b2": 30}, *options, folder=tmp_path)
    assert found is None
    assert text in said


def test_an_unknown_standard_names_the_known(tmp_path: Path) -> None:
    _, said = classify({"b1": 1, "b2": 0}, folder=tmp_path, standard="nd08")
    assert said.startswith("Không có chuẩn “nd08”. Có: qd09-2011, qd59-2015")


def test_another_year_and_a_draft_are_warned_of(tmp_path: Path) -> None:
    found, said = classify({"b1": 140, "b2": 30}, "--on", "2019-10-15", folder=tmp_path)
    assert found["class"] == "poor"
    assert (
        said.strip()
        == "Cảnh báo: nd07-2021 áp dụng cho rà soát năm 2021, 2022, 2023, 2024, 2025, 2026; không phải năm 2019."
    )
    _, said = classify(
        {"income_month": 1, "deprivations": 3}, "--on", "2028-10-15", folder=tmp_path, standard="nd351-2025"
    )
    assert said.strip() == "Cảnh báo: nd351-2025 còn là dự thảo, chưa dùng để công nhận."


def roster() -> dict[str, Any]:
    member = {"birth_date": "1980-01-01", "education": "university", "nonfarm_work": "state", "pension": False}
    member |= {"disabled": False, "can_work": True}
    return {"members": [member], "household": {"b1": {"house": ["wall"]}}}


def test_points_come_from_the_demonstration_table_and_are_called_so(tmp_path: Path) -> None:
    options = ["--variant", "nmm", "--demonstration", "--on", "2018-10-15"]
    found, _ = classify(roster(), *options, folder=tmp_path, standard="qd59-2015")
    points = 75 + 10 + 15 + 45 + 0 + 5
    (told,) = (one for one in found["reasons"] if one["rule"] == "b1")
    assert (found["scores"]["b1"], told["answer"]) == (None, f"ít nhất {points} điểm")
    assert "bảng minh họa, không có giá trị chính thức" in told["text"]


TABLE = "mã nhóm;nhóm;chọn;mã ô;ô;rrd;nmm;ncc;ch;se;mrd;urb\nhouse;Nhà ở;nhiều;wall;Tường bền chắc;0;{points};20;10;0;0;10\n"


def test_points_come_from_a_table_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(TABLE.format(points=7), encoding="utf-8")
    options = ["--variant", "nmm", "--table", str(tmp_path / "table.csv"), "--on", "2018-10-15"]
    given = {"members": [{}], "household": {"b1": {"house": "wall"}}}
    found, said = classify(given, *options, folder=tmp_path, standard="qd59-2015")
    assert found["scores"]["b1"] == 7, said


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("table.csv", TABLE.format(points="x"), "table.csv: "),
        ("table.toml", "standard = 5", "table.toml: "),
        ("table.json", "{", "table.json: "),
        ("table.toml", "x = [", "table.toml: "),
    ],
)
def test_a_bad_table_is_refused_line_by_line(name: str, content: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    options = ["--variant", "nmm", "--table", str(tmp_path / name), "--on", "2018-10-15"]
    found, said = classify(roster(), *options, folder=tmp_path, standard="qd59-2015")
    assert found is None
    assert said.startswith(text)
