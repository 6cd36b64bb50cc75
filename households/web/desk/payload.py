"""What the form's page and the server say to each other while somebody types."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.request import RawPostDataException
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from households.registry.problems import RegistryRefusedError
from households.surveys.classification import look
from households.surveys.form_models import SurveyForm
from households.surveys.forms.conflicts import Conflict
from households.surveys.forms.numbers import is_number_field, masks_of, tokens_in
from households.surveys.forms.presence import Present
from households.surveys.forms.saving import Change, Saved
from households.surveys.forms.wording import wording_of
from households.web.desk.beside import Beside
from povertyportal.core.models import User


@dataclass(frozen=True, slots=True)
class Sent:
    key: UUID
    base: int
    changes: tuple[Change, ...]


def read_sent(request: HttpRequest) -> Sent:
    """{"key", "base", "changes": [{"name", "before": […], "after": […], "decides"}]}. Raises BadRequest."""
    try:
        told = json.loads(request.body)
        return Sent(UUID(told["key"]), _whole(told["base"]), tuple(_changes(told["changes"])))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, RawPostDataException):
        raise BadRequest(_("Không đọc được nội dung gửi lên.")) from None  # its text may hold what was typed


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**31:
        raise ValueError
    return value


def _changes(listed: Any) -> Iterator[Change]:
    if not isinstance(listed, list):
        raise TypeError
    for one in listed:
        yield Change(_text(one["name"]), _texts(one["before"]), _texts(one["after"]), one.get("decides") is True)


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(_text(value) for value in values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a character of two cannot be stored
    return value


def told_of(
    saved: Saved, form: SurveyForm, others: Iterable[Present], *, by: User, found: Beside | None
) -> dict[str, Any]:
    """``found``: what the answers come to; None where the page knows it already."""
    told = {
        "version": saved.version,
        "saved_at": moment(saved.saved_at),
        "repeated": saved.repeated,
        "values": saved.values,
        "masks": masks_of(_tokens(saved)),
        "conflicts": _conflicts(saved, form, by, found),
        "others": [one.name for one in others],
        "state": str(form.state),
    }
    return {**told, "panel": found.panel, "findings": found.findings} if found else told


def _tokens(saved: Saved) -> set[str]:
    in_conflict = (value for one in saved.conflicts if is_number_field(one.name) for value in (*one.yours, *one.theirs))
    return tokens_in(saved.values) | set(in_conflict)


def _conflicts(saved: Saved, form: SurveyForm, by: User, found: Beside | None) -> list[dict[str, Any]]:
    if not saved.conflicts:
        return []
    sheet = found.look.sheet if found else look(form, saved.answers).sheet
    wording = wording_of(sheet, saved.answers, [])
    return [_conflict(one, by, wording.label(one.name)) for one in saved.conflicts]


def _conflict(one: Conflict, by: User, label: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": label,
        "yours": one.yours,
        "yours_by": one.yours_by,
        "yours_at": moment(one.yours_at),
        "mine": one.sender == by.pk,
        "theirs": one.theirs,
        "by": one.by,
        "at": moment(one.at),
    }


def moment(at: datetime | None) -> str:
    """As the page shows it."""
    return localtime(at).strftime("%H:%M:%S") if at else ""


def refusal(refused: RegistryRefusedError) -> dict[str, Any]:
    """The whole in one sentence, and what belongs to a field at its field."""
    fields: dict[str, list[str]] = {}
    for problem in refused.problems:
        if problem.field:
            fields.setdefault(problem.field, []).append(problem.message)
    return {"refused": str(refused), "fields": fields}
