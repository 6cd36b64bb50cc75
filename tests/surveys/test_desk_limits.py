"""No page of the survey desk over 15 queries or 100 KB of HTML: a household of six on whose form two people wrote for weeks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from households.registry.actions.members import remove_member
from households.registry.models import Household
from households.registry.numbers.sealed import keep
from households.surveys.checks.confirming import confirm_question
from households.surveys.form_models import State, SurveyForm, SurveySheet
from households.surveys.forms.finishing import finish_form, hand_over
from households.surveys.forms.numbers import token_of
from households.surveys.forms.saving import Change, save_answers
from households.surveys.forms.standing import Kind, standing_of
from households.surveys.forms.steps import assign, return_form
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from tests.access.people import AREAS, person, signed_in
from tests.costs import Asked, too_dear
from tests.people import on_the_record
from tests.registry.people import household, member, person_of, told
from tests.surveys.families import AT, WIFE, answers_of, family, filled_form, newcomer
from tests.surveys.filled import a_round, form
from tests.surveys.filled import member as row

pytestmark = pytest.mark.django_db
BEFORE = datetime(2025, 10, 20, 3, tzinfo=UTC)
CHILDREN = ("Nông Thị Dung", "Nông Văn Én", "Nông Thị Phượng")


@pytest.fixture
def an(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Nông Văn An")


@pytest.fixture
def binh(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Lục Thị Bình")


def large_family(number: str) -> Household:
    """``number``: of the head. One of them has left since the form was listed."""
    born = {"sex": "male", "ethnicity": "tay"}
    found = household(
        members=[
            member("Nông Văn An", "head", born=date(1980, 2, 5), identity=number, **born),
            member("Lò Thị Bình", "spouse", born=date(1982, 3, 6), sex="female", ethnicity="tay"),
            member("Nông Văn Cường", "child", born=date(2012, 4, 7), **born),
            *(member(name, "child", born=date(2013, 5, 8), **born) for name in CHILDREN),
        ]
    )
    remove_member(person=person_of(found, "Phượng").pk, on=date(2026, 9, 15), **told())
    return found


def answered(found: Household) -> dict[str, list[str]]:
    """With a number that is nobody's, somebody of another household, and one of whom the portal knows nothing."""
    other = str(person_of(household(members=["Sầm Thị Nhình"])).pk)
    said = answers_of(found, m1_identity=token_of(keep("personal", "004182012345")))
    children = [row(3 + place, name, "08/05/2013", work="") for place, name in enumerate(CHILDREN[:2])]
    for one in (*children, newcomer(7, "Sầm Thị Nhình", "1950", person=other), newcomer(8, "Lý Thị Hoa", "2001")):
        said |= {name: values for name, values in one.items() if name not in said}
    return said


def written(made: SurveyForm, name: str, value: str, by: User, *, ago: int, seen: str | None = None) -> None:
    stands = SurveySheet.objects.get(pk=made.pk).answers.get(name, [])
    before = stands if seen is None else [seen]
    change = Change(name, tuple(before), (value,))
    save_answers(form=made.pk, key=uuid4(), base=0, changes=[change], by=by, at=now() - timedelta(days=ago))


def with_a_story(made: SurveyForm, an: User, binh: User) -> None:
    """Given out twice, written by two, one of their values refused, questions confirmed, handed over and sent back."""
    first = person("village_reviewer", AREAS.COMMUNE, full_name="Hoàng Văn Tám")
    assign(forms=[made.pk], to=first, by=an, at=now())
    assign(forms=[made.pk], to=binh, by=an, at=now())
    written(made, "m8-person", str(person_of(household(members=["Lý Thị Hoa"])).pk), binh, ago=21)
    for number in range(12):
        written(made, "s-note", f"lần {number}", (an, binh)[number % 2], ago=20 - number)
    written(made, "m0-identity", "004080012345", binh, ago=7)
    written(made, "h-floor_area", "12", binh, ago=6)
    written(made, "h-toilet", "none", binh, ago=5, seen="other")
    for one in standing_of(made, today()).obstacles:
        if one.kind is Kind.QUESTION and one.finding:
            asked = {"check": one.finding.check, "field": one.field, "fingerprint": one.fingerprint}
            confirm_question(form=made.pk, **asked, reason="Đã xem tận nơi", by=an, at=now())
    hand_over(form=made.pk, remark="Bà Phượng rời hộ từ tháng 9", by=binh, at=now())
    return_form(form=made.pk, remark="Hỏi lại nhà tiêu", by=an, at=now())


def last_year(found: Household, an: User) -> None:
    """In which stood who has left since."""
    gone = newcomer(9, "Nông Thị Phượng", "08/05/2013", person=str(person_of(found, "Phượng").pk))
    done = {"state": State.DONE, "done_by": an, "done_at": BEFORE}
    form(answers_of(found) | gone, of=found, round=a_round("2025-periodic", on=date(2025, 9, 1)), **done)


def of_form(made: SurveyForm, *names: str) -> Iterator[Asked]:
    yield from (("get", reverse(f"surveys:{name}", args=[made.pk]), {}) for name in names)


def prefilled_form(found: Household) -> SurveyForm:
    listed = {"listed_by": system_user(), "listed_at": AT}
    return SurveyForm.objects.create(round=a_round(), household=found, why="poor", area_code="01392-001", **listed)


def ready_form() -> SurveyForm:
    """Nothing stands open but what the registry is to be told."""
    return filled_form(family(), WIFE)


def done_form(an: User) -> SurveyForm:
    made = filled_form(family())
    finish_form(form=made.pk, told={}, by=an, at=now())
    return made


def forms(an: User, binh: User) -> dict[str, SurveyForm]:
    found, other = large_family("004080012345"), large_family("004080012346")
    last_year(found, an)
    last_year(other, an)
    made = form(answered(found), of=found)
    with_a_story(made, an, binh)
    return {"typed": made, "untouched": prefilled_form(other), "ready": ready_form(), "done": done_form(an)}


def pages(typed: SurveyForm, untouched: SurveyForm, ready: SurveyForm, done: SurveyForm) -> Iterator[Asked]:
    for one in (typed, untouched, ready, done):
        yield from of_form(one, "form", "history", "finish")
        yield "get", reverse("surveys:history", args=[one.pk]), {"field": "s-note"}
        yield "get", reverse("surveys:household", args=[one.household_id]), {}
    yield from of_form(done, "slip")
    yield from (("get", reverse("surveys:list"), asked) for asked in ({}, {"who": "all"}, {"area": AREAS.COMMUNE}))
    yield "get", reverse("surveys:list_households"), {}


def test_every_page_of_a_form_with_a_long_story_stays_light_and_cheap(an: User, binh: User) -> None:
    with on_the_record():
        made = forms(an, binh)
    browser = signed_in(an)
    dear = [told_of for asked in pages(**made) for told_of in too_dear(browser, asked)]
    assert "\n".join(dear) == ""
