"""What was written on a form: by whom, when, what stood there before; and what became of the form itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.surveys.classification import look
from households.surveys.form_models import ConfirmedQuestion, SurveyForm, SurveySave
from households.surveys.forms.merging import Answers
from households.surveys.forms.opening import content_in
from households.surveys.forms.reach import READ
from households.surveys.forms.refusing import is_known
from households.surveys.forms.saving import standards_of
from households.surveys.forms.story import Step, Told, story_of, told
from households.surveys.forms.wording import Wording, wording_of
from households.web.desk.form import head_of
from households.web.desk.saving import form_for
from povertyportal.core.models import User
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of
from povertyportal.records.search import Life
from povertyportal.records.wording import Entry, entries

SAVES_A_PAGE, STEPS_SHOWN = 100, 50
PEOPLE = ("listed_by", "assigned_to", "done_by", "returned_by")  # of a form, read with it
ONE_SITTING = timedelta(minutes=5)  # saves of one person with no longer pause are read as one
PAGE = "desk/history.html"


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    label: str
    before: str
    after: str
    step: Step

    @property
    def is_plain(self) -> bool:
        return not (self.step.refused or self.step.decided)


@dataclass(slots=True)
class Sitting:
    """Newest line first."""

    by: User
    since: datetime
    until: datetime
    lines: list[tuple[datetime, Line]]

    @property
    def is_short(self) -> bool:
        return self.since.strftime("%H:%M") == self.until.strftime("%H:%M")


class Saves(Sequence[SurveySave]):
    """As something that can be paged: most stories end on their first page, which then counts them too."""

    def __init__(self, rows: QuerySet[SurveySave]) -> None:
        self.rows, self.first = rows, list(rows[: SAVES_A_PAGE + 1])

    @cached_property
    def _total(self) -> int:
        return len(self.first) if len(self.first) <= SAVES_A_PAGE else self.rows.count()

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: Any) -> Any:
        return self.first[part] if part.stop <= len(self.first) else list(self.rows[part])


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    form = form_for(account_of(request), pk, READ, "sheet", *PEOPLE)
    field = _field_asked(request, form)
    page = page_asked(request, Saves(story_of(form.pk, field=field)), SAVES_A_PAGE)
    is_first = page.number == 1 and not field
    answers = content_in(form, getattr(form, "sheet", None)).answers
    saves = [told(row, field=field) for row in page.object_list]
    wording = _wording(form, answers, saves)
    context = {
        "form": form,
        "head": head_of(answers),
        "field": field,
        "label": wording.label(field) if field else "",
        "page": page,
        "sittings": _sittings(saves, wording, each_save=bool(field)),
        "steps": _steps(form, saves) if is_first else [],
        "confirmed": _confirmed(form, wording) if is_first else [],
    }
    return render(request, PAGE, context)


def _steps(form: SurveyForm, saves: Sequence[Told]) -> list[Entry]:
    """What became of the form itself; of people and things read with it nothing is asked again."""
    people = [one for name in PEOPLE if (one := getattr(form, name))] + [save.by for save in saves]
    life = Life({SurveyForm._meta.label_lower: Q(pgh_obj=form.pk)})
    return entries(life[:STEPS_SHOWN], [form.round, form.household, *people])


def _field_asked(request: HttpRequest, form: SurveyForm) -> str:
    """Raises BadRequest."""
    field = request.GET.get("field", "")
    if field and not is_known(field, frozenset(standards_of(form))):
        raise BadRequest(_("Phiếu này không có ô đó."))
    return field


def _wording(form: SurveyForm, answers: Answers, saves: Iterable[Told]) -> Wording:
    values = [(step.name, side) for save in saves for step in save.steps for side in (step.before, step.after)]
    return wording_of(look(form, answers).sheet, answers, values)


def _sittings(saves: Iterable[Told], wording: Wording, *, each_save: bool) -> list[Sitting]:
    """``each_save``: False tells a field once for a sitting, with what stood there before it and after it."""
    found: list[Sitting] = []
    for save in saves:
        at = localtime(save.at)
        if not found or found[-1].by != save.by or found[-1].since - at > ONE_SITTING:
            found.append(Sitting(save.by, at, at, []))
        found[-1].since = at
        for step in reversed(save.steps):
            _add(found[-1], at, _line(step, wording), each_save=each_save)
    return found


def _add(sitting: Sitting, at: datetime, line: Line, *, each_save: bool) -> None:
    for place, (later, known) in enumerate(sitting.lines):
        if not each_save and known.name == line.name and known.is_plain and line.is_plain:
            sitting.lines[place] = (later, replace(known, before=line.before))
            return
    sitting.lines.append((at, line))


def _line(step: Step, wording: Wording) -> Line:
    label = wording.label(step.name)
    return Line(step.name, label, wording.value(step.name, step.before), wording.value(step.name, step.after), step)


def _confirmed(form: SurveyForm, wording: Wording) -> Sequence[dict[str, Any]]:
    rows = ConfirmedQuestion.objects.filter(form=form).select_related("by").order_by("-at", "-pk")
    return [{"row": row, "label": wording.label(row.field) if row.field else ""} for row in rows]
