"""Which members of a household a decision on low-income workers is about: it is of persons (Decree 30/2025/NĐ-CP)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from households.registry.problems import Problem
from households.registry.state import MemberState, members_on
from households.review.models import Intake, IntakeKind, IntakeState
from povertyportal.vietnamese import fold

if TYPE_CHECKING:
    from households.review.actions.planning import DraftLine

Persons = Mapping[int, Collection[int]]
"""Form → persons."""


def named_on_paper(lines: Sequence["DraftLine"], day: date) -> tuple["DraftLine", ...]:
    """Each with the member who asked, where a paper of that name was handed in; 2 queries."""
    papers = Intake.objects.filter(form__in=[one.row.form for one in lines], kind=IntakeKind.WORKER)
    asked: dict[int, set[str]] = {}
    for form, name in papers.exclude(state=IntakeState.WITHDRAWN).values_list("form", "applicant"):
        asked.setdefault(form, set()).add(fold(name))
    members = members_on([one.row.household for one in lines], day)
    return tuple(
        replace(one, workers=_called(members.get(one.row.household, ()), asked.get(one.row.form, ()))) for one in lines
    )


def _called(members: Iterable[MemberState], names: Collection[str]) -> tuple[int, ...]:
    return tuple(one.person for one in members if fold(one.full_name) in names)


def chosen(lines: Iterable["DraftLine"], persons: Persons) -> tuple["DraftLine", ...]:
    """Those of ``persons`` where it names the form."""
    return tuple(
        replace(one, workers=tuple(persons[one.row.form])) if one.row.form in persons else one for one in lines
    )


def problems_of_workers(lines: Sequence["DraftLine"], day: date, *, none_is_right: bool = False) -> Iterator[Problem]:
    """``none_is_right``: of a correction, that takes the household off the list."""
    members = members_on([one.row.household for one in lines], day)
    for one in lines:
        known = {member.person for member in members.get(one.row.household, ())}
        field = f"worker-{one.row.form}"
        if not one.workers and not none_is_right:
            yield Problem(field, _("Hộ %s: hãy chọn thành viên là người lao động có thu nhập thấp.") % one.row.name)
        if strangers := set(one.workers) - known:
            told = {"name": one.row.name, "count": len(strangers)}
            yield Problem(field, _("Hộ %(name)s: %(count)s người đã chọn không phải thành viên của hộ.") % told)
