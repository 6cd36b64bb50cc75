"""A table that points at a person or a household and that nobody thought of stops every merge."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from households.registry.finding_models import SearchRow
from households.registry.merging import relations
from households.registry.merging.records import merge_households, merge_persons
from households.registry.merging.relations import How, check_declared, declare_merge, relations_to
from households.registry.models import Household, Membership, Person
from households.registry.problems import RegistryRefusedError
from povertyportal.core.history_row import HistoryRow
from tests.registry.people import household, member, person_of, told

BINH = member("Nông Thị Bình", "child", born=2005)


@pytest.mark.parametrize("model", [Person, Household])
def test_every_relation_of_today_is_declared(model: type[models.Model]) -> None:
    check_declared(model)


def fields_to(model: type[models.Model]) -> set[str]:
    """As the tables themselves say it: every column of every model that refers to this one."""
    return {
        f"{one._meta.label}.{field.name}"
        for one in apps.get_models(include_auto_created=True)
        if not issubclass(one, HistoryRow)
        for field in one._meta.get_fields()
        if getattr(field, "concrete", False) and field.related_model is model
    }


@pytest.mark.parametrize("model", [Person, Household])
def test_no_relation_is_overlooked(model: type[models.Model]) -> None:
    assert {name for name, _model, _field in relations_to(model)} == fields_to(model)


def test_what_is_declared_exists() -> None:
    assert set(relations._declared) == fields_to(Person) | fields_to(Household)


def test_a_relation_is_declared_one_way_only() -> None:
    with pytest.raises(ValueError, match="MOVES"):
        declare_merge("households.Person.merged_into", How.STAYS)


@pytest.fixture
def forgotten(monkeypatch: Any) -> str:
    """As if a new table pointed at persons and nobody had declared it."""
    known = dict(relations._declared)
    known.pop("households.HouseholdEvent.person")
    monkeypatch.setattr(relations, "_declared", known)
    return "households.HouseholdEvent.person"


def pair() -> tuple[int, int]:
    first = household("01392-001", [member("Nông Văn An", "head"), BINH])
    second = household("01392-001", [member("Lý A", "head"), BINH])
    return person_of(first, "Bình").pk, person_of(second, "Bình").pk


@pytest.mark.django_db
def test_a_forgotten_table_refuses_the_merge_and_nothing_changes(forgotten: str) -> None:
    keep, drop = pair()
    before = set(Membership.objects.values_list("pk", "person", "household"))
    with pytest.raises(RegistryRefusedError, match=forgotten):
        merge_persons(keep=keep, drop=drop, **told())
    assert set(Membership.objects.values_list("pk", "person", "household")) == before
    assert not Person.objects.exclude(merged_into=None).exists()


def declared(monkeypatch: Any, relation: str, how: How) -> None:
    monkeypatch.setattr(relations, "_declared", relations._declared | {relation: how})


@pytest.mark.django_db
def test_a_table_whose_rows_must_not_follow_refuses_while_it_has_some(monkeypatch: Any) -> None:
    declared(monkeypatch, "households.HouseholdEvent.household", How.REFUSES)
    first, second = household("01392-001", ["Nông Văn An"]), household("01392-001", ["Nông Văn An"])
    with pytest.raises(RegistryRefusedError, match="biến động của hộ"):
        merge_households(keep=first.pk, drop=second.pk, persons=persons(first, second), **told())
    assert not Household.objects.exclude(merged_into=None).exists()


@pytest.mark.django_db
def test_rows_of_which_there_can_be_one_only_refuse_in_words(monkeypatch: Any) -> None:
    declared(monkeypatch, "households.SearchRow.person", How.MOVES)
    keep, drop = pair()
    with pytest.raises(RegistryRefusedError, match="không ghép được thành một"):
        merge_persons(keep=keep, drop=drop, **told())
    assert SearchRow.objects.filter(person__in=[keep, drop]).count() == 2


def persons(first: Household, second: Household) -> dict[int, int]:
    return {person_of(second).pk: person_of(first).pk}
