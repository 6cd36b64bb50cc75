"""Numbers of a commune's registers: the next one, and whether one is taken."""

import re
from collections.abc import Iterable

from django.db import connection

from households.review.superior_models import Certificate, Decision
from povertyportal.vietnamese import fold

_NUMBER = re.compile(r"\s*(\d{1,6})(.*)", re.DOTALL)
USUAL = "/QĐ-UBND"


def hold_register(name: str, area_code: str, year: int) -> None:
    """Until the end of the transaction nobody else numbers in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{name} {area_code} {year}"])


def is_taken(area_code: str, year: int, number: str, others: Iterable[str] = ()) -> bool:
    """However it is written: "5/QĐ-UBND" is "05/qđ-ubnd" too. ``others``: given at the same time."""
    known = Decision.objects.filter(area_code=area_code, year=year).values_list("number", flat=True)
    return _plain(number) in {_plain(one) for one in (*known, *others)}


def is_number(number: str) -> bool:
    """Whether it begins as a number in a register does."""
    return bool((found := _NUMBER.fullmatch(number)) and int(found[1]))


def _plain(number: str) -> tuple[int, str]:
    found = _NUMBER.fullmatch(number)
    return (int(found[1]), fold(found[2]).replace(" ", "")) if found else (0, fold(number))


def next_numbers(area_code: str, year: int, count: int) -> list[str]:
    """Free ones after the highest that the portal knows of, written as that one is; the commune's own register may be further
    on."""
    known = list(Decision.objects.filter(area_code=area_code, year=year).values_list("number", flat=True))
    read = [(int(found[1]), found[2]) for one in known if (found := _NUMBER.fullmatch(one))]
    last, tail = max(read, default=(0, USUAL))
    return [f"{last + turn}{tail}" for turn in range(1, count + 1)]


def last_certificate(area_code: str, year: int) -> int:
    rows = Certificate.objects.filter(area_code=area_code, year=year)
    return rows.order_by("-number").values_list("number", flat=True).first() or 0
