"""Areas from the database; every look-up takes a date. How many queries it costs does not depend on how many units."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from households.areas.models import Area, AreaSuccession, AreaTraits
from households.areas.restate import History
from households.areas.tree import AreaTree, UnknownAreaError
from households.areas.units import Confidence, Extent, Level, Link, Version
from povertyportal.core.periods import on as holding_on
from povertyportal.vietnamese import fold, format_date

__all__ = [
    "UnknownAreaError",
    "as_versions",
    "called",
    "find_area",
    "load_history",
    "load_tree",
    "search",
    "traits",
    "tree_around",
    "versions_of",
]

_FIELDS = (
    "code",
    "level",
    "type",
    "name",
    "parent_code",
    "validity",
    "legal_basis",
    "source",
    "sort_key",
    "vouched_from",
)


def _version(area: Area) -> Version:
    span = area.validity
    return Version(
        area.code, Level(area.level), area.type, area.name, area.parent_code,
        span.lower, span.upper, area.legal_basis, area.source, area.sort_key, area.vouched_from,
    )  # fmt: skip


def as_versions(rows: QuerySet[Area]) -> list[Version]:
    return [_version(area) for area in rows.only(*_FIELDS)]


def _links(rows: QuerySet[AreaSuccession]) -> list[Link]:
    found = rows.select_related("from_area", "to_area").order_by("on_date", "from_area__sort_key", "to_area__sort_key")
    return [
        Link(
            row.from_area.code, row.to_area.code, row.on_date, Extent(row.extent), row.legal_basis,
            row.source, Confidence(row.confidence), row.note, row.from_area.parent_code,
            row.from_area.full_name, row.to_area.full_name,
        )
        for row in found
    ]  # fmt: skip


def load_tree(on: date) -> AreaTree:
    """The whole map of the day with all its acts; 2 queries."""
    return AreaTree(on, as_versions(holding_on(Area.objects.all(), on)), _links(AreaSuccession.objects.all()))


def load_history() -> History:
    """All versions and acts, to put units of one date on the map of another; 2 queries."""
    return History(as_versions(Area.objects.all()), _links(AreaSuccession.objects.all()))


def tree_around(code: str, *, on: date) -> AreaTree:
    """A partial tree: the unit, the chain above it, its children, and the acts that made or ended it.

    At most 6 queries; UnknownAreaError as ``find_area``.
    """
    unit = find_area(code=code, on=on)
    nodes = {unit.code: unit}
    parent = unit.parent_code
    while parent:
        above = find_area(code=parent, on=on)
        nodes[above.code] = above
        parent = above.parent_code
    nodes |= {child.code: child for child in as_versions(holding_on(Area.objects.filter(parent_code=code), on))}
    touching = Q(from_area__code=code) | Q(to_area__code=code) | Q(from_area__parent_code=code)
    return AreaTree(on, nodes.values(), _links(AreaSuccession.objects.filter(touching)))


def provinces(*, on: date) -> tuple[Version, ...]:
    """1 query."""
    return AreaTree(on, as_versions(holding_on(Area.objects.filter(level=Level.PROVINCE), on))).roots()


def find_area(*, code: str, on: date) -> Version:
    """The unit of that code on that day, 1 query; UnknownAreaError tells on which days the code exists."""
    found = as_versions(holding_on(Area.objects.filter(code=code), on))
    if not found:
        raise UnknownAreaError(_why_unknown(code, on))
    return found[0]


def versions_of(code: str) -> list[Version]:
    """Every unit that has ever had the code, in time; 1 query."""
    return sorted(as_versions(Area.objects.filter(code=code)), key=lambda one: one.start or date.min)


def _why_unknown(code: str, on: date) -> str:
    known = versions_of(code)
    if not known:
        return _("Không có đơn vị hành chính nào mang mã %(code)s. Mã cấp tỉnh có 2 chữ số, cấp huyện 3, cấp xã 5.") % {
            "code": code
        }
    spans = "; ".join(f"{one.full_name} ({span_in_words(one)})" for one in known)
    return _("Ngày %(day)s không có đơn vị hành chính mang mã %(code)s. Mã này chỉ có: %(spans)s.") % {
        "day": format_date(on),
        "code": code,
        "spans": spans,
    }


def span_in_words(version: Version) -> str:
    """ "chưa rõ ngày bắt đầu, có trong danh mục ngày 01/03/2025, đến hết 30/06/2025"."""
    start = _start_in_words(version)
    if version.end is None:
        return start
    return _("%(start)s, đến hết %(last)s") % {
        "start": start,
        "last": format_date(date.fromordinal(version.end.toordinal() - 1)),
    }


def _start_in_words(version: Version) -> str:
    if version.start:
        return _("từ %s") % format_date(version.start)
    if version.vouched_from:
        return _("chưa rõ ngày bắt đầu, có trong danh mục ngày %s") % format_date(version.vouched_from)
    return _("chưa rõ ngày bắt đầu")


def traits(codes: Iterable[str], *, on: date) -> list[AreaTraits]:
    """Facts of these codes that hold on the day; 1 query. A commune's region is its province's: ask for the chain."""
    return list(holding_on(AreaTraits.objects.filter(code__in=list(codes)), on).order_by("kind", "code"))


def called(text: str) -> Q:
    """Units whose code begins with the text, or whose name holds it from the start of a word on, accents aside: "hạ long"
    finds Hạ Long, not Pha Long."""
    key = fold(text)
    return Q(code__startswith=key) | Q(search_key__startswith=key) | Q(search_key__contains=f" {key}")


def search(text: str, *, on: date, limit: int = 50) -> list[Version]:
    """Units that ``called`` finds, on the day; 1 query."""
    if not fold(text):
        return []
    rows = holding_on(Area.objects.filter(called(text)), on)
    return as_versions(rows.order_by("sort_key", "code")[:limit])
