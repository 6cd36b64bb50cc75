"""Several people on one form, answers lost, saves sent again and late: nothing typed is lost, nothing is stored twice."""

from typing import Any

import pytest

from households.surveys.form_models import SurveyForm, SurveySave, SurveySheet
from povertyportal.core.models import User
from tests.access.people import AREAS, person
from tests.surveys.clients import Evening
from tests.surveys.filled import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> list[User]:
    return [person("commune_official", AREAS.COMMUNE, full_name=name) for name in ("An", "Bình", "Chi")]


def check(evening: Evening, made: SurveyForm) -> None:
    sheet, saves = SurveySheet.objects.get(pk=made.pk), list(SurveySave.objects.filter(form=made).order_by("pk"))
    assert sorted(save.key for save in saves) == sorted(evening.sent), "each save once"
    check_told_as_it_came(sheet, saves)
    check_nothing_lost(evening, saves)
    check_what_waits(sheet, saves)
    check_pages_agree(evening, sheet)


def check_told_as_it_came(sheet: SurveySheet, saves: list[SurveySave]) -> None:
    """Followed from the first save on, the history gives just what stands there; nobody overwrote what he had not seen."""
    told: dict[str, list[str]] = {}
    for save in saves:
        for one in save.changes:
            assert one["from"] == told.get(one["name"], []), (save.version, one)
            told[one["name"]] = one["to"]
    assert {name: values for name, values in told.items() if values} == sheet.answers
    versions = [save.version for save in saves]
    assert versions == sorted(versions)


def check_nothing_lost(evening: Evening, saves: list[SurveySave]) -> None:
    written = [(one["name"], one["to"]) for save in saves for one in (*save.changes, *save.refused)]
    for name, values in evening.values_sent():
        assert (name, values) in written or not values, (name, values)


def check_what_waits(sheet: SurveySheet, saves: list[SurveySave]) -> None:
    """A refused value waits until it came to stand, somebody decided, or its sender went on typing."""
    waiting: dict[str, dict[tuple[int, str], list[str]]] = {}
    for save in saves:
        for one in save.refused:
            own = waiting.setdefault(one["name"], {})
            gone = [key for key, values in own.items() if key[0] == save.by_id and values in (one["from"], one["to"])]
            for key in gone:
                del own[key]
            own[save.by_id, str(save.key)] = one["to"]
        for one in save.changes:
            own = waiting.setdefault(one["name"], {})
            for key in [key for key, values in own.items() if one.get("decides") or values == one["to"]]:
                del own[key]
    expected = {name: sorted(own.values()) for name, own in waiting.items() if own}
    assert {name: sorted(one["value"] for one in kept) for name, kept in sheet.conflicts.items()} == expected


def check_pages_agree(evening: Evening, sheet: SurveySheet) -> None:
    for page in evening.pages:
        shown = {name: values for name, values in page.shown.items() if values and name not in sheet.conflicts}
        stored = {name: values for name, values in sheet.answers.items() if name not in sheet.conflicts}
        assert shown == stored


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_lost_and_nothing_is_stored_twice(people: list[User], seed: int) -> None:
    evening = Evening(made := form(), people[:2], seed)
    evening.run(100)
    check(evening, made)
    assert min(evening.done[name] for name in ("type", "send", "lose", "repeat", "look")) > 0, evening.done


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 105))
def test_longer_evenings_with_three_people(people: list[User], seed: int) -> None:
    evening = Evening(made := form(), people, seed)
    evening.run(200)
    check(evening, made)
    assert evening.done["decide"] > 0


def test_the_check_would_see_a_value_that_was_lost(people: list[User], monkeypatch: Any) -> None:
    monkeypatch.setattr("households.surveys.forms.merging._keep", lambda *_arguments: None)
    evening = Evening(made := form(), people[:2], 1)
    evening.run(200)
    with pytest.raises(AssertionError):
        check(evening, made)
