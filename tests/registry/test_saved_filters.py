"""Filters as addresses hold them, and searches that somebody keeps under a name."""

import pytest

from households.registry.finding.filters import FilterRefusedError, Filters, read_filters
from households.registry.finding.saved import MOST_KEPT, drop_filter, keep_filter
from households.registry.finding_models import SavedFilter
from tests.people import account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(area="01392-001", klass="poor", ethnicity="tay", sex="female"),
        Filters(born_from=1950, born_to=1960, head=True, gone=False),
        Filters(gone=True, unplaced=True, no_number=True),
    ],
)
def test_filters_come_back_from_an_address_as_they_went(filters: Filters) -> None:
    assert read_filters(filters.query()) == filters


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("klass", "rich"), ("sex", "x"), ("ethnicity", "martian"), ("born_from", "19"), ("born_to", "1x50"), ("head", "yes"),
        ("gone", "2"), ("colour", "red"), ("born_from", "1849"),
    ],
)  # fmt: skip
def test_what_is_no_filter_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(FilterRefusedError) as refusal:
        read_filters({name: value})
    assert list(refusal.value.problems) == [name]


def test_a_search_is_kept_for_its_owner_alone() -> None:
    one, other = account("nguoi-mot"), account("nguoi-hai")
    kept = keep_filter(user=one, name=" Hộ nghèo Nà Tềnh ", query={"klass": "poor", "q": "an"})
    assert (kept.name, kept.query) == ("Hộ nghèo Nà Tềnh", {"klass": "poor", "q": "an"})
    drop_filter(user=other, pk=kept.pk)
    assert SavedFilter.objects.filter(user=one).count() == 1
    drop_filter(user=one, pk=kept.pk)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "problem"),
    [
        ("", {"klass": "poor"}, "name"),
        ("dài " * 40, {"klass": "poor"}, "name"),
        ("số", {"q": "004 085 900 001"}, "q"),
        ("004085900001", {"klass": "poor"}, "q"),
        ("màu", {"colour": "red"}, "colour"),
        ("loại", {"klass": "rich"}, "klass"),
        ("rỗng", {}, "query"),
    ],
)
def test_a_search_that_cannot_be_kept_is_refused_in_words(name: str, query: dict[str, str], problem: str) -> None:
    with pytest.raises(FilterRefusedError) as refusal:
        keep_filter(user=account("nguoi"), name=name, query=query)
    assert problem in refusal.value.problems
    assert "004085900001" not in str(refusal.value)


def test_two_searches_of_one_person_have_two_names() -> None:
    one = account("nguoi")
    keep_filter(user=one, name="Hộ nghèo", query={"klass": "poor"})
    with pytest.raises(FilterRefusedError, match="Hộ nghèo"):
        keep_filter(user=one, name="Hộ nghèo", query={"klass": "near_poor"})
    assert keep_filter(user=account("khac"), name="Hộ nghèo", query={"klass": "poor"}).pk


def test_nobody_keeps_more_than_a_list_can_show() -> None:
    one = account("nguoi")
    SavedFilter.objects.bulk_create(SavedFilter(user=one, name=str(n), query={"head": "1"}) for n in range(MOST_KEPT))
    with pytest.raises(FilterRefusedError) as refusal:
        keep_filter(user=one, name="thêm", query={"klass": "poor"})
    assert "most" in refusal.value.problems
