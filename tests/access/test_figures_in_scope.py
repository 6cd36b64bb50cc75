"""Published figures inside the scope: what is listed, opened, entered, corrected, loaded and reported."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from reports.reported.models import ReportedFigure
from tests.access.people import AREAS, granted, person, signed_in

pytestmark = pytest.mark.django_db
HA_LONG, HA_QUANG = "193", "045"  # the districts of old that the examples speak of: of Quảng Ninh and Cao Bằng
LIST, NEW, UPLOAD = reverse("reports:figures"), reverse("reports:figure_new"), reverse("reports:figure_upload")
HEAD = (
    "report,area_code,area_name,boundary_on,standard,program,measure,unit,period_from,period_to,value,qualifier,note\n"
)
ROW = "S9,{code},{name},2020-12-29,,TDCS,poor_persons,người,2020-12-31,2020-12-31,{value},exact,\n"


@pytest.fixture
def reviewer() -> Client:
    """Of Cao Bằng: Hà Quảng is his, Hạ Long is not."""
    return signed_in(person("province_reviewer", AREAS.PROVINCE, username="cao-bang"))


def figure_of(code: str) -> ReportedFigure:
    return ReportedFigure.objects.filter(area_code=code, superseded_by=None).earliest("id")


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_and_its_filters_hold_ones_own_units_only(reviewer: Client) -> None:
    shown = text(reviewer, LIST)
    assert "Hà Quảng" in shown
    assert "Hạ Long" not in shown


def test_a_filter_for_a_foreign_unit_finds_nothing(reviewer: Client) -> None:
    assert "Không có số liệu nào khớp" in text(reviewer, f"{LIST}?area={HA_LONG}")


@pytest.mark.parametrize("name", ["figure", "figure_correct"])
def test_a_foreign_figure_is_not_there(reviewer: Client, name: str) -> None:
    own, foreign = (reverse(f"reports:{name}", args=[figure_of(code).pk]) for code in (HA_QUANG, HA_LONG))
    text(reviewer, own)
    assert "Trong địa bàn được giao cho bạn không có số liệu" in text(reviewer, foreign, 404)


def test_who_may_read_but_not_enter_is_offered_no_correction() -> None:
    auditor = signed_in(person("auditor", AREAS.PROVINCE))
    assert "Sửa số liệu" not in text(auditor, reverse("reports:figure", args=[figure_of(HA_QUANG).pk]))
    text(auditor, reverse("reports:figure_correct", args=[figure_of(HA_QUANG).pk]), 403)


def test_a_right_to_enter_in_one_unit_is_none_where_one_only_reads() -> None:
    user = person("auditor", AREAS.PROVINCE)
    granted(user, "commune_official", AREAS.COMMUNE)
    text(signed_in(user), reverse("reports:figure_correct", args=[figure_of(HA_QUANG).pk]), 404)


def typed(code: str) -> dict[str, str]:
    return {
        "area_code": code, "boundary_on": "16/09/2020", "measure": "poor_households", "programme": "", "standard": "",
        "period_from": "31/12/2018", "period_to": "31/12/2018", "qualifier": "exact", "value": "1.046", "unit": "hộ",
        "report": "Báo cáo 12",
    }  # fmt: skip


def test_a_figure_is_entered_for_ones_own_unit_only(reviewer: Client) -> None:
    assert reviewer.post(NEW, typed(HA_QUANG)).status_code == 302
    refused = reviewer.post(NEW, typed(HA_LONG))
    assert "không thuộc quyền nhập số liệu được giao cho bạn" in refused.content.decode()
    assert not ReportedFigure.objects.filter(area_code=HA_LONG, report="Báo cáo 12").exists()


def test_the_search_before_entering_offers_ones_own_units(reviewer: Client) -> None:
    assert "Hà Quảng" in text(reviewer, f"{NEW}?q=ha+quang")
    assert "Thành phố Hạ Long" not in text(reviewer, f"{NEW}?q=ha+long")


@pytest.mark.parametrize("button", ["check", "load"])
def test_a_file_with_a_foreign_row_is_refused_and_tells_nothing_that_is_stored(reviewer: Client, button: str) -> None:
    stored = figure_of(HA_LONG)
    foreign = (
        f"S1,{HA_LONG},Hạ Long,{stored.boundary_on},{stored.standard},{stored.programme},{stored.measure},{stored.unit},"
        f"{stored.period_from},{stored.period_to},987654,exact,\n"
    )
    content = HEAD + ROW.format(code=HA_QUANG, name="Hà Quảng", value=5) + foreign
    sent = {"file": SimpleUploadedFile("so-lieu.csv", content.encode()), button: "1"}
    shown = reviewer.post(UPLOAD, sent).content.decode()
    assert "Địa bàn mã 193 (bản đồ ngày" in shown
    assert "không thuộc quyền nhập số liệu được giao cho bạn" in shown
    assert "đã lưu với giá trị khác" not in shown
    assert not ReportedFigure.objects.filter(report="S9").exists()


def test_a_command_acts_with_the_rights_of_its_person(reviewer: Client, tmp_path: Path) -> None:
    path = tmp_path / "so-lieu.csv"
    path.write_text(HEAD + ROW.format(code=HA_LONG, name="Hạ Long", value=5))
    with pytest.raises(CommandError, match="Không nạp dòng nào"):
        call_command("load_reported", str(path), "--commit", "--by", "cao-bang", verbosity=0)
    path.write_text(HEAD + ROW.format(code=HA_QUANG, name="Hà Quảng", value=5))
    call_command("load_reported", str(path), "--commit", "--by", "cao-bang", verbosity=0)
    assert ReportedFigure.objects.get(report="S9").entered_by.username == "cao-bang"


def test_reports_are_offered_and_opened_inside_the_scope(reviewer: Client) -> None:
    for address in (reverse("reports:index"), reverse("home")):
        assert f"/tong-ket/{HA_QUANG}/" in text(reviewer, address)
        assert f"/tong-ket/{HA_LONG}/" not in text(reviewer, address)


@pytest.mark.parametrize("name", ["", "pdf", "json"])
@pytest.mark.parametrize("query", ["", "?map=2020-12-29"])
def test_a_foreign_report_is_refused_on_every_map_whether_it_could_be_made_or_not(
    reviewer: Client, name: str, query: str
) -> None:
    for years in ("2016-2020", "1990-1991"):
        shown = text(reviewer, f"/reports/tong-ket/{HA_LONG}/{years}/{name}{query}", 403)
        assert "không thuộc phạm vi được giao cho bạn" in shown


def test_an_account_without_grants_is_told_whom_to_ask() -> None:
    client = signed_in(person())
    assert "chưa được giao việc nào. Hãy liên hệ người quản trị" in text(client, reverse("home"))
    assert "Quyền được giao cho bạn hôm nay không gồm việc này" in text(client, LIST, 403)
