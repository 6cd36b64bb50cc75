"""What invented members answer, column by column: as people of their age in the countryside may live. Plain Python.

Everything is a guess that looks like life; it is no statistics. A member of whom nothing is said to be lacking lacks nothing
by any of the standards.
"""

from dataclasses import dataclass
from random import Random

SCHOOL = ((3, "preschool"), (6, "primary"), (11, "lower_secondary"), (15, "upper_secondary"), (18, "no"))
YES, NO = "yes", "no"
WORKING, RETIRED = 15, 66  # years of age: from when work is asked; from when fewer work
GRANTED, GRANTED_BEFORE = 75, 80  # a monthly allowance, as the checks have it: from the middle of 2025; before
PUPIL, GRADUATE, YOUNG = 16, 18, 31
VOCATIONAL = 0.2  # of those who could, how many go on to learn a trade
LATE, EARLY = 1989, 1975  # born after it: nearly all went to upper secondary school; to lower secondary school


@dataclass(frozen=True, slots=True)
class Soul:
    """A row of the roster with what is needed of it. ``years``: of age; ``born``: in which year; ``seed``: his own, the
    same from year to year."""

    index: int
    years: int
    born: int
    female: bool
    seed: str

    def cell(self, column: str) -> str:
        return f"m{self.index}-{column}"

    def chance(self, what: str) -> float:
        """From 0 to 1, the same from year to year."""
        return Random(f"{self.seed} {what}").random()  # noqa: S311  # nothing secret


def life_of(one: Soul) -> dict[str, str]:
    """By column. Each thing has a chance of its own, so that growing older changes nothing else."""
    studying = _studying(one)
    disabled = one.chance("disabled") < 0.03
    able = WORKING <= one.years < 72 and not disabled
    found = {
        "can_work": YES if able else NO,
        "disabled": YES if disabled else NO,
        "monthly_assistance": YES
        if one.years >= _granted(one) or (disabled and one.chance("assistance") < 0.6)
        else NO,
        "health_insurance": YES,
        "studying": studying,
        "education": _education(one, studying),
        "health_care": "treated" if one.chance("care") < 0.15 else "not_ill",
        "pension": YES if one.years >= 60 and one.chance("pension") < 0.03 else NO,
        "nonfarm_work": "other" if able and studying == NO and one.chance("nonfarm") < 0.15 else "no",
    }
    if one.years >= WORKING:
        found["work"] = _work(one, able=able, studying=studying)
    if one.years < PUPIL:
        found["nutrition"] = "normal"
    elif one.years < YOUNG:
        found["certified_on_job"] = NO
    return found


def _granted(one: Soul) -> int:
    return GRANTED if one.born + one.years >= 2025 else GRANTED_BEFORE


def _studying(one: Soul) -> str:
    found = NO
    for start, level in SCHOOL:
        if one.years >= start:
            found = level
    if GRADUATE <= one.years < 22 and one.chance("vocational") < VOCATIONAL:
        found = "vocational"
    return found


def _education(one: Soul, studying: str) -> str:
    chance = one.chance("education")
    if one.years < 11:
        return "none"
    if one.years < 15:
        return "primary"
    if one.years < GRADUATE:
        return "lower_secondary"
    if one.born > LATE:
        return "upper_secondary" if chance < 0.8 or studying == "vocational" else "intermediate"
    if one.born > EARLY:
        return "lower_secondary" if chance < 0.7 else "upper_secondary"
    return "none" if chance < 0.3 else "primary" if chance < 0.7 else "lower_secondary"


def _work(one: Soul, *, able: bool, studying: str) -> str:
    if studying not in (NO, "preschool") or not able:
        return "none"
    chance = one.chance("work")
    if one.years >= RETIRED:
        return "own" if chance < 0.5 else "none"
    return "contract" if chance < 0.02 and one.years < 55 else "own"
