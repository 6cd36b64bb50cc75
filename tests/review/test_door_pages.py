"""Pages of the desk at the commune's door: what they show, what they take, what they cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households.review.actions.intake import Paper, list_intake, take_in
from households.review.actions.refusing import Letter, refuse_intake
from households.review.actions.subjects import Asked, receive_request
from households.review.calendar.working_days import Calendar
from households.review.models import Intake, IntakeState
from households.review.superior_models import Refusal, SubjectRequest
from households.surveys.form_models import SurveyForm
from povertyportal.core.accounts import system_user
from povertyportal.core.workbooks import read_workbook
from povertyportal.records.models import DisplayRecord
from povertyportal.vietnamese import format_date
from tests.access.people import person, signed_in
from tests.registry.people import COMMUNE, SIBLING, household
from tests.review.reviewed import dossier, finished
from tests.surveys.test_listing import a_round

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
MOST_QUERIES, LARGEST = 15, 100_000
LONG = "Nông Thị Hoàng Phúc Thiên Ân " * 4


@pytest.fixture
def official(db: None) -> Client:
    return signed_in(person("commune_official", COMMUNE))


@pytest.fixture
def leader(db: None) -> Client:
    return signed_in(person("commune_leader", COMMUNE))


def taken(applicant: str = "Lò Thị Bình", commune: str = COMMUNE, **more: Any) -> Intake:
    paper = Paper(**{"kind": "review", "applicant": applicant, "received_on": TODAY, **more})
    return take_in(paper=paper, commune=commune, calendar=Calendar(), by=system_user(), at=NOW)


def wished(applicant: str = "Lò Thị Bình", ago: int = 0, **more: Any) -> SubjectRequest:
    told = {"wish": "see", "content": "Xin xem", "received_on": TODAY - timedelta(days=ago), **more}
    return receive_request(
        asked=Asked(applicant=applicant, **told), commune=COMMUNE, calendar=Calendar(), by=system_user(), at=NOW
    )


def lasting() -> Any:
    """A round in which papers of today are dealt with."""
    return a_round(code=f"{TODAY.year}-periodic", days=(date(TODAY.year, 1, 1), date(TODAY.year, 12, 31)), on=TODAY)


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_paper_comes_into_the_register_and_its_household_onto_the_list(official: Client) -> None:
    lasting()
    home = household(members=("Lò Thị Bình",))
    told = {"commune": COMMUNE, "kind": "review", "applicant": "Lò Thị Bình", "received_on": TODAY.strftime("%d/%m/%Y")}
    answer = official.post("/review/intake/new/", told, follow=True)
    found = Intake.objects.get()
    assert "Đã vào sổ giấy đề nghị số 1/" in answer.content.decode()
    assert f"H{home.pk}: Lò Thị Bình" in answer.content.decode()
    form = answer.context["form"]
    listed = official.post(
        f"/review/intake/{found.pk}/list/", {"which": str(home.pk), "round": form.fields["round"].choices[0][0]},
        follow=True,
    )  # fmt: skip
    assert "đã ở trong danh sách rà soát" in listed.content.decode()
    assert SurveyForm.objects.get().household == home


def test_another_household_than_those_of_the_name_is_taken_by_its_number(official: Client) -> None:
    round, found, home = lasting(), taken(), household(members=("Sầm Văn Páo",))
    path = f"/review/intake/{found.pk}/list/"
    wrong = official.post(path, {"which": "other", "household": "nhà ông Páo", "round": round.pk}).content.decode()
    assert "không phải số hộ" in wrong
    missing = official.post(path, {"which": "other", "household": "", "round": round.pk}).content.decode()
    assert "Hãy ghi số hộ" in missing
    official.post(path, {"which": "other", "household": f"h {home.pk}", "round": round.pk})
    assert SurveyForm.objects.get().household == home


def test_without_a_round_the_page_says_when_one_opens(official: Client) -> None:
    assert "Rà soát thường xuyên mở từ ngày 15" in shown(official, f"/review/intake/{taken().pk}/")


def test_what_is_wrong_is_said_and_what_was_typed_stays(official: Client) -> None:
    told = {"commune": COMMUNE, "kind": "review", "applicant": "", "received_on": "31/02/2026", "content": "Bị tai nạn"}
    html = official.post("/review/intake/new/", told).content.decode()
    assert "Cần ghi ngày/tháng/năm" in html
    assert "Bị tai nạn" in html
    assert not Intake.objects.exists()


def test_a_paper_is_taken_back_or_answered(official: Client, leader: Client) -> None:
    first, second = taken(), taken("Sầm Văn Páo")
    official.post(f"/review/intake/{first.pk}/withdraw/", {"remark": "Bà Bình xin rút"})
    letter = {
        "number": "7/TB-UBND",
        "on": TODAY.strftime("%d/%m/%Y"),
        "reason": "Cư trú ở xã khác",
        "signer": "Ông Tám",
    }
    leader.post(f"/review/intake/{second.pk}/refuse/", letter | {"position": "Chủ tịch"})
    assert sorted(Intake.objects.values_list("state", flat=True)) == [IntakeState.REFUSED, IntakeState.WITHDRAWN]
    html = shown(official, "/review/refusals/")
    assert "7/TB-UBND" in html
    assert "Sầm Văn Páo" in html


def test_the_leader_answers_several_households_at_once(leader: Client) -> None:
    found = dossier()
    forms = [finished("stop", of=household(members=(name,))) for name in ("Lò Thị Bình", "Sầm Văn Páo")]
    path = f"/review/{found.pk}/refusals/"
    assert "2 hộ phải trả lời" in shown(leader, path)
    letter = {"number": "7/TB-UBND", "on": TODAY.strftime("%d/%m/%Y"), "reason": "Phiếu A", "signer": "Ông Tám"}
    told = letter | {"position": "Chủ tịch", "forms": [str(one.pk) for one in forms]}
    answer = leader.post(path, told, follow=True).content.decode()
    assert "Đã ghi 2 văn bản" in answer
    assert "Không còn hộ nào phải trả lời" in answer
    assert sorted(Refusal.objects.values_list("number", flat=True)) == ["7/TB-UBND", "8/TB-UBND"]


def test_who_only_reads_sees_the_letters_and_writes_none() -> None:
    found, auditor = dossier(), signed_in(person("auditor", COMMUNE))
    made = finished("stop", of=household())
    html = shown(auditor, f"/review/{found.pk}/refusals/")
    assert "1 hộ phải trả lời" in html
    assert "Ghi văn bản" not in html
    assert auditor.post(f"/review/{found.pk}/refusals/", {"forms": [made.pk]}).status_code == 405


def test_a_request_is_answered_and_what_is_overdue_stands_first(official: Client) -> None:
    answered, late = wished("Lò Thị Bình"), wished("Sầm Văn Páo", ago=10)
    told = {"outcome": "done", "text": "Đã trao", "on": TODAY.strftime("%d/%m/%Y")}
    official.post(f"/review/requests/{answered.pk}/", told)
    html = shown(official, "/review/requests/")
    assert html.index("Sầm Văn Páo") < html.index("Lò Thị Bình")
    assert "quá hạn" in html
    assert "Lò Thị Bình" not in shown(official, "/review/requests/?show=late")
    assert "cần ghi vì sao" in official.post(f"/review/requests/{late.pk}/", told).content.decode()


def test_a_request_may_name_somebody_of_the_household(official: Client) -> None:
    home = household(members=("Lò Thị Bình", "Lò Văn An"))
    assert "Lò Văn An" in shown(official, f"/review/requests/new/?household=H{home.pk}")
    nobody = shown(official, "/review/requests/new/?household=H999999")
    assert "Về ai trong hộ" not in nobody


def test_the_neighbour_sees_nothing_of_it() -> None:
    found, asked = taken(), wished()
    neighbour = signed_in(person("commune_official", SIBLING))
    for path in ("/review/intake/", "/review/requests/", "/review/refusals/"):
        assert "Lò Thị Bình" not in shown(neighbour, path)
    assert neighbour.get(f"/review/intake/{found.pk}/").status_code == 403
    assert neighbour.get(f"/review/requests/{asked.pk}/").status_code == 403


def test_a_register_is_searched_by_name_and_taken_away_as_a_workbook(official: Client) -> None:
    taken("Lò Thị Bình", address="=1+1")
    taken("Sầm Văn Páo")
    html = shown(official, "/review/intake/?q=lo+thi")
    assert "Lò Thị Bình" in html
    assert "Sầm Văn Páo" not in html
    answer = official.get("/review/intake/register.xlsx?q=lo+thi")
    assert answer["Content-Disposition"].startswith('attachment; filename="giay-de-nghi-')
    rows = read_workbook(answer.content, most_rows=9, most_columns=20).rows
    assert rows[1][:4] == (f"1/{TODAY.year}", format_date(TODAY), "Lò Thị Bình", "=1+1")
    assert len(rows) == 2
    record = DisplayRecord.objects.get()
    assert (record.subject_id, record.field) == ("giay-de-nghi", "1 dòng")
    assert "lo thi" not in record.purpose


@pytest.mark.parametrize("path", ["refusals", "requests"])
def test_letters_and_requests_are_taken_away_too_but_not_the_neighbours(path: str, official: Client) -> None:
    letter = Letter("1/TB-UBND", TODAY, "Cư trú ở xã khác", "Ông Tám", "Chủ tịch")
    refuse_intake(intake=taken("Lò Thị Bình").pk, letter=letter, by=system_user(), at=NOW)
    wished("Lò Thị Bình")
    for client, count in ((official, 2), (signed_in(person("commune_official", SIBLING)), 1)):
        content = client.get(f"/review/{path}/register.xlsx").content
        rows = read_workbook(content, most_rows=9, most_columns=20).rows
        assert len(rows) == count
        assert ("Lò Thị Bình" in rows[-1]) == (count == 2)


def test_a_personal_number_is_not_searched_for_in_an_address(official: Client) -> None:
    assert official.get("/review/intake/?q=004190123456").status_code == 400


def test_a_paper_says_when_it_is_answered_what_else_came_and_what_it_was_answered_by(official: Client) -> None:
    first, second = taken("Lò Thị Bình"), taken("lò thị  bình")
    letter = Letter("9/TB-UBND", TODAY, "Nộp hai lần", "Ông Tám", "Chủ tịch")
    refuse_intake(intake=second.pk, letter=letter, by=system_user(), at=NOW)
    html = shown(official, f"/review/intake/{first.pk}/")
    assert f"{second.number}/{second.year}</a>" in html
    assert "9/TB-UBND" in shown(official, f"/review/intake/{second.pk}/")
    assert first.due_on is not None
    assert format_date(first.due_on) in html


def test_what_takes_longer_is_promised_on_the_page(official: Client) -> None:
    found = wished()
    told = {"first": "Đang đối chiếu", "first_on": TODAY.strftime("%d/%m/%Y"), "done_by": "1/1/2020"}
    assert (
        "Ngày hẹn làm xong trước ngày trả lời" in official.post(f"/review/requests/{found.pk}/", told).content.decode()
    )
    later = (TODAY + timedelta(days=5)).strftime("%d/%m/%Y")
    answer = official.post(f"/review/requests/{found.pk}/", told | {"done_by": later}, follow=True).content.decode()
    assert f"Hẹn làm xong ngày {later}" in answer
    assert "Ghi trả lời lần đầu" not in answer
    assert later in shown(official, "/review/requests/")


@pytest.mark.parametrize("path", ["/review/intake/?state=x", "/review/intake/?year=26", "/review/requests/?show=x"])
def test_a_filter_that_is_none_is_refused(official: Client, path: str) -> None:
    assert official.get(path).status_code == 400


def test_pages_of_a_large_commune_stay_small(
    official: Client, leader: Client, django_assert_max_num_queries: Any
) -> None:
    for turn in range(55):
        found = taken(f"{LONG}{turn}", address="Xóm Nà Tềnh " * 10, content="Bị tai nạn " * 80)
        wished(f"{LONG}{turn}", ago=turn % 9)
        letter = Letter(f"{turn + 1}/TB-UBND", TODAY, "Cư trú ở xã khác " * 60, "Ông Tám", "Chủ tịch")
        if turn < 52:
            refuse_intake(intake=found.pk, letter=letter, by=system_user(), at=NOW)
    home, round = household(members=("Lò Thị Bình",)), lasting()
    listed = taken("Lò Thị Bình")
    list_intake(intake=listed.pk, round=round, household=home.pk, by=system_user(), at=NOW)
    paths = ["/review/intake/", "/review/requests/", "/review/refusals/", f"/review/intake/{found.pk}/"]
    paths += [f"/review/intake/{listed.pk}/", "/review/intake/new/", f"/review/requests/new/?household=H{home.pk}"]
    for path in paths:
        with django_assert_max_num_queries(MOST_QUERIES):
            html = shown(official, path)
        assert len(html.encode()) < LARGEST, path
    path = f"/review/{dossier().pk}/refusals/"
    with django_assert_max_num_queries(MOST_QUERIES):
        shown(leader, path)
