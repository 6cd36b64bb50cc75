"""The commune's chair asks the superior for his opinion: the list goes up as it stands, and is kept so."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from households.review.actions.compiling import check_ready
from households.review.actions.order import check_in_order, problems_of_texts
from households.review.calendar.stored import calendar
from households.review.deadlines import deadline_of
from households.review.listed import Listed, listed
from households.review.models import Dossier
from households.review.moving import moving
from households.review.procedures.shelf import procedure
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import Opinion
from households.surveys.forms.listing import last_day
from povertyportal.core.models import User
from povertyportal.vietnamese import tidy


def ask_opinion(
    *, dossier: int, letter_number: str, on: date, by: User, at: datetime, expected: int | None = None
) -> Opinion:
    """``letter_number``: of the commune's letter. Raises ReviewRefusedError, PermissionDenied."""
    letter_number = tidy(letter_number)
    asked = _("Cần số công văn xin ý kiến, ví dụ 215/UBND-KT.")
    if problems := list(problems_of_texts({"letter_number": (letter_number, 60)}, needed={"letter_number": asked})):
        raise ReviewRefusedError(problems)
    with moving(dossier=dossier, move="ask", on=on, by=by, at=at, expected=expected) as work:
        check_in_order(work)
        rows = listed(work.dossier, day=on)
        check_ready(work.dossier, rows, on)
        turn = Opinion.objects.filter(dossier=work.dossier).order_by("-turn").values_list("turn", flat=True).first()
        made = Opinion.objects.create(
            dossier=work.dossier, turn=(turn or 0) + 1, letter_number=letter_number, asked_on=on,
            due_on=due_of(work.dossier, on), shown=shown(rows), asked_by=by,
            asked_at=at,
        )  # fmt: skip
        work.details = {"opinion": made.pk, "turn": made.turn}
    return made


def due_of(dossier: Dossier, on: date) -> date:
    """Where no deadline of the answer is known, the round's last day."""
    known = procedure(dossier.procedure)
    if "opinion" in known.deadlines:
        return deadline_of(known, "opinion", on, calendar())
    return max(on, last_day(dossier.round))


def shown(rows: Iterable[Listed]) -> list[dict[str, Any]]:
    """Every household that was surveyed, as it is sent up."""
    return [one.shown() for one in rows if one.assessed]


def changed_since(opinion: Opinion, rows: Iterable[Listed]) -> list[str]:
    """Names of households that are not any more as the superior saw them, those that came and those that went too."""
    sent = {one["form"]: one for one in opinion.shown}
    now = {one.form: one.shown() for one in rows if one.assessed}
    changed = [key for key in sent.keys() | now.keys() if _said(sent.get(key)) != _said(now.get(key))]
    return sorted((now.get(key) or sent[key])["name"] for key in changed)


def _said(one: Mapping[str, Any] | None) -> tuple[Any, Any] | None:
    return (one["result"], one["class"]) if one else None
