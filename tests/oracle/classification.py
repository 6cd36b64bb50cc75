"""A second, naive classification by Decree 07/2021 and Decision 59/2015, written from the domain notes (standards.md), not from
the portal's documents of law: every threshold stands here in plain sight. Slow; missing answers are tried out one by one."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import product
from typing import Any

Answer = dict[str, Any]
Predicate = Callable[[Answer, int, date], bool]  # member with every answer, age, day of birth

CHOICES: dict[str, tuple[Any, ...]] = {
    "work": ("contract", "no_contract", "own", "seeking", "none"),
    "nutrition": ("normal", "stunted", "underweight", "both"),
    "studying": ("no", "preschool", "primary", "lower_secondary", "upper_secondary", "vocational", "higher"),
    "education": ("none", "primary", "lower_secondary", "upper_secondary", "elementary", "intermediate", "college"),
    "health_care": ("not_ill", "treated", "untreated"),
    "disabled": (False, True),
    "monthly_assistance": (False, True),
    "health_insurance": (False, True),
    "certified_on_job": (False, True),
}
BELOW_LOWER_SECONDARY = ("no", "preschool", "primary")
BELOW_UPPER_SECONDARY = ("no", "preschool", "primary", "lower_secondary")


def age_on(birth: date, on: date) -> int:
    """Who was born on 29 February completes a year on 28 February of a common year."""
    birthday = (birth.month, birth.day)
    if birthday == (2, 29) and not _leap(on.year):
        birthday = (2, 28)
    return on.year - birth.year - ((on.month, on.day) < birthday)


def _leap(year: int) -> bool:
    return year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)


@cache
def possible_births(birth_date: str | None, year: int | None, on: date) -> tuple[date, ...]:
    """With an unknown day: the first and last possible, and the birthdays of the day of the review with a day beside."""
    if birth_date:
        return (date.fromisoformat(birth_date),)
    first = date(year, 1, 1) if year else date(on.year - 130, 1, 1)
    last = min(date(year, 12, 31), on) if year else on
    days = {first, last, date(1985, 12, 31), date(1986, 1, 1)}
    for past in range(on.year - first.year + 2):
        near = date(on.year - past, on.month, min(on.day, 28))
        days |= {near + timedelta(days=beside) for beside in (0, 1, 2)}
    return tuple(sorted(day for day in days if first <= day <= last and age_on(day, on) <= 130))


def verdicts(member: Answer, on: date, fields: tuple[str, ...], predicate: Predicate) -> frozenset[bool]:
    """What the predicate says over all completions of the member's answers."""
    given = tuple(member.get(name) for name in fields)
    births = possible_births(member.get("birth_date"), member.get("birth_year"), on)
    return _verdicts(births, given, on, fields, predicate)


@lru_cache(maxsize=50_000)
def _verdicts(
    births: tuple[date, ...], given: tuple[Any, ...], on: date, fields: tuple[str, ...], predicate: Predicate
) -> frozenset[bool]:
    options = [CHOICES[name] if one is None else (one,) for name, one in zip(fields, given, strict=True)]
    return frozenset(
        predicate(dict(zip(fields, chosen, strict=True)), age_on(birth, on), birth)
        for birth in births
        for chosen in product(*options)
    )


def counted(members: list[Answer], on: date, fields: tuple[str, ...], predicate: Predicate) -> tuple[int, int]:
    """Members for whom it holds: at least, at most."""
    found = [verdicts(member, on, fields, predicate) for member in members]
    return sum(one == {True} for one in found), sum(True in one for one in found)


def someone(members: list[Answer], on: date, fields: tuple[str, ...], predicate: Predicate) -> bool | None:
    least, most = counted(members, on, fields, predicate)
    return True if least >= 1 else None if most >= 1 else False


def small_house(members: list[Answer], household: Answer) -> bool | None:
    area = household.get("floor_area")
    return None if area is None else round(area * 100) < 800 * len(members)


def is_one_of(household: Answer, field: str, *bad: Any) -> bool | None:
    return None if household.get(field) is None else household[field] in bad


def none_of(household: Answer, *names: str) -> bool | None:
    devices = household.get("devices")
    return None if devices is None else not any(name in devices for name in names)


def both(first: bool | None, second: bool | None) -> bool | None:
    if first is False or second is False:
        return False
    return True if first and second else None


# Decree 07/2021/NĐ-CP: 12 indicators (standards.md 1.2)


def _no_job(one: Answer, age: int, birth: date) -> bool:
    return age >= 15 and one["work"] in ("seeking", "no_contract")


def _dependent(one: Answer, age: int, birth: date) -> bool:
    return age < 16 or ((age >= 60 or one["disabled"]) and one["monthly_assistance"])


def _malnourished(one: Answer, age: int, birth: date) -> bool:
    return age < 16 and one["nutrition"] != "normal"


def _uninsured(one: Answer, age: int, birth: date) -> bool:
    return age >= 6 and not one["health_insurance"]


def _unschooled_adult(one: Answer, age: int, birth: date) -> bool:
    if one["certified_on_job"]:
        return False
    if 16 <= age < 18:
        return one["studying"] in BELOW_LOWER_SECONDARY and one["education"] in ("none", "primary")
    low = ("none", "primary", "lower_secondary")
    return 18 <= age <= 30 and one["studying"] in BELOW_UPPER_SECONDARY and one["education"] in low


def _child_behind(one: Answer, age: int, birth: date) -> bool:
    if 3 <= age < 6:
        return bool(one["studying"] == "no")
    if 6 <= age < 12:
        return one["studying"] in ("no", "preschool")
    return 12 <= age < 16 and one["studying"] in BELOW_LOWER_SECONDARY


def _dependents(members: list[Answer], on: date) -> bool | None:
    least, most = counted(members, on, ("disabled", "monthly_assistance"), _dependent)
    half = len(members) / 2
    return True if least > half else None if most > half else False


def _weak_house(household: Answer) -> bool | None:
    parts = [household.get(name) for name in ("walls", "columns", "roof")]
    if parts.count("not_durable") >= 2:
        return True
    return False if parts.count("durable") >= 2 else None


def indicators_of_2021(members: list[Answer], household: Answer, on: date) -> dict[str, bool | None]:
    return {
        "employment": someone(members, on, ("work",), _no_job),
        "dependents": _dependents(members, on),
        "nutrition": someone(members, on, ("nutrition",), _malnourished),
        "health_insurance": someone(members, on, ("health_insurance",), _uninsured),
        "adult_education": someone(members, on, ("studying", "education", "certified_on_job"), _unschooled_adult),
        "child_attendance": someone(members, on, ("studying",), _child_behind),
        "housing_quality": _weak_house(household),
        "housing_area": small_house(members, household),
        "water": is_one_of(household, "water_source", "other"),
        "toilet": is_one_of(household, "toilet", "other", "none"),
        "telecom": is_one_of(household, "internet", False),
        "information_means": none_of(
            household, "tv", "radio", "desktop", "telephone", "laptop", "tablet", "smartphone"
        ),
    }


# Decision 59/2015/QĐ-TTg: 10 indicators (standards.md 3.3)


def _ill_untreated(one: Answer, age: int, birth: date) -> bool:
    return bool(one["health_care"] == "untreated")


def _unschooled_since_1986(one: Answer, age: int, birth: date) -> bool:
    left = one["education"] in ("none", "primary") and one["studying"] == "no"
    return age >= 15 and birth.year >= 1986 and left


def _child_at_home(one: Answer, age: int, birth: date) -> bool:
    return 5 <= age < 15 and one["studying"] == "no"


def indicators_of_2015(members: list[Answer], household: Answer, on: date) -> dict[str, bool | None]:
    no_phone, no_internet = is_one_of(household, "phone", False), is_one_of(household, "internet", False)
    no_means = none_of(household, "tv", "radio", "desktop", "laptop", "tablet")
    return {
        "health_care": someone(members, on, ("health_care",), _ill_untreated),
        "health_insurance": someone(members, on, ("health_insurance",), _uninsured),
        "adult_education": someone(members, on, ("studying", "education"), _unschooled_since_1986),
        "child_attendance": someone(members, on, ("studying",), _child_at_home),
        "housing_quality": is_one_of(household, "house_class", "temporary", "simple"),
        "housing_area": small_house(members, household),
        "water": is_one_of(household, "water_source", "other"),
        "toilet": is_one_of(household, "toilet", "other", "none"),
        "telecom": both(no_phone, no_internet),
        "information_means": both(no_means, is_one_of(household, "loudspeaker", False)),
    }


# classes; (class, kind, unsure)

Class = tuple[str, str | None, bool]
NOT_POOR: Class = ("not_poor", None, False)


def by_scores_2021(b1: int, deprived: int, urban: bool) -> Class:
    if b1 > (175 if urban else 140):
        return NOT_POOR
    return ("poor" if deprived >= 3 else "near_poor", None, False)


def by_income_2021(month: float, deprived: int, urban: bool) -> Class:
    poor, average = (2_000_000, 3_000_000) if urban else (1_500_000, 2_250_000)
    if month <= poor:
        return ("poor" if deprived >= 3 else "near_poor", None, False)
    return ("average", None, False) if month <= average else NOT_POOR


def by_scores_2015(b1: int, deprived: int, urban: bool) -> Class:
    poor, near_poor, average = (140, 175, 250) if urban else (120, 150, 200)
    if b1 <= poor:
        return "poor", "income", False
    if b1 <= near_poor:
        return ("poor", "deprivation", False) if deprived >= 3 else ("near_poor", None, False)
    return "not_poor", None, b1 <= average  # the cut-off of the average living standard is unsure


def by_income_2015(month: float, deprived: int, urban: bool) -> Class:
    poor, near_poor, average = (900_000, 1_300_000, 1_950_000) if urban else (700_000, 1_000_000, 1_500_000)
    if month <= poor:
        return "poor", "income", False
    if month <= near_poor:
        return ("poor", "deprivation", False) if deprived >= 3 else ("near_poor", None, False)
    return ("average", None, False) if month <= average else NOT_POOR


Rules = Callable[[int, int, bool], Class]
STANDARDS: dict[str, tuple[Callable[..., dict[str, bool | None]], Rules, Callable[..., Class], int]] = {
    "nd07-2021": (indicators_of_2021, by_scores_2021, by_income_2021, 4),
    "qd59-2015": (indicators_of_2015, by_scores_2015, by_income_2015, 3),
}


def classified(code: str, answers: Answer, on: date, urban: bool) -> Answer:
    """Class, kind, unsure, indicators and gate; None where the answers leave it open."""
    indicators_of, by_scores, by_income, stop_at = STANDARDS[code]
    household = answers.get("household", {})
    members = answers.get("members", [])
    indicators = indicators_of(members, household, on) if members else {}
    counts = range(
        sum(one is True for one in indicators.values()), sum(one is not False for one in indicators.values()) + 1
    )
    if not members:
        given = answers["b2"] // 10 if "b2" in answers else answers["deprivations"]
        counts = range(given, given + 1)
    amounts, rules = _amounts(answers, by_scores, by_income)
    outcomes = {rules(amount, count, urban) for amount in amounts for count in counts}
    found = _common(outcomes) | {"indicators": indicators, "gate": _gate(answers, stop_at)}
    if found["class"] == "not_poor" and rules is by_scores:
        found |= _farming(code, answers, urban, found)
    return found


def _amounts(answers: Answer, by_scores: Rules, by_income: Any) -> tuple[list[Any], Any]:
    """Points of B1, or đồng per person and month, all that are possible."""
    if answers.get("b1") is not None:
        return [answers["b1"]], by_scores
    if answers.get("income_month") is not None:
        return [answers["income_month"]], by_income
    total = year_total(answers)
    if total is not None:
        return [total / 12 / len(answers["members"])], by_income
    if any(value is not None for value in _annual(answers).values()):
        return list(range(0, 5_000_000, 50_000)), by_income
    return list(range(400)), by_scores


def _annual(answers: Answer) -> Answer:
    return answers.get("household", {}).get("annual_income") or {}


SOURCES = ("crops", "livestock", "farm_services", "forestry", "fishery", "salt", "business", "wages", "other")


def year_total(answers: Answer) -> int | None:
    total = 0
    for source in SOURCES:
        value = _annual(answers).get(source)
        if value is None:
            return None
        total += value["revenue"] - value["cost"] if isinstance(value, dict) else value
    return total


def _common(outcomes: set[Class]) -> Answer:
    classes, kinds = {one[0] for one in outcomes}, {one[1] for one in outcomes}
    if len(classes) > 1:
        return {"class": None, "kind": None, "unsure": False}
    kind = kinds.pop() if len(kinds) == 1 else None
    return {"class": classes.pop(), "kind": kind, "unsure": any(one[2] for one in outcomes)}


def _gate(answers: Answer, stop_at: int) -> str | None:
    if answers.get("a") is not None:
        return "stop" if answers["a"] >= stop_at else "survey"
    items = answers.get("household", {}).get("a") or {}
    yes, no = sum(one is True for one in items.values()), sum(one is False for one in items.values())
    if yes + no == 0:
        return None
    return "stop" if yes >= stop_at else "survey" if 9 - no < stop_at else None


def _farming(code: str, answers: Answer, urban: bool, found: Answer) -> Answer:
    """Average living standard of farming households, from the income of a year (standards.md 2.7; bounds of 1.1 and 3.1)."""
    if all(value is None for value in _annual(answers).values()):
        return {}
    total, farming = year_total(answers), answers["household"].get("farming")
    if code == "nd07-2021":
        low, high = (2_000_000, 3_000_000) if urban else (1_500_000, 2_250_000)
    else:
        low, high = (1_300_000, 1_950_000) if urban else (1_000_000, 1_500_000)
    months = 12 * len(answers["members"])
    average = both(farming, None if total is None else low * months < total <= high * months)
    if average is None:
        return {"class": None, "kind": None, "unsure": False}
    return {"class": "average", "kind": None, "unsure": False} if average else {}


def differences(mine: Answer, other: Answer) -> Iterator[str]:
    for key, value in mine.items():
        if other[key] != value:
            yield f"{key}: {value} ≠ {other[key]}"
