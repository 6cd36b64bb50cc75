"""Who may have been entered twice, the slow way: every person beside every other one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from households.registry.merging.findings import LIKENESS, REASONS, TWO_NUMBERS

NUMBERS = ("identity", "insurance", "old_identity")


@dataclass(frozen=True)
class Row:
    """``area``: code of the village; ``commune``: the one it lies in today. Numbers by the key of their rows."""

    id: int
    name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    area: str
    commune: str
    identity: int | None = None
    insurance: int | None = None
    old_identity: int | None = None


def pairs(rows: list[Row], apart: set[tuple[int, int]]) -> list[tuple[int, int, str, int]]:
    """Keys, surest reason and how sure, in the order of the list."""
    found = []
    for one, other in combinations(sorted(rows, key=lambda row: row.id), 2):
        reasons = sorted(_reasons(one, other), key=lambda reason: -REASONS[reason][0])
        if reasons and (one.id, other.id) not in apart:
            two = one.identity and other.identity and one.identity != other.identity
            found.append((one.id, other.id, reasons[0], REASONS[reasons[0]][0] - (TWO_NUMBERS if two else 0)))
    return sorted(found, key=lambda pair: (-pair[3], pair[0], pair[1]))


def _reasons(one: Row, other: Row) -> Iterator[str]:
    yield from (name for name in NUMBERS if getattr(one, name) and getattr(one, name) == getattr(other, name))
    if one.commune != other.commune or (one.sex and other.sex and one.sex != other.sex):
        return
    near = "_village" if one.area == other.area else ""
    same_day = one.birth_date is not None and one.birth_date == other.birth_date
    if one.name == other.name and one.birth_year and one.birth_year == other.birth_year and _days_agree(one, other):
        yield ("name_date" if same_day else "name_year") + near
    first_of_year = one.birth_date is not None and (one.birth_date.month, one.birth_date.day) == (1, 1)
    if one.name != other.name and same_day and not first_of_year and likeness(one.name, other.name) >= LIKENESS:
        yield "alike_date" + near


def _days_agree(one: Row, other: Row) -> bool:
    a, b = one.birth_date, other.birth_date
    if a is None or b is None or a == b or (1, 1) in {(a.month, a.day), (b.month, b.day)}:
        return True
    return (a.day, a.month) == (b.month, b.day)


def likeness(one: str, other: str) -> float:
    """As pg_trgm counts: trigrams of each word, two blanks before it and one after."""
    first, second = _trigrams(one), _trigrams(other)
    return len(first & second) / len(first | second)


def _trigrams(text: str) -> set[str]:
    words = [f"  {word} " for word in text.split()]
    return {word[at : at + 3] for word in words for at in range(len(word) - 2)}
