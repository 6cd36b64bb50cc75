"""The tables of the procedures hang together: every state is reached and left, every right and paper is known."""

import os
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from households.access.roles import catalogue
from households.papers.review.registry import PAPERS
from households.review.procedures.diagram import diagram
from households.review.procedures.parts import Holder, Procedure, Sure
from households.review.procedures.shelf import PROCEDURES, procedure, procedure_for
from households.review.superior_models import DecisionKind
from households.surveys.form_models import Why
from households.surveys.models import RoundKind
from tests.review.procedure_guide import guide

GUIDE = Path(__file__).parents[2] / "docs" / "review-procedure.md"
YEARS = range(2016, 2028)
every = pytest.mark.parametrize("known", PROCEDURES, ids=lambda one: one.code)
HELD = [(one, holder) for one in PROCEDURES for holder in Holder if any(x.holder is holder for x in one.stages)]
each_holder = pytest.mark.parametrize(("known", "holder"), HELD, ids=lambda one: getattr(one, "code", "") or one.value)


def ways(known: Procedure, holder: Holder) -> Iterator[tuple[str, str]]:
    """From stage to stage."""
    for move in known.moves:
        if move.holder is holder:
            yield from product(move.from_, move.ends)


@each_holder
def test_every_stage_can_be_reached(known: Procedure, holder: Holder) -> None:
    reached = {known.first_of(holder).code}
    for _turn in known.stages:
        reached |= {end for start, end in ways(known, holder) if start in reached}
    assert reached == {one.code for one in known.stages if one.holder is holder}


@each_holder
def test_every_stage_that_is_not_done_can_be_left_for_one_that_is(known: Procedure, holder: Holder) -> None:
    ours = [one for one in known.stages if one.holder is holder]
    ending = {one.code for one in ours if one.done}
    for _turn in ours:
        ending |= {start for start, end in ways(known, holder) if end in ending}
    assert ending == {one.code for one in ours}


@each_holder
def test_the_table_names_only_stages_of_its_own(known: Procedure, holder: Holder) -> None:
    own = {one.code for one in known.stages if one.holder is holder}
    assert {code for way in ways(known, holder) for code in way} <= own


@every
def test_every_move_asks_for_a_right_that_a_role_gives(known: Procedure) -> None:
    given = {action for role in catalogue().roles.values() for action in role.actions}
    assert {one.action for one in known.moves} <= given & set(catalogue().actions)


@every
def test_every_paper_is_one_that_can_be_printed(known: Procedure) -> None:
    assert {paper for one in known.moves for paper in one.papers} <= set(PAPERS)


@every
def test_every_deadline_of_a_move_is_one_of_the_procedure(known: Procedure) -> None:
    assert {one.deadline for one in known.moves} - {""} <= set(known.deadlines)
    assert all(code == one.code and one.days > 0 for code, one in known.deadlines.items())


@every
def test_what_a_step_of_the_dossier_brings_is_a_step_of_villages(known: Procedure) -> None:
    for one in known.moves:
        assert not one.brings or (one.holder is Holder.DOSSIER and known.move(one.brings).holder is Holder.PART)


@every
def test_codes_of_stages_and_moves_are_given_once(known: Procedure) -> None:
    for rows in (known.stages, known.moves):
        codes = [one.code for one in rows]  # type: ignore[attr-defined]
        assert len(codes) == len(set(codes))


@every
def test_it_speaks_of_reasons_rounds_and_decisions_that_there_are(known: Procedure) -> None:
    assert set(known.whys) <= set(Why.values)
    assert set(known.kinds) <= set(RoundKind.values)
    assert set(known.decision_kinds) <= set(DecisionKind.values)


@every
def test_where_a_superior_is_asked_it_is_known_who_and_nobody_else(known: Procedure) -> None:
    assert known.opinion == any(one.code == "ask" for one in known.moves) == bool(known.authorities)


@every
def test_what_is_not_verified_is_said_in_words(known: Procedure) -> None:
    sources = [*known.sources, *(one.source for one in known.deadlines.values()), *(one.source for one in known.moves)]
    if any(one.sure is not Sure.VERIFIED for one in sources):
        assert known.notes


def test_no_two_procedures_claim_one_household() -> None:
    for kind, why, year in product(RoundKind.values, Why.values, YEARS):
        ours = [
            one.code for one in PROCEDURES
            if kind in one.kinds and why in one.whys and one.first <= year <= (one.last or year)
        ]  # fmt: skip
        assert len(ours) <= 1, (kind, why, year, ours)


@pytest.mark.parametrize(
    ("kind", "why", "year", "code"),
    [
        ("periodic", "poor", 2026, "periodic"),
        ("periodic", "escape", 2026, "periodic"),
        ("periodic", "poor", 2021, "periodic"),
        ("periodic", "poor", 2020, "before_2022"),
        ("inyear", "request", 2026, "in_year"),
        ("inyear", "escape", 2026, "escape"),
        ("inyear", "average", 2026, "average"),
        ("inyear", "worker", 2026, "worker"),
        ("inyear", "request", 2020, "in_year_before_2022"),
    ],
)
def test_a_household_goes_through_the_procedure_of_its_reason_round_and_year(
    kind: str, why: str, year: int, code: str
) -> None:
    found = procedure_for(kind=kind, why=why, year=year)
    assert found is not None
    assert found is procedure(code)


def test_low_income_workers_are_not_reviewed_before_the_decree_that_names_them() -> None:
    assert procedure_for(kind="inyear", why="worker", year=2024) is None


def test_for_the_yearly_review_the_district_is_asked_until_june_2025_and_the_province_since() -> None:
    district, province = procedure("periodic").authorities
    assert (district.level, province.level) == ("district", "province")
    assert district.until == province.since
    assert province.since.isoformat() == "2025-07-01"


def test_the_document_says_what_the_tables_say() -> None:
    if os.environ.get("UPDATE_GUIDE"):
        GUIDE.write_text(guide(), encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == guide(), "UPDATE_GUIDE=1 bin/test tests/review/test_procedures.py"


@each_holder
def test_the_diagram_shows_every_way_from_stage_to_stage(known: Procedure, holder: Holder) -> None:
    drawn = re.findall(r"^  (\S+) --> (\w+): ", diagram(known, holder), re.MULTILINE)
    assert set(ways(known, holder)) <= set(drawn)
