"""Random households with valid answers, as `manage.py classify` takes them: for engine, columns, oracle and benchmarks.

The same arguments give the same households. Half of them leave nothing open; the rest miss some or most answers. Answers
of the members of a household resemble each other (else nearly every household would be deprived in everything), ages lie
often on the birthdays that the standard asks about or a day beside, amounts on its lines or a đồng beside."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from households.criteria.law.parts import AreaType, Condition, Line, SeveralTest, Standard, Test

VOCABULARY = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "households/criteria/vocabulary.toml").read_text(encoding="utf-8")
)
PLAIN_KINDS = {"flag", "choice"}
EDGES = (0, 1, 15, 60, 100)
Household = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What the households are made for. ``b1_table``: a B1Table, for households that tick its options.
    ``gaps=False``: every answer is given, births are dates. ``forms=False``: each has a roster, none only its scores or
    its income."""

    standard: Standard
    on: date
    area_type: AreaType
    b1_table: Any = None
    gaps: bool = True
    forms: bool = True


def random_households(n: int, *, seed: int, **wanted: Any) -> list[Household]:
    """The keywords are the fields of ``Wanted``."""
    return households_for(Wanted(**wanted), n, seed)


def households_for(wanted: Wanted, n: int, seed: int) -> list[Household]:
    rng, scalars = np.random.default_rng(seed), Random(seed)  # noqa: S311 - NumPy is slow for one number
    sizes = np.where(rng.random(n) < 0.003, rng.integers(5, 61, n), rng.integers(1, 5, n))
    holes = rng.choice([0.0, 0.0, 0.0, 0.03, 0.1, 0.5, 0.95], n) if wanted.gaps else np.zeros(n)
    members = _members(rng, wanted, sizes, holes)
    households = _answers(rng, wanted, sizes, holes)
    return [
        _input(scalars, wanted, [next(members) for _ in range(size)], household, float(hole))
        for size, household, hole in zip(sizes.tolist(), households, holes.tolist(), strict=True)
    ]


# members


def _members(
    rng: np.random.Generator, wanted: Wanted, sizes: NDArray[np.int64], holes: NDArray[np.float64]
) -> Iterator[Household]:
    total, owner = int(sizes.sum()), np.repeat(np.arange(len(sizes)), sizes)
    columns: dict[str, list[Any]] = {}
    for name, field in VOCABULARY["member"].items():
        if field["kind"] in PLAIN_KINDS:
            values = _values(field)
            usual = rng.integers(1, len(values), len(sizes))[owner]
            code = np.where(rng.random(total) < 0.85, usual, rng.integers(1, len(values), total))
            columns[name] = _picked(values, np.where(rng.random(total) < holes[owner], 0, code))
    columns["birth_date"], columns["birth_year"] = _births(rng, wanted, holes[owner])
    columns["name"] = _picked([None, "Lò Văn A", "Hoàng Thị Bích Ngọc", "Vàng A Dế"], rng.integers(0, 4, total))
    short = rng.random(total) < 0.5
    for keys_left_out, row in zip(short.tolist(), zip(*columns.values(), strict=True), strict=True):
        pairs = zip(columns, row, strict=True)
        yield {name: value for name, value in pairs if value is not None or not keys_left_out}


def _values(field: dict[str, Any]) -> list[Any]:
    return [None, False, True] if field["kind"] == "flag" else [None, *field["options"]]


def _picked(values: list[Any], codes: NDArray[np.int64]) -> list[Any]:
    return [values[code] for code in codes.tolist()]


def _births(
    rng: np.random.Generator, wanted: Wanted, holes: NDArray[np.float64]
) -> tuple[list[str | None], list[int | None]]:
    n, on = len(holes), wanted.on
    ages, born = _asked_ages(wanted.standard)
    edges = [_birthday(on, age) + timedelta(days=day) for age in ages for day in (-1, 0, 1)]
    edges += [day + timedelta(days=beside) for day in born for beside in (-1, 0, 1)]
    edges += [date(year, 2, 29) for year in range(1908, on.year, 4)]
    edges = [day for day in edges if day <= on]
    drawn = [on - timedelta(days=int(days)) for days in rng.integers(0, 95 * 365, n)]
    at_edge = rng.random(n) < 0.4
    chosen = [
        edges[pick] if edge else day
        for edge, pick, day in zip(at_edge.tolist(), rng.integers(0, len(edges), n).tolist(), drawn, strict=True)
    ]
    known = np.where(holes == 0, 0, rng.choice([0, 1, 1, 2, 3], n)).tolist()  # date, year alone, both, neither
    unknown = (rng.random(n) < holes).tolist()
    dates = [
        day.isoformat() if how in {0, 2} and not gone else None
        for day, how, gone in zip(chosen, known, unknown, strict=True)
    ]
    years = [
        day.year if how in {1, 2} and not gone else None for day, how, gone in zip(chosen, known, unknown, strict=True)
    ]
    return dates, years


def _birthday(on: date, age: int) -> date:
    try:
        return on.replace(year=on.year - age)
    except ValueError:  # 29 February
        return date(on.year - age, 3, 1)


def _asked_ages(standard: Standard) -> tuple[list[int], list[date]]:
    ages, born = set(EDGES), set()
    for condition in conditions(one.test for one in standard.indicators):
        if condition.born_from:
            born.add(condition.born_from)
        elif condition.accepted is None and condition.none_of is None:
            ages |= {bound for bound in (condition.low, condition.high) if bound is not None}
    return sorted(ages), sorted(born)


def conditions(tests: Iterable[Test]) -> Iterator[Condition]:
    """All conditions of the tests, whatever they are part of."""
    for test in tests:
        if isinstance(test, SeveralTest):
            yield from conditions(test.parts)
        for who in getattr(test, "who", ()):
            yield from who
        if hasattr(test, "condition"):
            yield test.condition


# the household's answers


def _answers(
    rng: np.random.Generator, wanted: Wanted, sizes: NDArray[np.int64], holes: NDArray[np.float64]
) -> Iterator[Household]:
    n = len(sizes)
    columns: dict[str, list[Any]] = {}
    for name, field in VOCABULARY["household"].items():
        if field["kind"] in PLAIN_KINDS:
            columns[name] = _picked(_values(field), rng.integers(1, len(_values(field)), n))
        elif field["kind"] == "choices":
            often = rng.choice([0.0, 0.0, 0.3], n)[:, None]
            ticks = (rng.random((n, len(field["options"]))) < often).tolist()
            columns[name] = [
                [option for option, tick in zip(field["options"], row, strict=True) if tick] for row in ticks
            ]
        elif field["kind"] == "area":
            columns[name] = _areas(rng, sizes)
    unknown = rng.random((n, len(columns))) < holes[:, None]
    short = rng.random(n) < 0.5
    rows = zip(*columns.values(), strict=True)
    for keys_left_out, row, gone in zip(short.tolist(), rows, unknown.tolist(), strict=True):
        pairs = zip(columns, row, gone, strict=True)
        yield {name: None if no else value for name, value, no in pairs if not (no and keys_left_out)}


def _areas(rng: np.random.Generator, sizes: NDArray[np.int64]) -> list[float]:
    """About half on the bounds of 6, 8 and 10 m² per person or a hundredth beside."""
    n = len(sizes)
    edge = sizes * rng.choice([600, 800, 1000], n) + rng.integers(-1, 2, n)
    hundredths = np.where(rng.random(n) < 0.5, edge, rng.integers(0, 20000, n))
    return [int(value) // 100 if value % 100 == 0 else int(value) / 100 for value in hundredths.tolist()]


# the three forms of input


def _input(rng: Random, wanted: Wanted, members: list[Household], household: Household, hole: float) -> Household:
    standard, draw = wanted.standard, rng.random() if wanted.forms else 1.0
    by_scores = any(rule.scores for rule in standard.rules)
    by_income = any(rule.income for rule in standard.rules)
    given: Household = {}
    if draw < 0.1 and by_scores:
        given = {"b1": _points(rng, wanted), "b2": _possible_b2(rng, standard)}
    elif draw < 0.2 and by_income:
        given = {"income_month": _income_month(rng, wanted), "deprivations": _deprivations(rng, standard)}
    else:
        given = {"members": members, "household": household}
        if by_scores and rng.random() < 0.6:
            _fill_b1(rng, wanted, given)
        if by_income and rng.random() < (0.3 if by_scores else 0.7):
            given["income_month"] = _income_month(rng, wanted)
        if standard.income_survey and rng.random() < 0.5:
            household["annual_income"] = _annual_income(rng, wanted, len(members), hole)
            _agree(given, household["annual_income"])
    _fill_sheet_a(rng, standard, given, hole)
    return given


def _agree(given: Household, annual: Household) -> None:
    """An income beside a whole Phụ lục VIII is the share of it."""
    if None in annual.values() or "income_month" not in given:
        return
    total = sum(one["revenue"] - one["cost"] if isinstance(one, dict) else one for one in annual.values())
    given["income_month"] = total // (12 * len(given["members"]))
    if total < 0:
        del given["income_month"]


def _fill_sheet_a(rng: Random, standard: Standard, given: Household, hole: float) -> None:
    how = rng.random()
    if standard.sheet_a is None or how < 0.4:
        return
    if how < 0.6 or "members" not in given:
        given["a"] = rng.randint(0, len(standard.sheet_a.items))
    else:
        often = rng.random()
        ticks = {item.code: rng.random() < often for item in standard.sheet_a.items}
        given["household"]["a"] = {code: tick if rng.random() >= hole else None for code, tick in ticks.items()}


def _fill_b1(rng: Random, wanted: Wanted, given: Household) -> None:
    if wanted.b1_table is None or rng.random() < 0.3:
        given["b1"] = _points(rng, wanted)
        return
    ticks: Household = {}
    for group in wanted.b1_table.groups:
        ticked = [one.code for one in group.options if one.when is None and None not in one.points.values()]
        if ticked and rng.random() < 0.8:
            several = [code for code in ticked if rng.random() < 0.4]
            ticks[group.code] = several if group.multiple else rng.choice(ticked)
    given["household"]["b1"] = ticks


def _points(rng: Random, wanted: Wanted) -> int:
    bounds = [line.of(wanted.area_type) for line in wanted.standard.score_lines]
    return _near(rng, bounds, 400)


def _possible_b2(rng: Random, standard: Standard) -> int:
    often = rng.choice((0.1, 0.3, 0.7))
    return sum(one.points for one in standard.indicators if rng.random() < often)


def _deprivations(rng: Random, standard: Standard) -> int:
    most = len(standard.indicators) or 12
    return rng.randint(0, min(4, most) if rng.random() < 0.7 else most)


def _income_month(rng: Random, wanted: Wanted) -> int:
    return _near(rng, [_a_year(line, wanted) // 12 for line in wanted.standard.lines], 6_000_000)


def _a_year(line: Line, wanted: Wanted) -> int:
    return line.of(wanted.area_type) * (12 if line.unit == "month" else 1)


def _near(rng: Random, bounds: list[int], highest: int) -> int:
    if bounds and rng.random() < 0.6:
        return max(0, rng.choice(bounds) + rng.randint(-1, 1))
    return rng.randrange(highest)


def _annual_income(rng: Random, wanted: Wanted, size: int, hole: float) -> Household:
    """One source brings what is missing to a sum at or near a line; now and then a source makes a loss."""
    survey = wanted.standard.income_survey
    assert survey is not None
    total = _near(rng, [_a_year(line, wanted) * size for line in wanted.standard.lines], 60_000_000 * size)
    loss = rng.randrange(1_000_000) if rng.random() < 0.3 else 0
    main, losing = (rng.randrange(len(survey.sources)) for _ in range(2))
    found: Household = {}
    for place, source in enumerate(survey.sources):
        amount = (total if place == main else 0) + (loss if place == main and main != losing else 0)
        amount -= loss if place == losing and main != losing else 0
        turnover = rng.randrange(5_000_000)
        sides = {"revenue": turnover + max(amount, 0), "cost": turnover + max(-amount, 0)}
        found[source.code] = None if rng.random() < hole else sides if source.net else max(amount, 0)
    return found
