"""Every named address × every role × own, foreign, parent and ended unit. What is right is said in rules.py and in REACH."""

from copy import deepcopy
from datetime import date
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households.access.models import RightsReview
from households.access.roles import catalogue
from households.areas.models import Area, AreaSuccession
from households.criteria.models import LegalStandard
from households.registry.finding.name_keys import keys_of
from households.registry.finding.upkeep import refresh
from households.registry.models import Household, HouseholdEvent, Membership, Person, Residence
from households.surveys.form_models import SurveyForm
from households.surveys.models import SurveyRound
from povertyportal.core.account_models import OpenSession
from povertyportal.core.accounts import system_user
from povertyportal.core.views import errors
from povertyportal.documents import pdf
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import digest_of
from reports.reported.models import ReportedFigure
from tests.access.people import AREAS, area_on, granted, person, signed_in, works_in
from tests.access.reviewed import Reviewed, review_in
from tests.access.rules import RULES, Place, Rule
from tests.browser.addresses import named_patterns
from tests.people import on_the_record

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OLD = date(2024, 12, 31)
IN_A_COMMUNE = ("village_reviewer", "commune_official", "commune_leader", "auditor", "administrator")
IN_A_PROVINCE = ("district_reviewer", "province_reviewer", "auditor", "administrator")
HOLDERS = [(role, AREAS.COMMUNE) for role in IN_A_COMMUNE] + [(role, AREAS.PROVINCE) for role in IN_A_PROVINCE]
# which kinds of place a grant reaches, by the unit it stands on
REACH = {AREAS.COMMUNE: {"own", "ended"}, AREAS.PROVINCE: {"own", "ended", "parent"}}
REFUSED = {403, 404}


def ended_commune() -> Area:
    """A commune of old whose land went to the own one, under a code that nobody has today."""
    became = AreaSuccession.objects.filter(to_area=area_on(AREAS.COMMUNE, TODAY)).select_related("from_area")
    return next(row.from_area for row in became if row.from_area.code != AREAS.COMMUNE)


def place(kind: str, area: Area, on: date) -> Place:
    mark = f"Dấu-{kind}-của"
    user = person(username=f"nguoi-o-{kind}".replace("_", "-"), full_name=f"{mark} người")
    works_in(user, area.code, day=on)
    grant = granted(user, "commune_official", area.code, day=on)
    with on_the_record():
        figure = ReportedFigure.objects.create(
            report=f"{mark} văn bản", area=area, area_code=area.code, boundary_on=on, measure=f"{mark}_chi_tieu",
            unit="hộ", period_from=on, period_to=on, published="7", value=7, qualifier="exact", origin="thử",
            entered_by=system_user(), entered_at=timezone.now(),
        )  # fmt: skip
        proposal = Proposal.objects.create(
            kind="grants_after_change", subject=f"{mark} đề nghị", payload={"nơi": kind},
            digest=digest_of(mark), summary=[f"{mark} câu"],
            area_code=area.code, area_on=on, proposed_by=system_user(), proposed_at=timezone.now(), reason="thử",
        )  # fmt: skip
        if area.level == "commune" and on == TODAY:
            Area.objects.create(
                code=f"{area.code}-901", level="village", type="Thôn", name=f"{mark} thôn", parent_code=area.code,
                validity=DateRange(date(2026, 1, 1), None),
            )  # fmt: skip
    review = RightsReview.objects.create(
        reach="area", area=area, half_year="2026-H1", digest="0" * 64, by=system_user(), at=timezone.now(),
        content={"place": area.full_name, "lines": [], "roles": {}}, note=f"{mark} nhận xét",
    )  # fmt: skip
    lived = household_in(area, on, mark) if area.level == "commune" else (0, 0)
    round = round_in(area, on, mark, lived[0])
    form = SurveyForm.objects.filter(household=lived[0]).select_related("round").first()
    with on_the_record():
        reviewed = review_in(form, on, mark) if form else Reviewed()
    return Place(
        kind,
        area.code,
        on,
        mark,
        figure.pk,
        user.username,
        grant.pk,
        review.pk,
        proposal.pk,
        *lived,
        round,
        form.pk if form else 0,
        reviewed,
    )


def round_in(area: Area, on: date, mark: str, household: int) -> int:
    """Opened for just this unit; with a form of the household that lives there."""
    with on_the_record():
        found = SurveyRound.objects.create(
            code=f"{on.year}-periodic", kind="periodic", year=on.year, area_code=area.code, area_on=on,
            days=DateRange(date(on.year, 9, 1), date(on.year, 12, 15)), legal_basis=f"{mark} kế hoạch",
            closing=LegalStandard.objects.get(code="nd07-2021"), opened_by=system_user(), opened_at=timezone.now(),
        )  # fmt: skip
        if household:
            SurveyForm.objects.create(
                round=found, household_id=household, why="poor", area_code=area.code, listed_by=system_user(),
                listed_at=timezone.now(),
            )  # fmt: skip
    return found.pk


def household_in(area: Area, on: date, mark: str) -> tuple[int, int]:
    """A household of the unit, with its head; of a unit that is no more it lived there to its last days."""
    days = DateRange(date(2026, 1, 5) if on == TODAY else date(2020, 1, 1), area.validity.upper)
    name = f"{mark} chủ hộ"
    with on_the_record():
        home = Household.objects.create(validity=days)
        head = Person.objects.create(
            full_name=name, search_key=keys_of(name).search_key, sort_key=keys_of(name).sort_key
        )
        Membership.objects.create(household=home, person=head, relation="head", validity=days)
        Residence.objects.create(household=home, area_code=area.code, validity=days)
        told = {"reason": "Phép thử", "by": system_user(), "at": timezone.now()}
        HouseholdEvent.objects.create(household=home, kind="registered", on=days.lower, **told)
    refresh(household_ids=[home.pk])
    return home.pk, head.pk


@pytest.fixture(scope="module")
def places(module_database: None) -> dict[str, Place]:
    kinds = {
        "own": (area_on(AREAS.COMMUNE, TODAY), TODAY),
        "foreign": (area_on(AREAS.FOREIGN_COMMUNE, TODAY), TODAY),
        "parent": (area_on(AREAS.PROVINCE, TODAY), TODAY),
        "ended": (ended_commune(), OLD),
        "foreign_ended": (area_on("193", OLD), OLD),
    }
    return {kind: place(kind, area, on) for kind, (area, on) in kinds.items()}


@pytest.fixture(scope="module")
def sessions(module_database: None) -> list[SimpleCookie]:
    return [signed_in(person(role, code)).cookies for role, code in HOLDERS]


@pytest.fixture
def holders(sessions: list[SimpleCookie]) -> list[tuple[str, str, Client]]:
    """Browsers of their own for each test: an answer may change the cookies. They were at work just now, however long the
    module takes: an administrator's screen locks after five minutes."""
    OpenSession.objects.update(active_at=timezone.now())
    found = [(role, code, Client()) for role, code in HOLDERS]
    for (_, _, client), cookies in zip(found, sessions, strict=True):
        client.cookies = deepcopy(cookies)
    return found


class Unprinted:
    """In place of a paper that takes a second to print: the page it is printed from, in which marks are found too."""

    def __init__(self, *, string: str, **_options: Any) -> None:
        self.string, self.pages = string, [string]

    def render(self, **_options: Any) -> "Unprinted":
        return self

    def write_pdf(self, **_options: Any) -> bytes:
        return self.string.encode()


@pytest.fixture(autouse=True)
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "HTML", Unprinted)


@pytest.fixture
def refused_in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the status of an answer counts: most are refusals, and their page with all its menus takes longer than all the
    rest of the answer. What it shows: tests/pages/test_errors.py."""

    def in_short(_request: HttpRequest, _template: str, _told: dict[str, Any], *, status: int) -> HttpResponse:
        return HttpResponse(status=status)

    monkeypatch.setattr(errors, "render", in_short)


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert {name for name, _ in named_patterns()} == RULES.keys()


def allows(role: str, rule: Rule, method: str = "get") -> bool:
    needed = rule.sends if method == "post" and rule.sends else rule.actions
    return not needed or bool(catalogue().roles[role].actions & set(needed))


SCOPED = sorted(name for name, rule in RULES.items() if rule.path)
COMMON = sorted(RULES.keys() - set(SCOPED))


@pytest.mark.usefixtures("refused_in_short")
@pytest.mark.parametrize("name", SCOPED)
def test_things_of_a_unit_are_open_to_whoever_holds_the_right_there(
    name: str, places: dict[str, Place], holders: list[tuple[str, str, Client]]
) -> None:
    rule, wrong = RULES[name], []
    assert rule.path
    for role, code, client in holders:
        for kind in rule.kinds:
            path = rule.path(places[kind])
            there = rule.whole_map or kind in REACH[code]
            for method in ("get", "post"):
                open_to = there and allows(role, rule, method)
                status = getattr(client, method)(path).status_code
                if not fits(status, open_to, rule):
                    wrong.append(f"{role} at {code}: {method} {path} ({kind}) gave {status}")
    assert wrong == []


def fits(status: int, open_to: bool, rule: Rule) -> bool:
    if not open_to:
        return status in ({403, 405} if rule.missing else REFUSED | {405})
    return status in ({404, 405} if rule.missing else {200, 302, 400, 405})


@pytest.mark.parametrize("name", COMMON)
def test_what_a_common_page_shows_lies_in_the_scope(
    name: str, places: dict[str, Place], holders: list[tuple[str, str, Client]]
) -> None:
    rule, wrong = RULES[name], []
    path = reverse(name, args=rule.args)
    for role, code, client in holders:
        answer = client.get(path)
        expected = {200, 302, 405} if allows(role, rule) else {403}
        if answer.status_code not in expected:
            wrong.append(f"{role} at {code}: {answer.status_code}")
        text = text_of(answer)
        seen = [kind for kind, one in places.items() if one.mark in text and kind not in REACH[code]]
        wrong += [f"{role} at {code} sees things of {kind}" for kind in seen]
    assert wrong == []


def text_of(answer: Any) -> str:
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode(errors="replace")


def address(name: str, places: dict[str, Place]) -> str:
    rule = RULES[name]
    return rule.path(places["own"]) if rule.path else reverse(name, args=rule.args)


def test_an_account_without_grants_comes_to_its_own_pages_only(places: dict[str, Place]) -> None:
    nobody, wrong = person(), []
    for name, rule in sorted(RULES.items()):
        status = signed_in(nobody).get(address(name, places)).status_code
        if status not in (REFUSED if rule.actions else {200, 302, 405}):
            wrong.append(f"{name}: {status}")
    assert wrong == []


def test_a_stranger_is_sent_to_sign_in(places: dict[str, Place]) -> None:
    wrong = []
    for name, rule in sorted(RULES.items()):
        answer = Client().get(address(name, places))
        sent = answer.status_code == 302 and answer["Location"].startswith(reverse("login"))
        if sent is rule.strangers and name != "sign_in_code":  # the second step without the first leads to the first
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []


def test_a_question_that_a_page_does_not_know_is_refused(places: dict[str, Place]) -> None:
    everything, wrong = person(username="moi-vai-tro"), []
    for role in catalogue().roles:
        granted(everything, role, AREAS.COMMUNE)
    for name in sorted(RULES):
        path = address(name, places)
        status = signed_in(everything).get(path + ("&" if "?" in path else "?") + "khong_co=1").status_code
        if status != 400:
            wrong.append(f"{name}: {status}")
    assert wrong == []
