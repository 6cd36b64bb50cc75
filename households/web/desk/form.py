"""The page of one form: its questions, what was typed so far, and beside it what that comes to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import json_script
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.criteria.ages_asked import ages_asked, together
from households.criteria.questionnaire.filling import filled
from households.criteria.questionnaire.sheet import MOST_ROWS, Control
from households.surveys.awaited import awaited
from households.surveys.classification import Look
from households.surveys.form_models import OPEN_STATES, State, SurveyForm
from households.surveys.forms.listing import LIST
from households.surveys.forms.opening import Content, content_in
from households.surveys.forms.reach import READ
from households.surveys.forms.saving import FILL
from households.surveys.forms.steps import RETURN
from households.web.desk.beside import Beside, beside
from households.web.desk.form_words import words
from households.web.desk.saving import form_and_scopes, opaque
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of

PAGE = "desk/form.html"
BEFORE_THE_ROSTER = ("head", "a:")


class AsWritten(DjangoJSONEncoder):
    """Letters with marks as they are: escaped, each would take six bytes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False, "separators": (",", ":")})


@require_safe
def form_page(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    form, may_fill = _asked(user, pk)
    content = content_in(form, getattr(form, "sheet", None))
    found = beside(form, content.answers, may_fill=may_fill)
    return render(request, PAGE, _context(form, content, found, user=user, may_fill=may_fill))


def _asked(user: User, pk: int) -> tuple[SurveyForm, bool]:
    """The form, and whether he may write on it. Raises Http404, PermissionDenied."""
    form, scopes = form_and_scopes(user, pk, [READ, FILL], ["sheet"])
    return form, scopes[FILL].covers(form.area_code, on=form.round.area_on)


def _doors(user: User, form: SurveyForm) -> set[str]:
    """What may be asked for from here; whether it is granted the door itself says."""
    is_open = form.state in OPEN_STATES
    wanted = {
        "take": is_open and form.assigned_to_id is None and user.has_perm(FILL),
        "return": form.state in (State.DONE, State.HANDED) and user.has_perm(RETURN),
        "drop": is_open and user.has_perm(LIST),
    }
    return {name for name, offered in wanted.items() if offered}


def _context(form: SurveyForm, content: Content, found: Beside, *, user: User, may_fill: bool) -> dict[str, Any]:
    sheet = filled(found.look.sheet, found.look.typed)
    first = [one for one in sheet.blocks if one.key.startswith(BEFORE_THE_ROSTER)]
    return {
        "form": form,
        "head": head_of(content.answers),
        "place": found.look.ground.place,
        "before": first,
        "roster": [one for one in sheet.roster if one.kind != "hidden"],
        "after": [one for one in sheet.blocks if one not in first],
        "most_rows": MOST_ROWS,
        "panel": found.panel,
        "writable": may_fill and form.state in OPEN_STATES,
        "returned": form.state == State.RETURNED or (form.state == State.TYPING and form.returned_at),
        "doors": _doors(user, form),
        "awaited": awaited(form.round),
        "previous": found.known.before,
        "data": json_script(_data(form, content, found) | {"account": opaque(user)}, "desk-data", encoder=AsWritten),
    }


def _data(form: SurveyForm, content: Content, found: Beside) -> dict[str, Any]:
    """For the page's script."""
    before = found.known.before
    roster = {name: values for name, values in content.answers.items() if name.startswith("m")}
    return {
        "form": form.pk,
        "version": content.version,
        "on": found.look.on.isoformat(),
        "answers": roster,
        "masks": found.known.masks,
        "previous": {name: values for name, values in before.answers.items() if values} if before else {},
        "previous_year": before.year if before else None,
        "columns": _columns(found.look),
        "findings": {name: [_short(one) for one in said] for name, said in found.findings.items()},
        "words": words(),
    }


def _short(said: dict[str, Any]) -> dict[str, Any]:
    """What stands at the field; the panel has the rest."""
    return {name: said[name] for name in ("strength", "text", "confirmed")}


def _columns(seen: Look) -> list[dict[str, Any]]:
    ages = together(ages_asked(one.applied.standard, one.applied.table) for _purpose, one in seen.outcomes)
    return [_column(one, ages.get(one.name, [])) for one in seen.sheet.roster]


def _column(control: Control, ages: Sequence[tuple[int, int | None]]) -> dict[str, Any]:
    return {
        "name": control.name,
        "kind": control.kind,
        "label": control.label,
        "options": list(control.options.items()),
        "ages": [list(one) for one in ages],
    }


def head_of(answers: Mapping[str, Sequence[str]]) -> str:
    """Name of the head as the roster has it now, else of the first member."""
    names = {name[:-5]: values[-1] for name, values in answers.items() if name.endswith("-name") and values}
    heads = [row for row in names if list(answers.get(f"{row}-relation", ())) == ["head"]]
    return names[heads[0]] if heads else next(iter(names.values()), _("chưa có tên"))
