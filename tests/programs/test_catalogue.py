"""The catalogue of programmes as plain data."""

from datetime import date

import pytest

from programs.catalogue import ancestors, find_programme, legal_bases, parts_of, programmes


def test_production_support_has_a_part_in_30a_and_a_part_in_135() -> None:
    codes = {part.code for part in parts_of("PTSX")}
    assert {"PTSX-30a", "PTSX-135"} <= codes
    assert find_programme("PTSX").parts_add_up


def test_maintenance_belongs_to_30a_but_is_not_counted_in_its_total() -> None:
    assert [line.code for line in ancestors("30a-duytu")] == ["30a", "GNBV-2016"]
    assert not find_programme("30a").parts_add_up


def test_an_unknown_code_stands_for_itself_and_is_marked() -> None:
    unknown = find_programme("DA-XYZ")
    assert (unknown.name, unknown.known) == ("DA-XYZ", False)
    assert legal_bases("DA-XYZ", date(2016, 1, 1), date(2020, 12, 31)) == ()


@pytest.mark.parametrize(
    ("first", "last", "documents"),
    [
        (date(2016, 1, 1), date(2021, 6, 30), ("Nghị định số 136/2013/NĐ-CP",)),
        (date(2021, 7, 1), date(2025, 12, 31), ("Nghị định số 20/2021/NĐ-CP",)),
        (date(2021, 1, 1), date(2021, 12, 31), ("Nghị định số 136/2013/NĐ-CP", "Nghị định số 20/2021/NĐ-CP")),
    ],
)
def test_relief_in_hunger_follows_the_decree_of_its_day(first: date, last: date, documents: tuple[str, ...]) -> None:
    assert legal_bases("CUUDOI-TET", first, last) == documents


def test_every_parent_is_in_the_catalogue_and_no_line_is_its_own_ancestor() -> None:
    for programme in programmes().values():
        assert not programme.part_of or programme.part_of in programmes()
        assert programme.code not in {line.code for line in ancestors(programme.code)}
