"""Accounts for tests: ``person("commune_official", "01392")`` is somebody who holds that role there today.

``AREAS`` names the units of the test map that most tests use, all in force today unless said otherwise.
"""

from datetime import date
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from households.access.models import AccountUnit, Grant, Reach
from households.areas.models import Area
from povertyportal.core.account_models import OpenSession
from povertyportal.core.accounts import suspend, system_user
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on

NATION = "nation"  # in place of an area's code
SINCE = date(2020, 1, 1)  # grants of tests begin long ago, so that tests may ask for earlier days
_numbers = count(1)


class AREAS:
    PROVINCE = "04"  # Cao Bằng
    COMMUNE = "01392"  # xã Trường Hà, below PROVINCE
    SIBLING = "01363"  # xã Thông Nông, below PROVINCE
    FOREIGN_PROVINCE = "22"  # Quảng Ninh
    FOREIGN_COMMUNE = "06688"  # phường Hạ Long, below FOREIGN_PROVINCE
    ENDED_DISTRICT = "045"  # Hà Quảng until 30/6/2025, below PROVINCE


def area_on(code: str, day: date) -> Area:
    return valid_on(Area.objects.filter(code=code), day).get()


def person(role: str = "", area: str = "", *, day: date | None = None, username: str = "", **fields: Any) -> User:
    """An active account; with a role it holds one grant in the area (``NATION`` for everywhere) that stands on ``day``
    (today), and works in that unit."""
    name = username or f"nguoi-{next(_numbers)}"
    with acting(by=system_user(), reason="Tài khoản cho phép thử"):
        user = User.objects.create_user(name, **{"full_name": "Nông Thị Bích Đào", **fields})
        if role:
            works_in(user, area, day=day)
            granted(user, role, area, day=day)
    return User.objects.get(pk=user.pk)


def works_in(user: User, area: str, *, day: date | None = None) -> None:
    with acting(by=system_user(), reason="Đơn vị công tác cho phép thử"):
        AccountUnit.objects.update_or_create(user=user, defaults=_place(area, day))


def granted(
    user: User, role: str, area: str, *, day: date | None = None, start: date = SINCE, until: date | None = None
) -> Grant:
    """A grant as the system gives it, without the rules of the pages. ``user`` as loaded before may not know it yet."""
    with acting(by=system_user(), reason="Giao quyền cho phép thử"):
        return Grant.objects.create(
            user=user,
            role=role,
            **_place(area, day),
            validity=DateRange(start, until),
            given_by=system_user(),
            given_at=timezone.now(),
            reason="Quyết định phân công (phép thử)",
        )


def _place(area: str, day: date | None) -> dict[str, Any]:
    if area == NATION:
        return {"reach": Reach.NATION, "area": None}
    return {"reach": Reach.AREA, "area": area_on(area, day or timezone.localdate())}


def suspended(user: User) -> User:
    suspend(user=user, by=system_user(), at=timezone.now(), reason="Tạm khóa cho phép thử")
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in with everything the portal asks of him."""
    client = Client()
    client.force_login(user)
    OpenSession.objects.filter(user=user).update(second_factor=True)
    return client
