"""Who has a form open: said by every save and by the page's look from time to time, believed for a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from households.surveys.form_models import SurveyPresence
from povertyportal.core.models import User

BELIEVED = timedelta(seconds=60)
_SAID_ANEW = timedelta(seconds=15)  # not written more often: fifty people typing are no load
_SEEN = """
INSERT INTO households_surveypresence AS known (form_id, user_id, at) VALUES (%s, %s, %s)
    ON CONFLICT (form_id, user_id) DO UPDATE SET at = excluded.at WHERE known.at < %s
"""


@dataclass(frozen=True, slots=True)
class Present:
    name: str
    at: datetime


def seen(*, form: int, by: User, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [form, by.pk, at, at - _SAID_ANEW])


def meet(*, form: int, by: User, at: datetime) -> Sequence[Present]:
    """He is there, and these were heard of in the last minute, the latest first. Mostly 1 query: nobody is written down every
    second."""
    present = _present(form, at)
    if not any(row.user_id == by.pk and row.at > at - _SAID_ANEW for row in present):
        seen(form=form, by=by, at=at)
    return [Present(str(row.user), row.at) for row in present if row.user_id != by.pk]


def _present(form: int, at: datetime) -> list[SurveyPresence]:
    rows = SurveyPresence.objects.filter(form=form, at__gt=at - BELIEVED).select_related("user")
    return list(rows.order_by("-at"))
