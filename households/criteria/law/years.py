"""Which standard applies in a review year, for the nation and for a province, and where two would apply at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from households.criteria.law.faults import Fault
from households.criteria.law.parts import Purpose, Standard

NATION = ""

_PURPOSES = {
    Purpose.CLOSING: "kết quả rà soát của năm",
    Purpose.OPENING: "số đầu kỳ của chuẩn tiếp theo",
}


@dataclass(frozen=True, slots=True)
class Applicable:
    """In a change-over year the review is classified twice: by the closing standard for the year's result, by the opening
    one for the stock that the next standard begins with."""

    closing: Standard | None
    opening: Standard | None
    local_closing: Standard | None
    local_opening: Standard | None

    def all(self) -> tuple[Standard, ...]:
        found = (self.closing, self.opening, self.local_closing, self.local_opening)
        return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Years that two standards claim for one scope and purpose; ``number``: which [[applies]] of the second does so."""

    first: Standard
    second: Standard
    scope: str
    purpose: Purpose
    years: tuple[int, int]
    number: int

    @property
    def text(self) -> str:
        first, last = self.years
        years = f"năm {first}" if first == last else f"các năm {first}–{last}"
        area = f"tỉnh {self.scope}" if self.scope else "cả nước"
        return (
            f"{years}, {area}, {_PURPOSES[self.purpose]}: “{self.second.code}” và “{self.first.code}” cùng áp dụng; "
            "mỗi năm chỉ được một chuẩn. Sửa “from”, “to” của một trong hai."
        )


class TwoStandardsError(ValueError):
    """The standards given overlap; the text says where."""


def applicable(standards: Iterable[Standard], *, province: str | None, year: int) -> Applicable:
    """``province``: code of two digits; None: the nation alone. A standard in force goes before a draft. Raises
    TwoStandardsError."""
    known = tuple(standards)
    local = province or None
    return Applicable(
        _only(known, NATION, Purpose.CLOSING, year),
        _only(known, NATION, Purpose.OPENING, year),
        _only(known, local, Purpose.CLOSING, year) if local else None,
        _only(known, local, Purpose.OPENING, year) if local else None,
    )


def applies(standard: Standard, *, year: int, purpose: Purpose | None = None) -> bool:
    return any(
        application.first <= year <= application.last and purpose in (None, application.purpose)
        for application in standard.applications
    )


def overlaps(standards: Iterable[Standard]) -> list[Fault]:
    """Without lines: the documents are not at hand here."""
    return [Fault(1, f"Năm áp dụng ({one.second.code})", one.text) for one in overlapping(standards)]


def overlapping(standards: Iterable[Standard]) -> Iterator[Overlap]:
    for first, second in combinations(standards, 2):
        yield from _overlapping(first, second)


def _overlapping(first: Standard, second: Standard) -> Iterator[Overlap]:
    for scope in sorted(set(_scopes(first)) & set(_scopes(second))):
        for one in first.applications:
            for number, other in enumerate(second.applications):
                years = (max(one.first, other.first), min(one.last, other.last))
                if one.purpose is other.purpose and years[0] <= years[1]:
                    yield Overlap(first, second, scope, other.purpose, years, number)


def _scopes(standard: Standard) -> tuple[str, ...]:
    return standard.scope or (NATION,)


def _only(standards: tuple[Standard, ...], scope: str, purpose: Purpose, year: int) -> Standard | None:
    found = [one for one in standards if scope in _scopes(one) and applies(one, year=year, purpose=purpose)]
    chosen = [one for one in found if not one.draft] or found
    if len(chosen) > 1:
        raise TwoStandardsError(next(overlapping(chosen)).text)
    return chosen[0] if chosen else None
