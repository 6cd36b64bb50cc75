"""Households for tests: ``household()`` is one of Trường Hà, registered on the record by the system's own account."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from households.areas.models import Area
from households.areas.villages import create_village, villages_of
from households.registry.actions.founding import register_household
from households.registry.entries import MemberData, Place
from households.registry.models import Household, Membership, Person
from povertyportal.core.accounts import system_user
from povertyportal.core.models import User

COMMUNE, SIBLING = "01392", "01363"  # xã Trường Hà, xã Thông Nông (Cao Bằng), since 1/7/2025
SINCE = date(2025, 7, 1)
START = date(2026, 1, 5)
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


def told(**more: Any) -> dict[str, Any]:
    """What every action asks besides its matter."""
    return {"reason": "Đơn của hộ (phép thử)", "by": system_user(), "at": AT, **more}


def village(name: str, commune: str = COMMUNE, on: date = SINCE) -> str:
    """Its code; made when the commune has none of the name."""
    known = {one.name: one.code for one in villages_of(commune, on=on)}
    if name in known:
        return known[name]
    basis = {"on": on, "legal_basis": "Nghị quyết (phép thử)", "by": system_user(), "at": AT}
    made: Area = create_village(commune=commune, type="Xóm", name=name, **basis)  # type: ignore[arg-type]
    return made.code


def member(full_name: str, relation: str = "child", *, born: int | date | None = None, **more: Any) -> MemberData:
    day = born if isinstance(born, date) else None
    year = born if isinstance(born, int) else None
    return MemberData(full_name=full_name, relation=relation, birth_date=day, birth_year=year, **more)


def household(
    area: str = "01392-001",
    members: Sequence[MemberData | str] = ("Nông Văn An",),
    on: date = START,
    *,
    by: User | None = None,
    address: str = "",
    local_code: str = "",
    at: datetime = AT,
) -> Household:
    """The first member is the head unless one says so. The villages "01392-001" and "01392-002" are made when missing."""
    _needed(area)
    told_of = [one if isinstance(one, MemberData) else member(one) for one in members]
    if all(one.relation != "head" for one in told_of):
        told_of[0] = _head(told_of[0])
    return register_household(
        place=Place(area, address, local_code),
        members=told_of,
        on=on,
        reason="Hộ cho phép thử",
        by=by or system_user(),
        at=at,
    )


def _needed(area: str) -> None:
    commune, _, number = area.partition("-")
    missing = not Area.objects.filter(code=area).exists()
    if number and missing:
        for name in ("Nà Tềnh", "Lũng Mật", "Pác Bó")[: int(number)]:
            village(name, commune)


def _head(data: MemberData) -> MemberData:
    return MemberData(**{name: getattr(data, name) for name in data.__slots__} | {"relation": "head"})


def person_of(household: Household | int, name: str = "") -> Person:
    """A member, now or before, by the end of his name; the head without one."""
    key = household if isinstance(household, int) else household.pk
    rows = Membership.objects.filter(household=key)
    found = rows.filter(person__full_name__endswith=name) if name else rows.filter(relation="head")
    return found.order_by("validity").select_related("person")[0].person
