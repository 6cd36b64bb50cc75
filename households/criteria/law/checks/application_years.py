from collections.abc import Iterator
from itertools import combinations

from households.criteria.law.parts import Application, Purpose, Standard
from households.criteria.law.places import Path


def application_years(standard: Standard) -> Iterator[tuple[Path, str]]:
    """``opening`` stands for the years in which a standard to come already classifies the review: before its ``closing``."""
    for number, one in enumerate(standard.applications):
        if one.first > one.last:
            yield ("applies", number, "to"), f"năm cuối {one.last} trước năm đầu {one.first}."
    yield from _twice(standard.applications)
    closing = [one.first for one in standard.applications if one.purpose is Purpose.CLOSING]
    if standard.applications and not closing:
        yield ("applies", 0), "thiếu năm áp dụng cho kết quả rà soát (purpose = “closing”)."
    for number, one in enumerate(standard.applications):
        if closing and one.purpose is Purpose.OPENING and one.last >= min(closing):
            yield (
                ("applies", number, "to"),
                f"số đầu kỳ (opening) phải ở trước năm {min(closing)}, năm đầu của kết quả rà soát (closing).",
            )


def _twice(applications: tuple[Application, ...]) -> Iterator[tuple[Path, str]]:
    for (_, one), (number, other) in combinations(enumerate(applications), 2):
        if one.purpose is other.purpose and one.first <= other.last and other.first <= one.last:
            yield ("applies", number), "các năm này trùng với một bảng [[applies]] ở trên."
