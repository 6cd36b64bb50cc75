"""Pages of survey rounds, as the people who use them see them."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from households.surveys.models import RoundTotals, SurveyRound
from households.surveys.queries import CommuneOfRound
from households.surveys.rounds import open_round
from households.surveys.totals import enter_totals
from households.web.round_lines import Line, pasted
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now, today
from tests.access.people import AREAS, NATION, person, signed_in
from tests.reading import seen

pytestmark = pytest.mark.django_db


def opened(code: str, area: str, on: date) -> SurveyRound:
    return open_round(code=code, area_code=area, on=on, by=system_user(), at=now())


@pytest.fixture
def district(db: None) -> SurveyRound:
    return opened("2024-periodic", "045", date(2024, 9, 1))


def markup(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


def totals_url(found: SurveyRound) -> str:
    return reverse("rounds:totals", args=[found.pk])


def test_the_list_shows_the_newest_year_and_what_is_missing(district: SurveyRound) -> None:
    opened("2025-periodic", AREAS.PROVINCE, date(2025, 9, 1))
    reader = signed_in(person("province_reviewer", AREAS.PROVINCE))
    assert "Đợt rà soát năm 2025" in seen(reader.get("/rounds/"))
    assert "thiếu 56 trong 56 xã" in seen(reader.get("/rounds/"))
    older = seen(reader.get("/rounds/?year=2024"))
    assert "Huyện Hà Quảng" in older
    assert "thiếu 21 trong 21 xã" in older


def test_an_area_is_found_by_name_without_marks_and_by_code(district: SurveyRound) -> None:
    reader = signed_in(person("province_reviewer", NATION))
    assert "2024-periodic" in seen(reader.get("/rounds/?year=2024&area=ha quang"))
    assert "2024-periodic" in seen(reader.get("/rounds/?year=2024&area=045"))
    assert "Không có đợt nào của năm 2024" in seen(reader.get("/rounds/?year=2024&area=hạ long"))


def test_the_empty_list_says_who_opens_rounds(db: None) -> None:
    assert "cấp tỉnh mở đợt" in seen(official().get("/rounds/"))


def test_a_year_that_is_none_is_refused(district: SurveyRound) -> None:
    assert official().get("/rounds/?year=20x4").status_code == 400


def test_a_round_shows_dates_standards_and_communes_of_the_own_area(district: SurveyRound) -> None:
    shown = seen(official().get(reverse("rounds:detail", args=[district.pk])))
    assert "01/09/2024 – 14/12/2024" in shown
    assert "còn thiếu 4 xã" in shown
    assert "Xã Sóc Hà" in shown
    assert "Xã Nội Thôn" not in shown


def test_a_correction_is_told_with_its_reason(district: SurveyRound) -> None:
    given = {"round": district, "commune": "01417", "source": "báo cáo", "by": system_user(), "at": now()}
    first = enter_totals(**given, households=700, persons=2900)  # type: ignore[arg-type]
    enter_totals(**given, households=710, persons=2900, replaces=first.pk, reason="đếm sót")  # type: ignore[arg-type]
    shown = seen(official().get(reverse("rounds:detail", args=[district.pk])))
    assert "vì: đếm sót. Trước đó 700 hộ, 2.900 nhân khẩu" in shown


def test_totals_are_entered_in_one_table(district: SurveyRound) -> None:
    posted = {"h-01417": "1.046", "p-01417": "4200", "h-01399": "700", "p-01399": "2.900", "source": "báo cáo"}
    answer = official().post(totals_url(district), posted | {"step": "store"}, follow=True)
    assert "Đã ghi số của 2 xã" in seen(answer)
    assert set(RoundTotals.objects.values_list("commune_code", "households")) == {("01417", 1046), ("01399", 700)}


@pytest.mark.parametrize(
    ("households", "persons", "words"),
    [("700", "", "Ghi cả số hộ và số nhân khẩu"), ("7oo", "9", "không phải là số"), ("700", "9", "không thể ít hơn")],
)
def test_what_cannot_be_read_keeps_what_was_typed(
    households: str, persons: str, words: str, district: SurveyRound
) -> None:
    posted = {"h-01417": households, "p-01417": persons, "source": "báo cáo", "step": "store"}
    answer = official().post(totals_url(district), posted)
    assert words in seen(answer)
    assert f'value="{households}"' in answer.content.decode()
    assert not RoundTotals.objects.exists()


def test_rows_of_a_spreadsheet_fill_the_table_without_storing(district: SurveyRound) -> None:
    rows = "1\tXã Sóc Hà\t710\t2.950\nTrường Hà;650;2800\nXã Xa Lạ\t1\t2"
    answer = official().post(totals_url(district), {"pasted": rows, "step": "fill"})
    assert 'name="h-01417" value="710"' in markup(answer)
    assert 'name="p-01399" value="2800"' in markup(answer)
    assert "Xã Xa Lạ" in seen(answer)
    assert not RoundTotals.objects.exists()


def test_what_somebody_else_entered_meanwhile_is_shown_and_not_lost(district: SurveyRound) -> None:
    given = {"round": district, "source": "báo cáo", "by": system_user(), "at": now()}
    enter_totals(**given, commune="01417", households=700, persons=2900)  # type: ignore[arg-type]
    mine = {"h-01417": "710", "p-01417": "2900", "was-01417": "", "source": "báo cáo", "step": "store"}
    client = official()
    answer = client.post(totals_url(district), mine)
    assert "đã có số 700 hộ" in seen(answer)
    was = re.search(r'name="was-01417" value="(\d+)"', markup(answer))
    assert was
    again = mine | {"was-01417": was[1], "reason": "Công an xã báo lại"}
    assert "Đã ghi số của 1 xã" in seen(client.post(totals_url(district), again, follow=True))


def test_a_number_that_nobody_touched_does_not_stand_in_the_way(district: SurveyRound) -> None:
    """Another official corrects Sóc Hà while this one types Trường Hà."""
    given = {"round": district, "commune": "01417", "source": "báo cáo", "by": system_user(), "at": now()}
    first = enter_totals(**given, households=700, persons=2900)  # type: ignore[arg-type]
    enter_totals(**given, households=705, persons=2900, replaces=first.pk, reason="báo lại")  # type: ignore[arg-type]
    posted = {
        "h-01417": "700", "p-01417": "2.900", "was-01417": str(first.pk), "h-01399": "650", "p-01399": "2800",
        "source": "báo cáo", "step": "store",
    }  # fmt: skip
    assert "Đã ghi số của 1 xã" in seen(official().post(totals_url(district), posted, follow=True))


def form(**fields: str) -> dict[str, str]:
    usual = {"kind": "periodic", "year": str(today().year), "month": "", "area": AREAS.COMMUNE, "legal_basis": "KH 1"}
    return usual | fields


def test_a_leader_sees_what_would_be_opened_and_then_opens_it(db: None) -> None:
    leader = signed_in(person("commune_leader", AREAS.COMMUNE))
    shown = seen(leader.post("/rounds/new/", form(step="check")))
    assert "Sẽ mở đợt này" in shown
    assert "Xã Trường Hà" in shown
    assert not SurveyRound.objects.exists()
    done = seen(leader.post("/rounds/new/", form(step="open"), follow=True))
    assert f"Đã mở đợt {today().year}-periodic cho Xã Trường Hà" in done


def test_a_round_of_a_province_is_called_by_the_name_of_the_province(db: None) -> None:
    reviewer = signed_in(person("province_reviewer", AREAS.PROVINCE))
    done = seen(reviewer.post("/rounds/new/", form(step="open", area=AREAS.PROVINCE), follow=True))
    assert f"Đã mở đợt {today().year}-periodic cho Tỉnh Cao Bằng." in done


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "inyear"}, "cần tháng"),
        ({"month": "3"}, "không ghi tháng"),
        ({"first": "01/09/2026"}, "Ghi cả hai ngày"),
        ({"area": AREAS.SIBLING}, "không gồm"),
        ({"area": "99999"}, "Không có đơn vị hành chính nào"),
        ({"year": "2031"}, "chưa có chuẩn nghèo"),
        ({"on": "31/02/2026"}, "ngày/tháng/năm"),
    ],
)
def test_what_cannot_be_opened_is_said_at_its_field(fields: dict[str, str], words: str, db: None) -> None:
    leader = signed_in(person("commune_leader", AREAS.COMMUNE))
    assert words in seen(leader.post("/rounds/new/", form(step="open", **fields)))
    assert not SurveyRound.objects.exists()


def test_the_largest_rounds_stay_within_the_limits_of_a_page(django_assert_max_num_queries: Any, db: None) -> None:
    """All communes of Thanh Hóa before the districts ended."""
    province = opened("2024-periodic", "38", date(2024, 9, 1))
    reader = signed_in(person("province_reviewer", NATION))
    for url in ("/rounds/", reverse("rounds:detail", args=[province.pk])):
        reader.get(url)
        with django_assert_max_num_queries(15):
            assert len(reader.get(url).content) < 100_000


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Sóc Hà\t710\t2.950\t120", "đúng hai số"),
        ("Sóc Hà\t710", "đúng hai số"),
        ("01417\tXã Trường Hà\t710\t2.950", "hãy ghi mã xã"),
        ("Xã Xa Lạ\t710\t2.950", "không thấy xã này"),
        ("Trường Hà\t1\t2\nXã Trường Hà\t710\t2.950", "đã có ở dòng trên"),
    ],
)
def test_a_pasted_row_that_is_not_sure_is_kept_and_told_why(row: str, why: str, district: SurveyRound) -> None:
    answer = official().post(totals_url(district), {"pasted": row, "step": "fill"})
    assert why in seen(answer)
    assert 'value="710"' not in markup(answer)
    assert row.splitlines()[-1].replace("\t", " ") in markup(answer).partition("<textarea")[2]


def test_two_communes_of_one_name_are_told_apart_by_code_or_type() -> None:
    table = [
        Line(CommuneOfRound("00001", "Xã Thông Nông"), None),
        Line(CommuneOfRound("00002", "Thị trấn Thông Nông"), None),
    ]
    left = pasted(table, "Nông\t1\t2\nThông Nông\t5\t9\nXã Thông Nông\t10\t40\n00002;thông nông;20;80")
    assert [row for row, _reason in left] == ["Nông\t1\t2", "Thông Nông\t5\t9"]
    assert [(line.households, line.persons) for line in table] == [("10", "40"), ("20", "80")]


def test_a_round_of_a_change_over_year_says_what_it_is_not_bound_to(db: None) -> None:
    leader = signed_in(person("commune_leader", AREAS.COMMUNE))
    told = "Chưa gắn chuẩn mở đầu giai đoạn sau: nd351-2025 còn là bản thảo"
    assert told in seen(leader.post("/rounds/new/", form(step="check", year="2026")))
    assert told not in seen(leader.post("/rounds/new/", form(step="check", year="2025")))
