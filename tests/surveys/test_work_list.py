"""The work list: what waits for whom, what it costs, and its tasks as pages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from households.areas.models import Area
from households.registry.actions.heads import change_head
from households.registry.finding.name_keys import keys_of
from households.registry.finding.upkeep import refresh
from households.registry.models import Household, Membership, Person, Residence
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import add_form, list_for_round
from households.surveys.forms.steps import assign
from households.surveys.models import SurveyRound
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
from povertyportal.core.history import acting
from tests.access.people import AREAS, person, signed_in
from tests.registry.people import household, member, person_of, told
from tests.surveys.test_listing import a_round, recognised

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CODE, WHOLE_YEAR = f"{TODAY.year}-periodic", (date(TODAY.year, 1, 1), date(TODAY.year, 12, 31))  # it lasts today
LONG_AGO = date(2025, 8, 1)


@pytest.fixture
def round(db: None) -> SurveyRound:
    """Three households of two villages, in a round that lasts today."""
    names = ("Nông Văn An", "Sầm Thị Nhình", "Triệu Văn Páo")
    for name, area in zip(names, ("01392-001", "01392-001", "01392-002"), strict=True):
        recognised(area=area, name=name, since=LONG_AGO)
    made = a_round(code=CODE, days=WHOLE_YEAR, on=TODAY)
    list_for_round(round=made, area_code=AREAS.COMMUNE, by=system_user(), at=now())
    return made


def form_of(name: str) -> SurveyForm:
    return SurveyForm.objects.get(household__memberships__person__full_name=name)


def set_to(name: str, state: str, **fields: Any) -> SurveyForm:
    form = form_of(name)
    with acting(by=system_user(), reason="Phép thử"):
        for field, value in {"state": state, "remark": "Thiếu ngày sinh", **fields}.items():
            setattr(form, field, value)
        form.save()
    return form


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"/surveys/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def heads(html: str) -> list[str]:
    names = ("Nông Văn An", "Sầm Thị Nhình", "Triệu Văn Páo")
    table = html.partition("<caption>")[2]
    return sorted((name for name in names if f">{name}</a>" in table), key=table.index)


@pytest.fixture
def official(round: SurveyRound) -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


def test_what_came_back_stands_first_with_the_reason_then_what_is_late(official: Client) -> None:
    set_to("Triệu Văn Páo", State.RETURNED, returned_by=system_user(), returned_at=now())
    set_to("Sầm Thị Nhình", State.WAITING, due=TODAY - timedelta(days=1))
    html = shown(official)
    assert heads(html) == ["Triệu Văn Páo", "Sầm Thị Nhình", "Nông Văn An"]
    assert "Thiếu ngày sinh" in html
    assert "1 bị trả lại" in html
    assert "1 quá hạn" in html


def test_a_reviewer_sees_what_is_his_and_nobodys_in_his_village(round: SurveyRound) -> None:
    mine, other = person("village_reviewer", "01392-001"), person("village_reviewer", "01392-001")
    assign(forms=[form_of("Nông Văn An").pk], to=other, by=system_user(), at=now())
    assert heads(shown(signed_in(mine))) == ["Sầm Thị Nhình"]
    assert heads(shown(signed_in(mine), "?who=all")) == ["Nông Văn An", "Sầm Thị Nhình"]
    assert heads(shown(signed_in(mine), f"?who={other.username}")) == ["Nông Văn An"]


def test_a_form_handed_over_waits_for_whoever_writes_to_the_registry(round: SurveyRound, official: Client) -> None:
    set_to("Nông Văn An", State.HANDED)
    assert "Nông Văn An" in heads(shown(official))
    assert "Nông Văn An" not in heads(shown(signed_in(person("village_reviewer", "01392-001"))))


def test_states_villages_and_nobody_may_be_asked_for(official: Client) -> None:
    set_to("Sầm Thị Nhình", State.TYPING)
    assert heads(shown(official, "?state=typing&who=all")) == ["Sầm Thị Nhình"]
    assert heads(shown(official, "?area=01392-002&who=all")) == ["Triệu Văn Páo"]
    assert heads(shown(official, "?who=nobody&state=waiting")) == ["Nông Văn An", "Triệu Văn Páo"]
    assert official.get("/surveys/?state=else").status_code == 400
    assert official.get("/surveys/?area=99999").status_code == 404
    assert official.get("/surveys/?round=2020-periodic").status_code == 404


@pytest.mark.parametrize("text", ["nong van an", "Nông  Văn ÁN", "an nong", "hộ bà Nông Văn An"])
def test_a_form_is_found_by_the_name_of_the_head_with_or_without_accents(official: Client, text: str) -> None:
    assert heads(shown(official, f"?who=all&q={quote(text)}")) == ["Nông Văn An"]


def test_a_form_is_found_by_the_code_and_by_the_number_of_its_household(official: Client) -> None:
    form = form_of("Sầm Thị Nhình")
    with acting(by=system_user(), reason="Phép thử"):
        Residence.objects.filter(household=form.household_id).update(local_code="MH-0042")
    for text in ("MH-0042", "mh 0042", f"H{form.household_id}", f"hộ H{form.household_id}", f"{form.household_id}"):
        assert heads(shown(official, f"?who=all&q={quote(text)}")) == ["Sầm Thị Nhình"], text


def test_whoever_is_the_head_now_finds_the_form_and_a_former_head_does_not(
    round: SurveyRound, official: Client
) -> None:
    found = household("01392-001", ("Lò Văn Cũ", member("Hoàng Thị Mẩy", "spouse")), on=LONG_AGO)
    add_form(round=round, household=found.pk, why="found", by=system_user(), at=now())
    assert f"H{found.pk}" in shown(official, "?who=all&q=lo+van+cu")
    heir, former = person_of(found, "Mẩy"), person_of(found)
    change_head(household=found.pk, new_head=heir.pk, on=TODAY, relations={former.pk: "spouse"}, **told(at=now()))
    assert "Không có phiếu nào của hộ" in shown(official, "?who=all&q=lo+van+cu")
    assert f"H{found.pk}" in shown(official, "?who=all&q=hoang+thi+may")


def test_a_search_stands_beside_the_other_questions_and_is_kept_in_links(official: Client) -> None:
    set_to("Nông Văn An", State.TYPING)
    assert heads(shown(official, "?who=all&state=waiting&q=an")) == []
    html = shown(official, "?who=all&q=an")
    assert heads(html) == ["Nông Văn An"]
    assert 'href="?q=an&amp;who=all&amp;area=01392-002"' in html
    assert "Tìm trong cả địa bàn của bạn" in shown(official, "?who=all&q=an&area=01392-002")
    assert heads(shown(official, "?who=all&q=an&area=01392-001")) == ["Nông Văn An"]


def test_a_search_that_finds_nothing_says_where_else_to_look(official: Client) -> None:
    set_to("Nông Văn An", State.DONE, done_by=system_user(), done_at=now())
    html = shown(official, "?q=nong+van+an")  # only what waits for the account
    assert "Tìm trong mọi phiếu ở đây" in html
    assert 'href="?who=all&amp;q=nong%20van%20an"' in html
    assert "đưa vào danh sách" in shown(official, "?who=all&q=khong+ai")


def test_a_list_without_rows_keeps_its_filters(official: Client) -> None:
    html = shown(official, "?who=all&state=dropped")
    assert "Không có phiếu nào như vậy" in html
    assert 'id="desk-state"' in html


def test_nobody_finds_forms_of_a_foreign_area(round: SurveyRound) -> None:
    number = form_of("Nông Văn An").household_id
    for account in (person("commune_official", AREAS.FOREIGN_COMMUNE), person("village_reviewer", "01392-002")):
        client = signed_in(account)
        for text in ("nong van an", f"H{number}"):
            assert heads(shown(client, f"?who=all&q={quote(text)}")) == []


def test_who_reads_a_province_finds_a_form_in_it(round: SurveyRound) -> None:
    client = signed_in(person("province_reviewer", AREAS.PROVINCE))
    assert heads(shown(client, "?q=trieu+pao")) == ["Triệu Văn Páo"]
    assert heads(shown(client, f"?q=trieu+pao&area={AREAS.PROVINCE}")) == ["Triệu Văn Páo"]
    assert heads(shown(client, "?q=trieu+pao&area=01392-001")) == []


def test_a_personal_number_never_comes_into_the_address(official: Client) -> None:
    answer = official.post("/surveys/", {"q": "004190123456", "who": "all"}, follow=True)
    assert answer.redirect_chain == [("/surveys/?who=all", 302)]
    assert "tìm theo số định danh ở trang Hộ gia đình" in answer.content.decode()
    assert official.get("/surveys/?q=004190123456").status_code == 400
    assert official.post("/surveys/", {"q": " nông  an ", "state": ""})["Location"] == "/surveys/?q=n%C3%B4ng+an"


def test_a_round_of_long_ago_is_reached_by_its_code_and_from_its_own_page(db: None) -> None:
    made = recognised(name="Nông Văn An", since=LONG_AGO)
    old = a_round(code="2019-periodic", days=(date(2019, 9, 1), date(2019, 12, 14)), on=date(2019, 9, 1))
    asked = {"why": "found", "area_code": "01392", "listed_by": system_user(), "listed_at": now()}
    with acting(by=system_user(), reason="Phép thử"):
        SurveyForm.objects.create(round=old, household=made, **asked)
    client = signed_in(person("commune_official", AREAS.COMMUNE))
    assert heads(shown(client, "?round=2019-periodic&who=all")) == ["Nông Văn An"]
    assert 'href="/surveys/?round=2019-periodic"' in client.get(f"/rounds/{old.pk}/").content.decode()


def test_who_reads_a_province_sees_its_communes_and_nobody_elses_anything(round: SurveyRound) -> None:
    html = shown(signed_in(person("province_reviewer", AREAS.PROVINCE)))
    assert "Xã Trường Hà" in html
    assert "Chọn một xã" in html
    foreign = shown(signed_in(person("commune_official", AREAS.FOREIGN_COMMUNE)))
    assert "chưa có phiếu rà soát nào" in foreign


@pytest.mark.parametrize("role", ["commune_official", "village_reviewer"])
def test_the_list_costs_14_queries_and_little_html(
    round: SurveyRound, role: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(person(role, AREAS.COMMUNE))
    with django_assert_max_num_queries(14):
        html = shown(client, "?who=all")
    assert len(html) < 30_000


@pytest.mark.parametrize("query", ["?who=all", "?who=all&q=nguyen+van+a", "?area=01392&who=all&q=" + "rat+dai+" * 20])
def test_a_commune_of_500_villages_costs_15_queries_and_100_kilobytes(
    round: SurveyRound, query: str, official: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    many_forms(round, villages=500, forms=2_000)
    with django_assert_max_num_queries(15):
        html = shown(official, query)
    assert len(html.encode()) < 100_000
    assert "Bảng nêu 40 trong" in html


def many_forms(round: SurveyRound, *, villages: int, forms: int) -> None:
    first = Area.objects.get(code="01392-001")
    with acting(by=system_user(), reason="Phép thử"):
        codes = [f"01392-{n:03}" for n in range(100, 100 + villages)]
        told_of = {"level": first.level, "type": "Tổ dân phố", "validity": first.validity, "parent_code": "01392"}
        Area.objects.bulk_create(Area(code=one, name=f"Nà Chang Hạ {one}", sort_key=one, **told_of) for one in codes)
        homes = Household.objects.bulk_create(Household(validity=first.validity) for _ in range(forms))
        people = [
            Person(full_name=name, search_key=keys.search_key, sort_key=keys.sort_key)
            for n in range(forms) if (name := f"Nguyễn Văn {'Áâb'[n % 3]}") and (keys := keys_of(name))
        ]  # fmt: skip
        Person.objects.bulk_create(people)
        born = zip(homes, people, strict=True)
        rows = [Membership(household=home, person=one, relation="head", validity=first.validity) for home, one in born]
        Membership.objects.bulk_create(rows)
        listing = {"round": round, "why": "poor", "listed_by": system_user(), "listed_at": now()}
        places = [codes[n % villages] for n in range(forms)]
        made = zip(homes, places, strict=True)
        SurveyForm.objects.bulk_create(SurveyForm(household=home, area_code=code, **listing) for home, code in made)
    refresh(all=True)


def test_a_list_is_made_from_the_page_and_a_household_is_added(db: None) -> None:
    recognised(since=LONG_AGO)
    round, client = a_round(code=CODE, days=WHOLE_YEAR, on=TODAY), signed_in(person("commune_official", AREAS.COMMUNE))
    page = client.get("/surveys/list-households/")
    assert "Đưa vào danh sách" in page.content.decode()
    assert f"Xã Trường Hà, rà soát định kỳ năm {TODAY.year}" in client.get("/surveys/add/").content.decode()
    made = client.post("/surveys/list-households/", {"what": f"{round.pk}:01392", "step": "list"}, follow=True)
    assert "Đã đưa 1 hộ vào danh sách" in made.content.decode()
    other = household("01392-002", on=LONG_AGO)
    asked = {"round": round.pk, "household": f"h{other.pk}", "why": "request"}
    assert client.post("/surveys/add/", asked).status_code == 302
    assert SurveyForm.objects.get(household=other).why == "request"
    again = client.post("/surveys/add/", asked).content.decode()
    assert "đã có phiếu trong đợt" in again


def test_forms_are_given_out_sent_back_and_dropped_on_pages(official: Client) -> None:
    form, mine = form_of("Nông Văn An"), person("village_reviewer", "01392-001")
    page = official.post("/surveys/assign/", {"form": [form.pk]}).content.decode()
    assert "Nông Văn An" in page
    official.post("/surveys/assign/", {"form": [form.pk], "step": "assign", "to": mine.pk, "due": ""})
    form.refresh_from_db()
    assert form.assigned_to == mine
    set_to("Nông Văn An", State.DONE, done_by=mine, done_at=now())
    refused = official.post(f"/surveys/{form.pk}/return/", {"remark": ""}).content.decode()
    assert "Hãy điền mục này" in refused
    official.post(f"/surveys/{form.pk}/return/", {"remark": "Thiếu ngày sinh"})
    official.post(f"/surveys/{form_of('Triệu Văn Páo').pk}/drop/", {"remark": "Đã chuyển đi"})
    states = set(SurveyForm.objects.values_list("state", "remark"))
    assert {("returned", "Thiếu ngày sinh"), ("dropped", "Đã chuyển đi")} <= states


def test_who_takes_a_form_up_has_it(round: SurveyRound) -> None:
    mine = person("village_reviewer", "01392-001")
    form = form_of("Nông Văn An")
    signed_in(mine).post(f"/surveys/{form.pk}/take/")
    form.refresh_from_db()
    assert form.assigned_to == mine


def test_the_household_tells_its_forms(official: Client) -> None:
    form = form_of("Nông Văn An")
    html = official.get(f"/surveys/households/{form.household_id}/").content.decode()
    assert f'href="/surveys/{form.pk}/"' in html
    assert "chưa phải quyết định công nhận" in html
