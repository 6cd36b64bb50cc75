"""Numbers of a commune's registers: the next one, and whether one is taken."""

import re

from django.db import connection

from households.review.superior_models import Certificate, Decision

_NUMBER = re.compile(r"\s*(\d{1,6})(.*)", re.DOTALL)
USUAL = "/QĐ-UBND"


def hold_register(name: str, area_code: str, year: int) -> None:
    """Until the end of the transaction nobody else numbers in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{name} {area_code} {year}"])


def is_taken(area_code: str, year: int, number: str) -> bool:
    return Decision.objects.filter(area_code=area_code, year=year, number=number).exists()


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
