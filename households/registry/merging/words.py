"""What a merge will do, in sentences for whoever decides; never a personal number."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from households.registry.codes import Relation
from households.registry.merging.plan import MergePlan, stay_of
from households.registry.merging.spans import FOR_EVER, Stay
from households.registry.models import Person
from povertyportal.vietnamese import format_date

FIELDS = ("sex", "birth_date", "birth_year", "ethnicity", "identity", "old_identity", "insurance", "died_on")


def sentences(plan: MergePlan) -> tuple[str, ...]:
    """Empty where a problem stands against it; those the page shows instead."""
    return () if plan.problems else tuple(_said(plan))


def _said(plan: MergePlan) -> Iterator[str]:
    for drop, keep in plan.pairs.persons.items():
        told = {"drop": drop, "name": plan.persons[drop].full_name, "keep": keep, "kept": plan.persons[keep].full_name}
        yield _("Hồ sơ số %(drop)s (%(name)s) gộp vào hồ sơ số %(keep)s (%(kept)s).") % told
        if filled := [_title(name) for name in FIELDS if _is_filled(plan, keep, name)]:
            yield _("Lấy thêm từ hồ sơ bị gộp vì hồ sơ giữ lại còn trống: %s.") % ", ".join(filled)
    for drop, keep in plan.pairs.households.items():
        yield _("Hồ sơ hộ H%(drop)s gộp vào hộ H%(keep)s.") % {"drop": drop, "keep": keep}
        if plan.lives[keep] != plan.households[keep].validity:
            start, end = plan.lives[keep].lower, plan.lives[keep].upper
            yield _("Hộ H%(keep)s có từ ngày %(start)s%(end)s.") % {
                "keep": keep, "start": format_date(start), "end": _until(end) if end else "",
            }  # fmt: skip
    yield from _memberships(plan)
    for one in plan.recognitions:
        row = {"what": one.row.get_klass_display(), "year": one.row.year, "keep": one.household}
        yield _("Công nhận %(what)s năm %(year)s ghi sang hộ H%(keep)s, giữ số và ngày quyết định.") % row


def _title(name: str) -> str:
    return str(getattr(Person._meta.get_field(name), "verbose_name", name))


def _is_filled(plan: MergePlan, keep: int, name: str) -> bool:
    return bool(plan.filled[keep].get(name) or plan.filled[keep].get(f"{name}_id"))


def _memberships(plan: MergePlan) -> Iterator[str]:
    before = {
        Stay(plan.pairs.person(one), plan.pairs.household(one), one.relation, one.start, one.end)
        for one in map(stay_of, plan.rows)
    }
    after = set(plan.merged.stays)
    names = {row.person_id: row.person.full_name for row in plan.rows}
    for one in _in_order(before - after):
        yield _("Bỏ: %s.") % _membership(one, names)
    for one in _in_order(after - before):
        yield _("Ghi: %s.") % _membership(one, names)


def _in_order(stays: Iterable[Stay]) -> list[Stay]:
    return sorted(stays, key=lambda one: (one.household, one.person, one.start))


def _membership(one: Stay, names: dict[int, str]) -> str:
    return _("%(name)s là thành viên hộ H%(household)s (%(relation)s) từ %(start)s%(end)s") % {
        "name": names[one.person], "household": one.household, "relation": Relation(one.relation).label,
        "start": format_date(one.start), "end": "" if one.end == FOR_EVER else _until(one.end),
    }  # fmt: skip


def _until(end: object) -> str:
    return _(", đến trước ngày %s") % format_date(end)  # type: ignore[arg-type]
