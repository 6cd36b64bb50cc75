"""Pages of published figures: reading, entering, correcting."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports.reported.models import ReportedFigure
from reports.reported.queries import figures_in_force, revisions
from tests.people import on_the_record
from tests.report_pages.conftest import client_of

LIST, NEW = reverse("reports:figures"), reverse("reports:figure_new")
TYPED = {
    "area_code": "045",
    "boundary_on": "16/09/2020",
    "measure": "poor_households",
    "programme": "",
    "standard": "qd59-2015",
    "period_from": "31/12/2019",
    "period_to": "31/12/2019",
    "qualifier": "exact",
    "value": "1.046",
    "unit": "hộ",
    "report": "Báo cáo 12",
}
CORRECTED = {"qualifier": "exact", "value": "9.321", "unit": "hộ", "report": "Công văn 5", "reason": "Đính chính"}


def page(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_figures_as_officials_write_them(reader: Client) -> None:
    shown = page(reader, LIST, area="193")
    for text in ("1.046", "1,15 - 1,2", "gần 234", "10/12", "Thành phố Hạ Long"):
        assert text in shown
    assert "Hà Quảng</td>" not in shown


@pytest.mark.parametrize(
    ("name", "value", "rows"),
    [("measure", "loan_households", 1), ("programme", "NTM", 4), ("year", "2021", 4), ("year", "2015", 5)],
)
def test_a_filter_keeps_only_what_it_says(reader: Client, name: str, value: str, rows: int) -> None:
    assert page(reader, LIST, **{name: value}).count("<tr>") - 1 == rows


@pytest.mark.parametrize("query", ["?area_code=193", "?area=193&area=045", "?sort=value", "?area=%00"])
def test_an_unknown_filter_is_refused_not_ignored(reader: Client, query: str) -> None:
    response = reader.get(LIST + query)
    assert response.status_code == 400
    assert "ộ lọc “" in response.content.decode()


@pytest.mark.parametrize("year", ["20x0", "năm 2020", "20", "0000"])
def test_a_year_that_is_none_is_said_at_its_field(reader: Client, year: str) -> None:
    response = reader.get(LIST, {"year": year})
    assert response.status_code == 400
    assert 'id="filter-year-error"' in response.content.decode()
    assert f'value="{year}"' in response.content.decode()


def test_a_search_without_result_says_so_and_offers_the_way_back(reader: Client) -> None:
    assert "Không có số liệu nào khớp bộ lọc" in page(reader, LIST, year="1999")


@pytest.mark.parametrize("address", [LIST, reverse("reports:index")])
def test_a_page_takes_few_queries(reader: Client, address: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        assert len(page(reader, address)) < 100_000


def test_the_list_stays_light_however_many_codes_nobody_knows(reader: Client, loans: ReportedFigure) -> None:
    codes = [f"{number:03}_{'chi_tieu_rat_dai_' * 6}"[:100] for number in range(300)]
    fields = {
        field.attname: getattr(loans, field.attname) for field in loans._meta.concrete_fields if field.name != "id"
    }
    with on_the_record():
        ReportedFigure.objects.bulk_create(
            ReportedFigure(**{**fields, "measure": code, "programme": code[:60], "report": code[:60]}) for code in codes
        )
    shown = page(reader, LIST)
    assert len(shown.encode()) < 100_000
    assert "Chỉ tiêu (ghi mã)" in shown
    last = page(reader, LIST, measure=codes[-1])
    assert last.count("<tr>") - 1 == 1
    assert f'value="{codes[-1]}"' in last


def test_a_figure_is_entered_in_vietnamese_style(editor: Client) -> None:
    response = editor.post(NEW, TYPED)
    figure = figures_in_force().get(area_code="045", measure="poor_households")
    assert response.headers["Location"] == reverse("reports:figure", args=[figure.pk])
    assert (figure.value, figure.published, figure.origin) == (1046, "1.046", "page")
    assert figure.entered_by.username == "nguoi-nhap"


@pytest.mark.parametrize(
    ("field", "typed", "remedy"),
    [
        ("value", "1.05", "ví dụ 1,05"),
        ("value", "1,5", "không phải số nguyên"),
        ("value", "-3", "số âm"),
        ("boundary_on", "2020/09/16", "ngày/tháng/năm"),
        ("boundary_on", "16/09/2025", "không có hiệu lực ngày 16/09/2025"),
        ("area_code", "999", "Không có đơn vị hành chính mang mã"),
        ("period_to", "30/12/2019", "trước ngày bắt đầu"),
        ("qualifier", "range", "cần hai số"),
        ("unit", "", "bắt buộc"),
        ("measure", "?", "Cần ghi mã"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field_and_nothing_is_stored(
    editor: Client, field: str, typed: str, remedy: str
) -> None:
    before = ReportedFigure.objects.count()
    response = editor.post(NEW, TYPED | {field: typed})
    assert response.status_code == 200
    assert remedy in response.content.decode()
    assert ReportedFigure.objects.count() == before


def test_a_refused_form_says_at_its_head_how_many_fields_need_a_look(editor: Client) -> None:
    assert "2 ô cần sửa" in editor.post(NEW, TYPED | {"unit": "", "report": ""}).content.decode()


@pytest.mark.parametrize(
    ("qualifier", "typed", "value", "upper"),
    [("range", "1,15 - 1,2", "1.15", "1.2"), ("of", "10/12", "10", "12"), ("nearly", "234", "234", None)],
)
def test_ranges_parts_and_approximations_are_typed_as_they_were_published(
    editor: Client, qualifier: str, typed: str, value: str, upper: str | None
) -> None:
    more = {"measure": "?", "other_measure": "thu_moi", "unit": "lần", "qualifier": qualifier, "value": typed}
    assert editor.post(NEW, TYPED | more).status_code == 302
    stored = figures_in_force().get(measure="thu_moi").as_figure()
    assert (str(stored.value), None if stored.upper is None else str(stored.upper)) == (value, upper)


def test_the_area_may_be_typed_by_its_name(editor: Client) -> None:
    assert editor.post(NEW, TYPED | {"area_code": "huyện hà quảng"}).status_code == 302
    assert figures_in_force().get(measure="poor_households", area_code="045", value=1046)


def test_a_name_that_several_units_bear_is_answered_with_their_codes(editor: Client) -> None:
    shown = editor.post(NEW, TYPED | {"area_code": "hạ long", "boundary_on": "29/12/2020"}).content.decode()
    assert "Thành phố Hạ Long, mã 193" in shown
    assert "Xã Hạ Long, mã" in shown
    assert "Nhã Lộng" not in shown
    assert 'value="hạ long"' in shown


def test_a_name_that_nobody_bore_on_the_day_says_so(editor: Client) -> None:
    assert "Không tìm thấy đơn vị nào tên" in editor.post(NEW, TYPED | {"area_code": "Atlantis"}).content.decode()


def test_the_search_of_units_gives_code_name_and_validity(editor: Client) -> None:
    shown = page(editor, NEW, q="hoanh bo", on="")
    assert "?area_code=204" in shown
    assert "đến trước ngày 01/01/2020" in shown
    assert "?area_code=204" not in page(editor, NEW, q="hoanh bo", on="29/12/2020")


def test_a_unit_that_cannot_be_is_refused_before_the_database_is_asked(editor: Client) -> None:
    assert editor.get(NEW + "?area_code=%00").status_code == 400


def test_a_unit_picked_from_the_search_stands_in_the_form(editor: Client) -> None:
    shown = page(editor, NEW, area_code="193", boundary_on="2020-12-29")
    assert 'value="193"' in shown
    assert 'value="29/12/2020"' in shown
    assert "Thành phố Hạ Long, mã 193 (từ 01/01/2020" in shown


def test_percent_is_written_as_people_write_it_and_stored_as_files_say_it(editor: Client) -> None:
    rate = TYPED | {"measure": "poor_rate", "value": "1,15", "unit": "%"}
    shown = page(editor, editor.post(NEW, rate).headers["Location"])
    assert "1,15%" in shown
    assert "percent" not in shown
    assert figures_in_force().get(area_code="045", measure="poor_rate").unit == "percent"


def test_a_correction_offers_the_percent_sign_and_says_which_document_a_code_means(editor: Client) -> None:
    figure = figures_in_force().get(area_code="193", measure="poor_rate", value="0.07")
    shown = page(editor, reverse("reports:figure_correct", args=[figure.pk]))
    assert 'value="%"' in shown
    assert "S1 là: Báo cáo tổng kết" in shown


def test_the_page_of_a_figure_shows_names_with_their_codes_beside(reader: Client, loans: ReportedFigure) -> None:
    shown = page(reader, reverse("reports:figure", args=[loans.pk]))
    assert 'Số hộ được vay vốn <small class="code">loan_households</small>' in shown
    assert 'Tín dụng chính sách xã hội <small class="code">TDCS</small>' in shown


def test_a_figure_that_is_stored_already_is_not_entered_twice(editor: Client) -> None:
    editor.post(NEW, TYPED)
    assert "dùng trang Sửa số liệu" in editor.post(NEW, TYPED).content.decode()


def test_a_correction_keeps_the_old_value_with_reason_and_name(editor: Client, loans: ReportedFigure) -> None:
    response = editor.post(reverse("reports:figure_correct", args=[loans.pk]), CORRECTED)
    shown = page(editor, response.headers["Location"])
    for text in ("9.321", "9.231", "Đính chính", "Nông Thị Bảo", "đang dùng"):
        assert text in shown


def test_the_page_of_an_old_value_leads_to_the_one_in_force(editor: Client, loans: ReportedFigure) -> None:
    new = editor.post(reverse("reports:figure_correct", args=[loans.pk]), CORRECTED).headers["Location"]
    old = page(editor, reverse("reports:figure", args=[loans.pk]))
    assert "Đây là số cũ" in old
    assert f'href="{new}"' in old


def test_a_correction_needs_a_reason(editor: Client, loans: ReportedFigure) -> None:
    response = editor.post(reverse("reports:figure_correct", args=[loans.pk]), CORRECTED | {"reason": ""})
    assert 'id="id_reason_error"' in response.content.decode()
    assert figures_in_force().get(measure="loan_households").value == 9231


def test_a_correction_sent_twice_is_stored_once_and_says_so(editor: Client, loans: ReportedFigure) -> None:
    address = reverse("reports:figure_correct", args=[loans.pk])
    first = editor.post(address, CORRECTED)
    second = editor.post(address, CORRECTED)
    assert second.headers["Location"] == first.headers["Location"]
    shown = page(editor, second.headers["Location"])
    assert "vừa được chính bạn sửa" in shown
    assert "số đang dùng là 9.321 hộ" in shown


def test_who_was_slower_sees_the_value_in_force_and_keeps_what_he_typed(editor: Client, loans: ReportedFigure) -> None:
    address = reverse("reports:figure_correct", args=[loans.pk])
    newest = editor.post(address, CORRECTED).headers["Location"]
    colleague = client_of("nguoi-nhap-2", "province_reviewer")
    shown = colleague.post(address, CORRECTED | {"value": "9.400"}).content.decode()
    assert "vừa được Nông Thị Bảo sửa" in shown
    assert 'value="9.400"' in shown
    assert f'action="{newest}correct/"' in shown
    assert figures_in_force().get(measure="loan_households").value == 9321
    assert colleague.post(f"{newest}correct/", CORRECTED | {"value": "9.400"}).status_code == 302


def test_the_form_of_an_old_value_leads_to_the_one_in_force(editor: Client, loans: ReportedFigure) -> None:
    address = reverse("reports:figure_correct", args=[loans.pk])
    newest = editor.post(address, CORRECTED).headers["Location"]
    response = editor.get(address, follow=True)
    assert response.redirect_chain == [(newest, 302)]
    assert "vừa được chính bạn sửa" in response.content.decode()


def test_a_correction_that_changes_nothing_is_refused_at_the_value(editor: Client, loans: ReportedFigure) -> None:
    address = reverse("reports:figure_correct", args=[loans.pk])
    same = CORRECTED | {"value": "9.231", "report": loans.report, "note": loans.note}
    assert "Không có gì khác với bản đang có" in editor.post(address, same).content.decode()
    assert revisions(loans.key).count() == 1


@pytest.mark.parametrize("name", ["figure", "figure_correct"])
def test_a_number_that_no_figure_has_is_said_in_vietnamese(editor: Client, name: str) -> None:
    response = editor.get(reverse(f"reports:{name}", args=[0]))
    assert response.status_code == 404
    assert "không có số liệu mang số thứ tự 0" in response.content.decode()


@pytest.mark.parametrize("name", ["figure_new", "figure_upload", "figure_correct"])
def test_who_may_only_read_is_refused_with_a_page_that_says_why(
    reader: Client, loans: ReportedFigure, name: str
) -> None:
    arguments = [loans.pk] if name == "figure_correct" else []
    for response in (
        reader.get(reverse(f"reports:{name}", args=arguments)),
        reader.post(reverse(f"reports:{name}", args=arguments)),
    ):
        assert response.status_code == 403
        assert "không có quyền" in response.content.decode()


def test_who_may_only_read_sees_no_button_to_change(reader: Client, loans: ReportedFigure) -> None:
    assert reverse("reports:figure_new") not in page(reader, LIST)
    assert "correct" not in page(reader, reverse("reports:figure", args=[loans.pk]))


@pytest.mark.parametrize("name", ["index", "figures", "figure_new", "figure_upload"])
def test_nobody_sees_a_page_without_signing_in(client: Client, name: str) -> None:
    response = client.get(reverse(f"reports:{name}"))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("login"))
