"""Forms with answers for tests: ``form()`` is of a household of Trường Hà in the periodic round of 2026; ``answers()`` has
every question of Phiếu B answered, for as many people as one likes."""

from datetime import UTC, date, datetime
from typing import Any

from households.registry.models import Household
from households.surveys.form_models import SurveyForm, SurveySheet, Why
from households.surveys.models import SurveyRound
from households.surveys.queries import round_of
from households.surveys.rounds import open_round
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from tests.registry.people import COMMUNE, household

AT = datetime(2026, 9, 20, 3, tzinfo=UTC)
LAW = "nd07-2021"


def a_round(code: str = "2026-periodic", area: str = COMMUNE, on: date = date(2026, 9, 1), **more: Any) -> SurveyRound:
    """Opened once for a test."""
    known = round_of(code, area)
    return known or open_round(code=code, area_code=area, on=on, by=system_user(), at=AT, **more)


def form(
    answers: dict[str, list[str]] | None = None,
    *,
    why: str = Why.POOR,
    of: Household | None = None,
    round: SurveyRound | None = None,
    area: str = "01392-001",
    **more: Any,
) -> SurveyForm:
    """``answers``: what stands on its sheet."""
    found_round, found_household = round or a_round(), of or household()
    made = SurveyForm(round=found_round, household=found_household, why=why, area_code=area, **more)
    made.listed_by, made.listed_at = system_user(), AT
    with acting(by=system_user(), reason="Phiếu cho phép thử"):
        made.save()
        SurveySheet.objects.create(form=made, answers=answers or {})
    return made


def member(index: int, name: str = "Nông Văn An", birth: str = "05/02/1980", **more: str) -> dict[str, list[str]]:
    """A grown-up for whom nothing is lacking; ``more`` by column."""
    told = {
        "name": name, "birth": birth, "relation": "head" if index == 0 else "child", "sex": "male", "ethnicity": "tay",
        "work": "own", "can_work": "yes", "disabled": "no", "monthly_assistance": "no", "health_insurance": "yes",
        "nutrition": "normal", "studying": "no", "education": "upper_secondary", "certified_on_job": "no",
    } | more  # fmt: skip
    return {f"m{index}-{column}": [value] for column, value in told.items() if value}


def housed(**more: str) -> dict[str, list[str]]:
    """A household that lacks nothing."""
    told = {
        "walls": "durable", "columns": "durable", "roof": "durable", "floor_area": "60", "water_source": "tap",
        "toilet": "septic", "internet": "yes", "devices": "tv",
    } | more  # fmt: skip
    return {f"h-{name}": [value] for name, value in told.items() if value}


def answers(*members: dict[str, list[str]], b1: str = "120", law: str = LAW, **more: list[str]) -> dict[str, list[str]]:
    """Of one grown-up unless members are given; ``more`` by field with "_" for "-": ``h_toilet=["none"]``."""
    rows = {name: values for one in members or (member(0),) for name, values in one.items()}
    found = rows | housed() | {f"{law}:b1": [b1], "s-day": ["05/10/2026"]}
    return found | {name.replace("_", "-", 1): values for name, values in more.items()}
