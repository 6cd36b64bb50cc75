"""What saving would do: the households of a form before and after its action, which is taken back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from households.registry.codes import RecognisedClass, Relation
from households.registry.places import named_place
from households.registry.state import HouseholdState, MemberState


@dataclass(frozen=True, slots=True)
class Outcome:
    on: date
    lines: tuple[str, ...]


def outcome_of(
    before: Mapping[int, HouseholdState], after: Mapping[int, HouseholdState], *, new: int | None, on: date
) -> Outcome:
    """``new``: a household that the action made; its number is not told, since the next one gets it."""
    lines = [line for key in after for line in _lines(before.get(key), after[key], new=key == new)]
    return Outcome(on, tuple(lines) or (_("không có gì thay đổi vào ngày này."),))


def _lines(before: HouseholdState | None, after: HouseholdState, *, new: bool) -> Iterator[str]:
    known = before if before and before.head else after
    told: dict[str, Any] = {"household": _("Hộ mới") if new else _title(known)}
    if after.merged_into:
        yield _("%(household)s không còn là một hộ; người của hộ về hộ H%(other)s.") % {
            **told,
            "other": after.merged_into,
        }
    elif not after.exists:
        yield _("%(household)s kết thúc.") % told
    elif new or before is None:
        told |= {"place": _place(after), "members": _list(after.members)}
        yield _("%(household)s ở %(place)s, gồm: %(members)s.") % told
    else:
        for line in _changes(before, after):
            yield f"{told['household']}: {line}"


def _changes(before: HouseholdState, after: HouseholdState) -> Iterator[str]:
    was, now = ({one.person: one for one in state.members} for state in (before, after))
    if gone := [one for key, one in was.items() if key not in now]:
        yield _("không còn %(members)s.") % {"members": _list(gone)}
    if come := [one for key, one in now.items() if key not in was]:
        yield _("có thêm %(members)s.") % {"members": _list(come)}
    for one in after.members:
        if one.person in was and was[one.person].relation != one.relation:
            yield _("%(name)s là %(relation)s.") % {"name": one.full_name, "relation": Relation(one.relation).label}
    if (before.area_code, before.address, before.local_code) != (after.area_code, after.address, after.local_code):
        yield _("ở %(place)s.") % {"place": _place(after)}
    if after.recognition and after.recognition != before.recognition:
        told = {"klass": RecognisedClass(after.recognition.klass).label, "number": after.recognition.decision_number}
        yield _("là %(klass)s theo quyết định số %(number)s.") % told
    yield _("có %(total)d người.") % {"total": len(after.members)}


def _title(state: HouseholdState) -> str:
    return _("Hộ %s") % state.head.full_name if state.head else f"H{state.household}"


def _list(members: Iterable[MemberState]) -> str:
    return "; ".join(f"{one.full_name} ({Relation(one.relation).label})" for one in members)


def _place(state: HouseholdState) -> str:
    place = named_place(state.area_code, on=state.day).near
    code = _("mã hộ %s") % state.local_code if state.local_code else ""
    return ", ".join(one for one in (state.address, place, code) if one)
