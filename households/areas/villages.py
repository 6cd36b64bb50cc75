"""Thôn, bản, tổ dân phố: kept by the commune, under codes that the portal makes and never uses twice.

A code begins with the code of the commune where the village was made; it stays when the commune changes, and says nothing
about where the village lies today.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from households.areas.changes import ChangeRefusedError, Kind, Operation, Problem, Target, apply_change
from households.areas.changes.wording import REFUSALS
from households.areas.changes.writing import one_at_a_time
from households.areas.models import Area
from households.areas.planning.checks import LONGEST_NAME
from households.areas.units import Confidence, Level
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on
from povertyportal.vietnamese import fold, format_date, sort_key, tidy


def villages_of(commune: str, *, on: date) -> list[Area]:
    """1 query."""
    rows = holding_on(Area.objects.filter(parent_code=commune, level=Level.VILLAGE), on)
    return list(rows.order_by("type", "sort_key", "code"))


def create_village(
    *, commune: str, type: str, name: str, on: date, legal_basis: str, by: User, at: datetime, source: str = ""
) -> Area:
    """Raises ChangeRefusedError."""
    with _change(by, legal_basis):
        target = Target(next_codes(commune, 1)[0], type, tidy(name), commune)
        change = _operation(Kind.CREATE, on, legal_basis, source, targets=(target,))
        return apply_change(change, by=by, at=at, reason=legal_basis).made[0]


def rename_village(
    *, village: str, type: str, name: str, on: date, legal_basis: str, by: User, at: datetime, source: str = ""
) -> Area:
    """Another name, another kind (a thôn that becomes a tổ dân phố), or both. Raises ChangeRefusedError."""
    with _change(by, legal_basis):
        target = Target(village, type, tidy(name), _commune_of(village, on))
        change = _operation(Kind.RENAME, on, legal_basis, source, units=(village,), targets=(target,))
        return apply_change(change, by=by, at=at, reason=legal_basis).made[0]


def correct_village(*, village: str, type: str, name: str, on: date, reason: str, by: User) -> Area:
    """A slip of the keyboard in the version of the day: the same village, no other version; the history keeps what stood.
    Raises ChangeRefusedError."""
    with _change(by, reason):
        commune, name = _commune_of(village, on), tidy(name)
        beside = {one.code: one for one in villages_of(commune, on=on)}
        row = beside.pop(village)
        if problems := list(_problems_of_name(row, type, name, beside.values())):
            raise ChangeRefusedError(problems)
        row.type, row.name = type, name
        row.search_key, row.sort_key = fold(row.full_name), sort_key(name)
        row.save(update_fields=["type", "name", "search_key", "sort_key"])
    return row


def _problems_of_name(row: Area, type: str, name: str, beside: Iterable[Area]) -> Iterator[Problem]:
    if not sort_key(name).strip() or len(name) > LONGEST_NAME:
        yield Problem("name", str(REFUSALS["name_form"]) % {"most": LONGEST_NAME})
    elif (row.type, row.name) == (type, name):
        yield Problem("name", _("Loại và tên không có gì khác với đang ghi."))
    for other in beside:
        if (other.type, other.sort_key) == (type, sort_key(name)):
            yield Problem("name", str(REFUSALS["same_name"]) % {"name": other.full_name})


def merge_villages(
    *,
    villages: Sequence[str],
    type: str,
    name: str,
    on: date,
    legal_basis: str,
    by: User,
    at: datetime,
    keep: str = "",
    source: str = "",
) -> Area:
    """``keep``: the one of them that goes on and takes the others in; without it the merged village gets a new code.
    Raises ChangeRefusedError."""
    with _change(by, legal_basis):
        communes = {_commune_of(village, on) for village in villages}
        if len(communes) != 1:
            raise ChangeRefusedError([Problem("villages", _("Chỉ sáp nhập các thôn của cùng một xã."))])
        commune = communes.pop()
        if keep and keep not in villages:
            raise ChangeRefusedError([Problem("keep", _("Thôn giữ mã phải là một trong các thôn sáp nhập."))])
        target = Target(keep or next_codes(commune, 1)[0], type, tidy(name), commune)
        change = _operation(Kind.MERGE, on, legal_basis, source, units=tuple(villages), targets=(target,))
        return apply_change(change, by=by, at=at, reason=legal_basis).made[0]


def close_village(*, village: str, on: date, legal_basis: str, by: User, at: datetime, source: str = "") -> Area:
    """The version that ended; nothing takes its place (else it is a merger). Raises ChangeRefusedError."""
    with _change(by, legal_basis):
        change = _operation(Kind.END, on, legal_basis, source, units=(village,))
        return apply_change(change, by=by, at=at, reason=legal_basis).ended[0]


def next_codes(commune: str, count: int) -> list[str]:
    """Codes never used before. Call after ``one_at_a_time``."""
    used = Area.objects.filter(code__startswith=f"{commune}-").values_list("code", flat=True)
    last = max((int(code.partition("-")[2]) for code in used), default=0)
    return [f"{commune}-{last + number:03}" for number in range(1, count + 1)]


@contextmanager
def _change(by: User, legal_basis: str) -> Iterator[None]:
    """One transaction, one author, and nobody else at the map meanwhile."""
    if not legal_basis.strip():
        raise ChangeRefusedError([Problem("legal_basis", str(REFUSALS["no_legal_basis"]))])
    with transaction.atomic(), acting(by=by, reason=legal_basis):
        one_at_a_time()
        yield


def _commune_of(village: str, on: date) -> str:
    """Raises ChangeRefusedError for a code that is no village's on the day."""
    found = holding_on(Area.objects.filter(code=village, level=Level.VILLAGE), on).first()
    if found is None:
        message = REFUSALS["not_in_force"] % {"code": village, "day": format_date(on)}
        raise ChangeRefusedError([Problem("villages", message)])
    return found.parent_code


def _operation(
    kind: Kind,
    on: date,
    legal_basis: str,
    source: str,
    *,
    units: tuple[str, ...] = (),
    targets: tuple[Target, ...] = (),
) -> Operation:
    """The commune's own paper stands behind it."""
    return Operation(
        kind, Level.VILLAGE, on, legal_basis.strip(), source.strip(), Confidence.VERIFIED, units, targets=targets
    )
