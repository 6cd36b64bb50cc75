"""What must hold in the registry whatever wrote it: each check finds rows that break it. For ``check_registry``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from households.registry.events import merged_persons
from households.registry.finding import upkeep
from households.registry.models import Household, HouseholdEvent, Membership, Residence
from households.registry.replaying import Event, Stretch, joined_up, rebuilt

BATCH = 2_000
LIMIT = 20  # rows named for each check

CHECKS = {
    "membership_in_life": (
        _("Thành viên ngoài thời gian tồn tại của hộ"),
        (
            "SELECT DISTINCT m.household_id FROM households_membership m JOIN households_household h ON h.id = m.household_id"
            " WHERE NOT m.validity <@ h.validity"
        ),
    ),
    "head_every_day": (
        _("Có ngày hộ không có chủ hộ"),
        (
            "SELECT h.id FROM households_household h LEFT JOIN households_membership m"
            " ON m.household_id = h.id AND m.relation = 'head' WHERE h.merged_into_id IS NULL"
            " GROUP BY h.id, h.validity HAVING range_agg(m.validity) IS DISTINCT FROM datemultirange(h.validity)"
        ),
    ),
    "place_every_day": (
        _("Có ngày hộ không có nơi ở, hoặc có nơi ở ngoài thời gian tồn tại"),
        (
            "SELECT h.id FROM households_household h LEFT JOIN households_residence r ON r.household_id = h.id"
            " WHERE h.merged_into_id IS NULL"
            " GROUP BY h.id, h.validity HAVING range_agg(r.validity) IS DISTINCT FROM datemultirange(h.validity)"
        ),
    ),
    "place_on_the_map": (
        _("Nơi ở mang mã không có trên bản đồ vào một ngày của nó"),
        (
            "SELECT r.household_id FROM households_residence r JOIN households_household h ON h.id = r.household_id"
            " LEFT JOIN areas_area a ON a.code = r.area_code AND a.level IN ('commune', 'village')"
            " WHERE h.merged_into_id IS NULL AND NOT r.unplaced GROUP BY r.id, r.household_id, r.validity"
            " HAVING (range_agg(a.validity) @> r.validity) IS NOT TRUE"
        ),
    ),
    "alive_while_member": (
        _("Là thành viên trước khi sinh hoặc sau khi mất"),
        (
            "SELECT DISTINCT m.household_id FROM households_membership m JOIN households_person p ON p.id = m.person_id"
            " WHERE lower(m.validity) < p.birth_date OR p.merged_into_id IS NOT NULL"
            " OR (p.died_on IS NOT NULL AND (upper_inf(m.validity) OR upper(m.validity) > p.died_on))"
        ),
    ),
    "recognition_in_life": (
        _("Công nhận bắt đầu trước khi có hộ"),
        (
            "SELECT DISTINCT r.household_id FROM households_recognition r JOIN households_household h"
            " ON h.id = r.household_id WHERE h.merged_into_id IS NULL AND lower(r.validity) < lower(h.validity)"
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Unsound:
    """``kind``: "household" or "person"; ``keys``: the first of them."""

    check: str
    title: str
    kind: str
    keys: tuple[int, ...]


def unsound() -> Iterator[Unsound]:
    for name, (title, statement) in CHECKS.items():
        if keys := _found(statement):
            yield Unsound(name, str(title), "household", keys)
    if persons := tuple(upkeep.differing(LIMIT)):
        yield Unsound("search_rows", str(_("Dòng tra cứu khác với sổ")), "person", persons)
    if keys := tuple(_unexplained()):
        yield Unsound(
            "events_explain_rows", str(_("Biến động đã ghi không dẫn tới các dòng đang có")), "household", keys
        )


def _found(statement: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT * FROM ({statement}) AS found (id) ORDER BY id LIMIT %s", [LIMIT])  # noqa: S608  # texts of this module
        return tuple(key for (key,) in cursor.fetchall())


def _unexplained() -> Iterator[int]:
    """Households, a batch at a time: the memory it takes does not grow with the registry."""
    same = merged_persons()
    last, left = 0, LIMIT
    while left:
        rows = Household.objects.filter(pk__gt=last, merged_into=None).order_by("pk")[:BATCH]
        keys = list(rows.values_list("pk", flat=True))
        if not keys:
            return
        for key in unexplained_of(keys, same)[:left]:
            left -= 1
            yield key
        last = keys[-1]


def unexplained_of(keys: list[int], same: Mapping[int, int]) -> list[int]:
    """Those whose standing events do not add up to their rows."""
    events: dict[int, list[Event]] = {key: [] for key in keys}
    told = (
        HouseholdEvent.objects.standing().filter(household__in=keys).values_list("household_id", "on", "pk", "details")
    )
    for household, *event in told:
        events[household].append(Event(*event))
    places, members = _rows(keys)
    return [
        key
        for key in keys
        if tuple(map(joined_up, rebuilt(events[key], same))) != (joined_up(places[key]), joined_up(members[key]))
    ]


def _rows(keys: list[int]) -> tuple[dict[int, list[Stretch]], dict[int, list[Stretch]]]:
    places: dict[int, list[Stretch]] = {key: [] for key in keys}
    members: dict[int, list[Stretch]] = {key: [] for key in keys}
    lived = Residence.objects.filter(household__in=keys).values_list(
        "household_id", "validity", "area_code", "local_code", "address", "unplaced"
    )
    for household, span, *what in lived:
        places[household].append(Stretch(tuple(what), span.lower, span.upper))
    belonged = Membership.objects.filter(household__in=keys)
    for household, span, *what in belonged.values_list("household_id", "validity", "person_id", "relation"):
        members[household].append(Stretch(tuple(what), span.lower, span.upper))
    return places, members
