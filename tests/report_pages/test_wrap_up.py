"""The wrap-up on the screen, its files, and the list of those that can be made."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from reports.reported.models import ReportedFigure
from reports.web.addresses import Years
from tests.rendering.reading import html_text, ids_and_targets
from tests.report_pages.test_figures import TYPED

YEARS = Years(2016, 2020)


def address(name: str, area: str, years: Years = YEARS) -> str:
    return reverse(f"reports:{name}", args=[area, years])


def test_both_districts_are_offered_with_their_map(reader: Client) -> None:
    shown = reader.get(reverse("reports:index")).content.decode()
    for text in ("Thành phố Hạ Long", "29/12/2020", "Huyện Hà Quảng", "16/09/2020", address("wrap_up", "193")):
        assert text in shown


def test_the_home_page_leads_to_both_wrap_ups(reader: Client) -> None:
    home = reader.get(reverse("home")).content.decode()
    assert address("wrap_up", "193") in home
    assert address("wrap_up", "045") in home


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("193", ("991 hộ nghèo", "62 hộ nghèo", "1.046 hộ cận nghèo", "144 hộ cận nghèo")),
        ("045", ("9.231 hộ", "296,677 tỷ đồng")),
    ],
)
def test_page_pdf_and_json_carry_the_published_numbers(reader: Client, area: str, said: tuple[str, ...]) -> None:
    page = html_text(reader.get(address("wrap_up", area)).content.decode())
    pdf = PdfReader(BytesIO(reader.get(address("wrap_up_pdf", area)).content))
    paper = " ".join(" ".join(one.extract_text() for one in pdf.pages).replace("\u00a0", " ").split())
    machine = json.dumps(reader.get(address("wrap_up_json", area)).json(), ensure_ascii=False)
    for text in said:
        assert text in page
        assert text in paper
        assert text in machine


@pytest.mark.parametrize("area", ["193", "045"])
def test_every_number_on_the_page_leads_to_its_source(reader: Client, area: str) -> None:
    ids, targets = ids_and_targets(reader.get(address("wrap_up", area)).content.decode())
    assert len(ids) == len(set(ids))
    assert set(targets) - {"content"} <= set(ids)
    assert any(target.startswith("d-") for target in targets) is (area == "193")


def test_every_figure_of_the_report_leads_to_its_own_page(reader: Client, loans: ReportedFigure) -> None:
    page = reader.get(address("wrap_up", "045")).content.decode()
    assert f'href="{reverse("reports:figure", args=[loans.pk])}"' in page


def test_the_findings_stand_beside_the_sheet(reader: Client) -> None:
    text = html_text(reader.get(address("wrap_up", "045")).content.decode())
    assert "Điểm cần xem lại" in text
    assert "84.148,73" in text


def test_on_a_phone_a_link_leads_past_the_long_sheet_to_the_findings(reader: Client) -> None:
    response = reader.get(address("wrap_up", "193"))
    total = len(response.context["errors"]) + len(response.context["notes"])
    assert f'<a href="#findings-title">Điểm cần xem lại ({total})</a>' in response.content.decode()


def test_the_page_is_light_and_takes_few_queries(reader: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(14):
        assert len(reader.get(address("wrap_up", "045")).content) < 100_000


def test_the_sheet_carries_no_style_and_no_script(reader: Client) -> None:
    page = reader.get(address("wrap_up", "193")).content.decode()
    assert " style=" not in page
    assert "<style" not in page


def test_files_are_named_after_place_and_period(reader: Client) -> None:
    response = reader.get(address("wrap_up_pdf", "193"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="tong-ket-193-2016-2020.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("name", ["wrap_up", "wrap_up_pdf", "wrap_up_json"])
@pytest.mark.parametrize(
    ("years", "query", "said"),
    [
        (Years(2001, 2005), "", "Chưa có số liệu nào của mã địa bàn “193”"),
        (YEARS, "?map=2019-12-31", "hãy lập báo cáo theo địa giới ngày: 29/12/2020"),
    ],
)
def test_without_figures_page_and_files_say_what_is_missing(
    reader: Client, name: str, years: Years, query: str, said: str
) -> None:
    response = reader.get(address(name, "193", years) + query)
    assert response.status_code == 404
    assert "Chưa lập được báo cáo" in response.content.decode()
    assert said in response.content.decode()


@pytest.mark.parametrize("query", ["?map=29/13/2020", "?maps=2020-12-29", "?map=2020-12-29&map=2020-12-30"])
def test_an_address_with_a_wrong_map_is_refused(reader: Client, query: str) -> None:
    assert reader.get(address("wrap_up", "193") + query).status_code == 400


def test_a_period_that_ends_before_it_begins_is_no_page(reader: Client) -> None:
    assert reader.get("/reports/tong-ket/193/2020-2016/").status_code == 404


def test_the_home_page_leads_with_the_wrap_ups_and_shows_who_may_enter_what_to_do(
    reader: Client, editor: Client
) -> None:
    page = editor.get("/").content.decode()
    assert page.index("Báo cáo tổng kết giai đoạn") < page.index("Tra cứu số liệu") < page.index("Bản đồ ngày")
    assert reverse("reports:figure_new") in page
    assert reverse("reports:figure_new") not in reader.get("/").content.decode()


def test_the_home_page_shows_the_newest_and_counts_the_rest(editor: Client) -> None:
    for code in ("01", "02", "04", "06", "08"):
        assert editor.post(reverse("reports:figure_new"), TYPED | {"area_code": code}).status_code == 302
    home = editor.get("/").content.decode()
    assert home.count("/reports/tong-ket/") == 6
    assert "Tất cả 7 báo cáo" in home
    assert "còn 1 báo cáo chưa nêu ở đây" in home
    assert "/reports/tong-ket/08/" in home
