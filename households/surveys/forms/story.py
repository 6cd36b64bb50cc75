"""Who changed what on a form, and when: read from its saves, numbers only as the tokens that were stored."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from households.surveys.form_models import SurveySave
from households.surveys.forms.merging import Values
from povertyportal.core.models import User


@dataclass(frozen=True, slots=True)
class Step:
    """``refused``: somebody else had written another value, so that this one was kept aside. ``decided``: an end of that."""

    name: str
    before: Values
    after: Values
    refused: bool = False
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One save, or several of one person that followed each other."""

    by: User
    at: datetime
    version: int
    steps: tuple[Step, ...]


def story_of(form: int, *, field: str = "") -> QuerySet[SurveySave]:
    """Saves that changed something, the newest first; of one field only where it is named."""
    rows = SurveySave.objects.filter(form=form).exclude(changes=[], refused=[]).select_related("by")
    if field:
        named = [{"name": field}]
        rows = rows.filter(changes__contains=named) | rows.filter(refused__contains=named)
    return rows.order_by("-version", "-pk")


def told(save: SurveySave, *, field: str = "") -> Told:
    steps = (*_steps(save.changes), *_steps(save.refused, refused=True))
    return Told(save.by, save.at, save.version, tuple(one for one in steps if field in ("", one.name)))


def _steps(listed: Iterable[Mapping[str, Any]], *, refused: bool = False) -> Iterator[Step]:
    for one in listed:
        yield Step(one["name"], one["from"], one["to"], refused, bool(one.get("decides")))
