"""A file of villages is stored whole, once, or not at all; every bad row is named with what would be right."""

from datetime import date

import pytest

from households.areas.models import Area
from households.areas.village_files import VillageFile, check_villages, load_villages
from households.areas.villages import villages_of
from povertyportal.core.accounts import system_user

HEAD = "ma_xa,loai,ten_thon,tu_ngay,can_cu\n"
DAY = date(2026, 9, 1)
GOOD = HEAD + "01392,Xóm,Nà Mạ,01/09/2026,NQ 12/NQ-HĐND\n01392,,Tổ dân phố Pác Bó,2026-09-01,NQ 12/NQ-HĐND\n"

pytestmark = pytest.mark.django_db


def loaded(text: str) -> VillageFile:
    return load_villages(content=text.encode(), name="thon.csv", by=system_user(), day=DAY)


def problems(text: str) -> list[str]:
    return [str(one) for one in check_villages(content=text.encode(), name="thon.csv", day=DAY).problems]


def test_the_villages_of_a_file_are_stored_once() -> None:
    assert len(loaded(GOOD).new) == 2
    stored = [(one.code, one.full_name) for one in villages_of("01392", on=DAY)]
    assert stored == [("01392-002", "Tổ dân phố Pác Bó"), ("01392-001", "Xóm Nà Mạ")]
    again = loaded(GOOD)
    assert (again.new, again.unchanged, Area.objects.filter(level="village").count()) == ((), 2, 2)


def test_checking_stores_nothing_and_names_the_communes() -> None:
    checked = check_villages(content=GOOD.encode(), name="thon.csv", day=DAY)
    assert (len(checked.new), checked.communes) == (2, (("01392", "Xã Trường Hà"),))
    assert not Area.objects.filter(level="village").exists()


def test_one_bad_row_and_nothing_is_stored() -> None:
    done = loaded(GOOD + "01392,Xóm,,01/09/2026,NQ\n")
    assert [str(one) for one in done.problems] == ["dòng 4, cột ten_thon: còn trống"]
    assert not Area.objects.filter(level="village").exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1392,Xóm,A,01/09/2026,NQ", r"cột ma_xa: .*Có thể Excel đã bỏ số 0 ở đầu: 01392"),
        ("99999,Xóm,A,01/09/2026,NQ", "cột ma_xa: Không có đơn vị hành chính nào mang mã 99999"),
        ("04,Xóm,A,01/09/2026,NQ", "cột ma_xa: Tỉnh Cao Bằng không phải cấp xã"),
        ("01392,Xóm,A,01/01/2024,NQ", "cột ma_xa: Thị trấn Xuân Hòa .*chỉ đến trước ngày 01/07/2025"),
        ("01392,Xã,A,01/09/2026,NQ", "cột loai: không phải loại đã biết"),
        ("01392,,A,01/09/2026,NQ", "cột loai: không phải loại đã biết"),
        ("01392,Xóm,A,hôm qua,NQ", "cột tu_ngay: “hôm qua” không phải là một ngày"),
        ("01392,Xóm,A,,NQ", "cột tu_ngay: còn trống$"),
        ("01392,Xóm,A,01/09/2206,NQ", "cột tu_ngay: Ngày này quá xa"),
        ("01392,Xóm,\u200b,01/09/2026,NQ", "cột ten_thon: Tên còn trống"),
        ("01392,Xóm,A,01/09/2026," + "x" * 401, "cột can_cu: Dài quá 400 ký tự"),
        ("01392,Xóm," + "x" * 121 + ",01/09/2026,NQ", "cột ten_thon: Tên còn trống, .* hoặc dài quá 120"),
    ],
)
def test_a_bad_row_is_named_with_what_is_wrong(row: str, why: str) -> None:
    found = problems(HEAD + row + "\n")
    assert found
    assert any(__import__("re").search("dòng 2, " + why, one) for one in found)


def test_a_cell_left_empty_is_told_once() -> None:
    assert problems(HEAD + "01392,Xóm,A,,NQ\n") == ["dòng 2, cột tu_ngay: còn trống"]


@pytest.mark.parametrize(("column", "cells"), [("can_cu", ["01392", "NQ\x00"]), ("ma_xa", ["01392\x00", "NQ"])])
def test_a_cell_with_a_zero_byte_is_named(column: str, cells: list[str]) -> None:
    """Far from the head of the file, where it does not say UTF-16."""
    [told] = problems(GOOD + f"{cells[0]},Xóm,{'A' * 100},01/09/2026,{cells[1]}\n")
    assert told == f"dòng 4, cột {column}: có ký tự không in được (U+0000); hãy xóa ô này rồi gõ lại"


@pytest.mark.parametrize(("kind", "name"), [("Xóm", "Xóm Nà Mạ"), ("", "Xóm Nà Mạ"), ("xóm", "N\u00adà\u200b Mạ")])
def test_a_name_is_stored_as_people_read_it(kind: str, name: str) -> None:
    loaded(HEAD + f"01392,{kind},{name},01/09/2026,NQ\n")
    assert [one.full_name for one in villages_of("01392", on=DAY)] == ["Xóm Nà Mạ"]


def test_the_same_village_twice_in_a_file() -> None:
    assert problems(GOOD + "01392,xóm,nà mạ,01/09/2026,NQ\n") == [
        "dòng 4, cột ten_thon: trùng với dòng 2: cùng xã, cùng loại và tên; chỉ giữ một dòng"
    ]


def test_a_village_that_the_commune_has_from_a_later_day() -> None:
    loaded(GOOD)
    assert problems(HEAD + "01392,Xóm,Nà Mạ,01/08/2026,NQ\n") == [
        "dòng 2, cột ten_thon: Cùng nơi đó đã có Xóm Nà Mạ; hai đơn vị cạnh nhau không trùng cả loại lẫn tên."
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ma_xa,ten_thon\n01392,A\n", "thiếu cột loai, tu_ngay, can_cu"),
        (
            HEAD.replace("can_cu", "can_cu,ghi_chu") + "01392,Xóm,A,01/09/2026,NQ,x\n",
            "cột ghi_chu: cột này không có trong mẫu",
        ),
        (HEAD.replace("can_cu", "can_cu,loai") + "01392,Xóm,A,01/09/2026,NQ,x\n", "cột loai: cột này có hai lần"),
        (HEAD, "tệp chỉ có dòng tên cột"),
        ("", "Tệp rỗng"),
    ],
)
def test_a_file_without_the_right_columns(text: str, why: str) -> None:
    assert any(why in one for one in problems(text))


def test_a_commune_of_somebody_else_is_refused_row_by_row() -> None:
    found = check_villages(
        content=GOOD.encode(), name="thon.csv", day=DAY, refuses=lambda commune, on: "không phải xã của bạn"
    )
    assert [one.line for one in found.problems] == [2, 3]
    assert {one.column for one in found.problems} == {"ma_xa"}


def test_a_file_from_excel_with_semicolons_and_capital_headings() -> None:
    assert problems("Mã xã;Loại;Tên thôn;Từ ngày;Căn cứ\n01392;Xóm;Nà Mạ;1/9/2026;NQ\n") == []


def test_a_file_costs_the_same_queries_however_many_rows(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    many = HEAD + "".join(f"01392,Xóm,Số {number},01/09/2026,NQ\n" for number in range(300))
    with django_assert_max_num_queries(12):
        assert len(loaded(many).new) == 300
