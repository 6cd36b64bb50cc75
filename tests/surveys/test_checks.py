"""Each check in situations from practice: what makes it speak, and what nearly does."""

import os
from pathlib import Path

import pytest

from households.surveys.checks.listed import CHECKS
from households.surveys.checks.parts import Strength, fingerprint_of
from tests.surveys.situations import Situation, all_said_in, said_in, situations
from tests.surveys.situations.table import table

TABLE = Path(__file__).parents[2] / "docs" / "survey-checks.md"
PLAIN = Situation("", "", "hộ không có gì lạ", {})


@pytest.mark.parametrize("one", situations(), ids=lambda one: f"{one.check}: {one.told}")
def test_a_situation_and_what_its_check_says(one: Situation) -> None:
    assert [f"{found.strength} {found.field}".strip() for found in said_in(one)] == one.finds


def test_nothing_is_said_of_a_household_without_anything_odd() -> None:
    assert all_said_in(PLAIN) == []


def test_no_check_breaks_in_any_situation() -> None:
    assert not [found for one in situations() for found in all_said_in(one) if found.basis == "lỗi của cổng"]


def test_every_check_is_shown_speaking_and_silent() -> None:
    names = {check.__name__ for check in CHECKS}
    assert {one.check for one in situations() if one.finds} == names
    assert {one.check for one in situations() if not one.finds} == names


def test_every_check_stands_in_a_file_of_its_name_among_its_kind() -> None:
    files = {one.check: one.file for one in situations()}
    for check in CHECKS:
        assert check.__module__ == f"households.surveys.checks.{files[check.__name__]}.{check.__name__}"


def test_findings_name_their_own_check_and_what_stands_behind_it() -> None:
    for one in situations():
        for found in said_in(one):
            assert found.basis
            assert found.sentence[0] == found.sentence[0].upper() or found.sentence[0] == "“"
            assert found.sentence[-1] in ".?", found.sentence


def test_a_question_comes_again_when_what_it_is_about_changes() -> None:
    one = next(one for one in situations() if one.check == "age_to_marry" and one.finds)
    found = said_in(one)[0]
    said = {name: ["x"] for name in found.rests}
    other = said | {found.rests[0]: ["y"]}
    unrelated = said | {"h-toilet": ["none"]}
    assert found.strength is Strength.QUESTION
    assert fingerprint_of(found, said) == fingerprint_of(found, unrelated) != fingerprint_of(found, other)


def test_the_table_of_checks_is_current() -> None:
    """UPDATE_GUIDE=1 writes it."""
    if os.environ.get("UPDATE_GUIDE") == "1":
        TABLE.write_text(table(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table(), "run with UPDATE_GUIDE=1"
