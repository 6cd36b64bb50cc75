"""The work list: what waits for whom, what it costs, and its tasks as pages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import list_for_round
from households.surveys.forms.steps import assign
from households.surveys.models import SurveyRound
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
from povertyportal.core.history import acting
from tests.access.people import AREAS, person, signed_in
from tests.registry.people import household
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


def test_a_list_is_made_from_the_page_and_a_household_is_added(db: None) -> None:
    recognised(since=LONG_AGO)
    round, client = a_round(code=CODE, days=WHOLE_YEAR, on=TODAY), signed_in(person("commune_official", AREAS.COMMUNE))
    page = client.get("/surveys/list-households/")
    assert "Đưa vào danh sách" in page.content.decode()
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
