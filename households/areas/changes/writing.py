"""A change carried out: all rows or none, one change after the other."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.areas.changes.followers import followers
from households.areas.changes.outcome import AppliedChange, ChangeRefusedError, Problem
from households.areas.changes.reading import plan_change
from households.areas.models import Area, AreaSuccession, AreaTraits, Origin
from households.areas.planning.operations import Operation
from households.areas.planning.plan import Plan
from households.areas.planning.state import Fact
from households.areas.units import Version
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on
from povertyportal.vietnamese import fold, sort_key

CHANGED_SINCE = gettext_lazy(
    "Bản đồ hành chính đã thay đổi sau khi đề nghị được lập: kết quả không còn như người duyệt đã xem. "
    "Hãy lập lại đề nghị."
)
MAP_LOCK = 0x41524541  # "AREA": whoever changes the map waits for whoever is changing it


def apply_change(operation: Operation, *, by: User, at: datetime, reason: str, expected: str = "") -> AppliedChange:
    """``expected``: the digest of the plan that was approved. Raises ChangeRefusedError when the change cannot be, or
    would now do anything else to the map."""
    with transaction.atomic(), acting(by=by, reason=reason):
        one_at_a_time()
        plan = plan_change(operation)
        if expected and plan.digest != expected:
            raise ChangeRefusedError([Problem("", str(CHANGED_SINCE))])
        applied = write(plan.plan)
        for follower in followers():
            follower.apply(applied, by, at)
    return applied


def one_at_a_time() -> None:
    """Until the end of the transaction nobody else changes the map: what was checked stays true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MAP_LOCK])


def write(plan: Plan) -> AppliedChange:
    """The database's own constraints are asked at the end, once everything stands. Call inside ``acting``."""
    try:
        with transaction.atomic():
            _constraints("DEFERRED")
            applied = _write(plan)
            _constraints("IMMEDIATE")
    except IntegrityError as error:
        message = _("Cơ sở dữ liệu không nhận thay đổi này, chưa ghi gì: %(why)s") % {"why": str(error).split("\n")[0]}
        raise ChangeRefusedError([Problem("", message)]) from error
    return applied


def _constraints(when: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {when}")


def _write(plan: Plan) -> AppliedChange:
    on = plan.operation.on
    ended = _end(plan.cut, on)
    _put_below(plan.amended, on)
    made = Area.objects.bulk_create([new_row(version) for version in plan.made])
    old, new = {row.code: row for row in ended}, {row.code: row for row in made}
    links = AreaSuccession.objects.bulk_create(
        AreaSuccession(
            from_area=old[link.from_code], to_area=new[link.to_code], on_date=on, extent=link.extent.value,
            legal_basis=link.legal_basis, source=link.source, confidence=link.confidence.value, note=link.note,
        )
        for link in plan.links
    )  # fmt: skip
    _end_facts(plan.facts_cut, on)
    AreaTraits.objects.bulk_create([_fact_row(fact) for fact in plan.facts_made])
    return AppliedChange(plan.operation, ended, made, links)


def _stored(versions: Iterable[Version], on: date) -> list[Area]:
    codes = [version.code for version in versions]
    return list(holding_on(Area.objects.filter(code__in=codes), on).order_by("id"))


def _end(versions: tuple[Version, ...], on: date) -> list[Area]:
    """From now on these rows are as people entered them: ``load_areas`` leaves them alone."""
    rows = _stored(versions, on)
    for row in rows:
        row.validity = DateRange(row.validity.lower, on)
        row.origin = Origin.ENTERED
        if row.vouched_from and row.vouched_from >= on:
            row.vouched_from = None
    Area.objects.bulk_update(rows, ["validity", "origin", "vouched_from"])
    return rows


def _put_below(amended: tuple[tuple[Version, Version], ...], on: date) -> None:
    parents = {new.code: new.parent_code for _old, new in amended}
    """Units that start on the day or later."""
    rows = list(Area.objects.filter(code__in=parents, validity__startswith__gte=on).order_by("id"))
    for row in rows:
        row.parent_code = parents[row.code]
        row.origin = Origin.ENTERED
    Area.objects.bulk_update(rows, ["parent_code", "origin"])


def new_row(version: Version) -> Area:
    return Area(
        code=version.code, level=version.level.value, type=version.type, name=version.name,
        parent_code=version.parent_code, validity=DateRange(version.start, version.end),
        legal_basis=version.legal_basis, source=version.source, origin=Origin.ENTERED,
        search_key=fold(version.full_name), sort_key=sort_key(version.name),
    )  # fmt: skip


def _end_facts(facts: tuple[Fact, ...], on: date) -> None:
    kinds = {(fact.code, fact.kind) for fact in facts}
    found = holding_on(AreaTraits.objects.filter(code__in={code for code, _kind in kinds}), on)
    rows = [row for row in found if (row.code, row.kind) in kinds]
    for row in rows:
        row.validity = DateRange(row.validity.lower, on)
        row.origin = Origin.ENTERED
    AreaTraits.objects.bulk_update(rows, ["validity", "origin"])


def _fact_row(fact: Fact) -> AreaTraits:
    return AreaTraits(
        code=fact.code, kind=fact.kind, value=fact.value, validity=DateRange(fact.start, fact.end),
        legal_basis=fact.legal_basis, source=fact.source, confidence=fact.confidence.value, origin=Origin.ENTERED,
    )  # fmt: skip
