"""A table of points from a file: every wrong cell is named; once in force it stays; its days."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from households.criteria.b1 import shelf
from households.criteria.b1.documents import TableFaultsError, read_table
from households.criteria.b1.reading import Finding
from households.criteria.b1_publishing import put_table_in_force, withdraw_table
from households.criteria.law.checks.known_answers import faults_of_test, faults_of_who
from households.criteria.models import B1TableRow, State
from households.criteria.publishing import PublishingRefusedError
from households.criteria.queries import b1_table_in_force, table_of
from povertyportal.core.models import User
from povertyportal.core.sheets import UnreadableFileError
from tests.criteria.points import SINCE, as_csv, as_xlsx, checked, draft_table, rows
from tests.criteria.published import NOON
from tests.criteria.test_publishing import refused
from tests.people import account, on_the_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def thu(db: None) -> User:
    return account("thu", full_name="Lý Thị Thu")


@pytest.fixture
def hung(db: None) -> User:
    return account("hung", full_name="Hoàng Văn Hùng")


def findings(content: bytes, **options: bool) -> list[Finding]:
    found = checked(content, **options)
    assert found.document is None
    return found.findings


# The file


def test_the_filled_template_is_read_the_same_from_excel_and_from_csv() -> None:
    excel, text = checked(as_xlsx(rows())), checked(as_csv(rows()))
    assert excel.findings == text.findings == []
    assert excel.document == text.document
    table = read_table(excel.document or {})
    assert table.groups[0].options[0].points == {
        "rrd": 1, "nmm": 2, "ncc": 3, "ch": 4, "se": 5, "mrd": 6, "urb": 7
    }  # fmt: skip
    assert table.groups[0].derived


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12,5", "số nguyên"),
        ("-5", "số nguyên"),
        ("", "Thiếu điểm"),
        ("501", "0 đến 500"),
        ("x", "số nguyên"),
        ("1.5", "số nguyên"),
    ],
)
def test_a_wrong_number_is_named_with_sheet_cell_and_value(typed: str, told: str) -> None:
    filled = rows()
    filled[3][6] = typed
    (one,) = findings(as_xlsx(filled))
    assert (one.sheet, one.cell, one.value) == ("Điểm", "G4", typed)
    assert told in one.text


def test_a_dash_says_that_the_region_has_no_such_box() -> None:
    filled = rows()
    filled[-1][11] = "–"
    table = read_table(checked(as_xlsx(filled)).document or {})
    assert table.groups[-1].options[-1].points["urb"] is None


def test_unknown_group_and_box_missing_box_and_repeated_row_are_told() -> None:
    filled = rows()
    filled[1][3], filled[-1][0] = "9", "lạ"
    told = " ".join(one.text for one in findings(as_xlsx([*filled, filled[2]])))
    for said in ("không có ô “9”; có: 1, 2, 3", "Mẫu không có nhóm này; có: size", "ghi hai lần"):
        assert said in told
    (missing,) = findings(as_xlsx(rows()[:-1]))
    assert "thiếu ô “aquaculture”" in missing.text


def test_a_missing_column_is_told_before_any_row() -> None:
    (one,) = findings(as_csv([row[:-1] for row in rows()]))
    assert one.text == "Dòng tên cột thiếu: Thành thị. Hãy dùng tệp mẫu."


def test_an_annex_with_other_boxes_is_taken_as_it_is_and_ticked_by_hand() -> None:
    filled = [*rows(), ["bike", "Xe đạp điện", "một", "one", "Có", *"1234567"]]
    assert findings(as_xlsx(filled))
    table = read_table(checked(as_xlsx(filled), own_boxes=True).document or {})
    assert (table.groups[-1].code, table.groups[-1].derived) == ("bike", False)


def test_a_box_ticked_by_hand_does_not_join_those_the_roster_decides() -> None:
    filled = [*rows(), ["size", "Số nhân khẩu của hộ", "một", "20", "Trên 20 người", *"1234567"]]
    (one,) = findings(as_xlsx(filled), own_boxes=True)
    assert "không đi cùng ô đánh dấu tay" in one.text


def test_the_order_of_rows_does_not_change_which_box_of_the_roster_counts_first() -> None:
    header, *body = rows()
    turned = checked(as_xlsx([header, *reversed(body)])).document or {"groups": []}
    codes = {group["code"]: [one["code"] for one in group["options"]] for group in turned["groups"]}
    assert codes["dependents"] == ["2", "1", "0"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return out.getvalue()


def workbook(fill: Callable[[xlsxwriter.Workbook, Any], object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Điểm")
        for number, row in enumerate(rows()):
            sheet.write_row(number, 0, row)
        fill(book, sheet)
    return out.getvalue()


def test_a_formula_is_not_taken_for_the_number_that_is_stored_beside_it() -> None:
    content = workbook(lambda _book, sheet: sheet.write_formula("F2", "=20+5", value=0))
    with pytest.raises(UnreadableFileError, match="Ô F2 là công thức"):
        checked(content)


def test_merged_cells_are_named_not_read_as_gaps() -> None:
    content = workbook(lambda _book, sheet: sheet.merge_range("A2:A8", "size"))
    with pytest.raises(UnreadableFileError, match="Ô gộp A2:A8"):
        checked(content)


def test_a_cell_at_the_far_end_of_the_sheet_ends_the_reader_not_the_portal() -> None:
    content = workbook(lambda _book, sheet: sheet.write("XFD1048576", "x"))
    assert len(content) < 20_000
    with pytest.raises(UnreadableFileError, match="ô ở rất xa"):
        checked(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "rỗng"),
        (b"PK\x03\x04 nothing", "hỏng"),
        (bomb(), "quá lớn"),
        (b"\xd0\xcf\x11\xe0 old", "bỏ mật khẩu.*[.]xlsx"),
        (b"a" * 3_000_000, "2 MB"),
        (b"a,b\n" * 1_100, "1102 dòng|1099 dòng|nhiều nhất 1000 dòng"),
        (("a" * 500 + ",b\n1,2\n").encode(), "dài quá 400"),
        (b"a,b\n1,\0\n", "không in được"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        checked(content)


# The shipped demonstration


def test_the_demonstration_is_partial_labelled_and_asks_only_what_the_vocabulary_knows() -> None:
    table, sheet = shelf.demonstration("qd59-2015"), shelf.form("nd07-2021")
    assert table is not None
    assert sheet is not None
    assert (table.demonstration, table.partial, len(table.groups), len(sheet.groups)) == (True, True, 6, 13)
    assert "6 trong 13 nhóm" in table.note
    for group in sheet.groups:
        assert not list(faults_of_who((), group.zero_if_all or ()))
        assert [fault for one in group.options if one.when for fault in faults_of_test((), one.when)] == []
    assert shelf.demonstration("nd07-2021") is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"groups": []}, "không có nhóm nào"),
        ({"name": 3}, "chữ trong ngoặc kép"),
        ({"unknown": 1}, "không có khóa “unknown”"),
        ({"groups": [{"code": "a", "name": "A", "options": []}]}, "không có ô nào"),
    ],
)
def test_a_wrong_document_of_points_is_refused(change: dict[str, object], told: str) -> None:
    document = {"standard": "qd59-2015", "version": 1, "name": "Bảng", "variants": ["urb"], "groups": []} | change
    with pytest.raises(TableFaultsError, match=told):
        read_table(document)


# In force


def test_a_table_holds_from_its_day_until_the_day_of_the_next(thu: User, hung: User) -> None:
    for first, day in ((1, SINCE), (3, date(2024, 1, 1))):
        put_table_in_force(row=draft_table(thu, first=first, from_day=day), by=hung, at=NOON)
    days = (date(2021, 12, 31), SINCE, date(2023, 12, 31), date(2024, 1, 1), date(2030, 1, 1))
    found = [b1_table_in_force("nd07-2021", day) for day in days]
    assert [one and one.version for one in found] == [None, 1, 1, 2, 2]


def test_a_table_from_an_earlier_day_takes_the_place_of_the_later(thu: User, hung: User) -> None:
    later = draft_table(thu, from_day=date(2024, 1, 1))
    put_table_in_force(row=later, by=hung, at=NOON)
    put_table_in_force(row=draft_table(thu, first=3), by=hung, at=NOON)
    later.refresh_from_db()
    assert (later.state, later.withdrawal) == (State.WITHDRAWN, "Thay bằng bảng 2 từ 01/01/2022")


def test_a_table_between_two_ends_the_first_and_takes_the_place_of_the_second(thu: User, hung: User) -> None:
    for first, day in ((1, SINCE), (3, date(2024, 1, 1)), (5, date(2023, 7, 1))):
        put_table_in_force(row=draft_table(thu, first=first, from_day=day), by=hung, at=NOON)
    days = (date(2023, 6, 30), date(2023, 7, 1), date(2024, 6, 1))
    found = [b1_table_in_force("nd07-2021", day) for day in days]
    assert [one and one.version for one in found] == [1, 3, 3]


def test_a_table_that_has_ended_ends_no_later(thu: User, hung: User) -> None:
    first = draft_table(thu)
    put_table_in_force(row=first, by=hung, at=NOON)
    put_table_in_force(row=draft_table(thu, first=3, from_day=date(2024, 1, 1)), by=hung, at=NOON)
    for validity in ("[2022-01-01,2024-01-02)", "[2022-01-01,)"):
        told = refused("UPDATE criteria_b1tablerow SET validity = %(v)s WHERE id = %(id)s", v=validity, id=first.pk)
        assert "standard_stays_as_entered" in told


def test_who_loaded_does_not_approve(thu: User) -> None:
    with pytest.raises(PublishingRefusedError, match="người khác"):
        put_table_in_force(row=draft_table(thu), by=thu, at=NOON)


@pytest.mark.parametrize(
    "change",
    ["name = 'khác'", "validity = '[2020-01-01,)'", "state = 'draft'", "version = 7", "demonstration = true",
     "content = '{}', digest = encode(sha256('{}'), 'hex')", "validity = '[2022-01-01,2023-01-01)', name = 'khác'"],
)  # fmt: skip
def test_a_table_in_force_stays_as_it_is(thu: User, hung: User, change: str) -> None:
    row = draft_table(thu)
    put_table_in_force(row=row, by=hung, at=NOON)
    told = refused(f"UPDATE criteria_b1tablerow SET {change} WHERE id = %(id)s", id=row.pk)
    assert any(why in told for why in ("standard_stays_as_entered", "permission denied", "b1_table"))
    assert table_of(B1TableRow.objects.get(pk=row.pk)).digest == row.digest


def test_a_demonstration_is_never_in_force_not_even_by_sql(thu: User, hung: User) -> None:
    row = draft_table(thu)
    with on_the_record():
        row.pk, row.version, row.demonstration = None, 9, True
        row.save(force_insert=True)
    told = refused(
        "UPDATE criteria_b1tablerow SET state = 'in_force', approved_at = now(), approved_by_id = %(by)s"
        " WHERE id = %(id)s", id=row.pk, by=hung.pk,
    )  # fmt: skip
    assert "b1_table_demonstration_never_in_force" in told


def test_a_withdrawn_table_leaves_the_total_of_the_paper_sheet(thu: User, hung: User) -> None:
    row = draft_table(thu)
    put_table_in_force(row=row, by=hung, at=NOON)
    withdraw_table(row=row, by=hung, at=NOON, reason="nạp nhầm cột")
    assert b1_table_in_force("nd07-2021", date(2026, 1, 1)) is None
    with pytest.raises(PublishingRefusedError, match="đã rút rồi"):
        withdraw_table(row=row, by=hung, at=NOON, reason="lần nữa")
