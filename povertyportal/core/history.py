"""The history of every row: who changed what, when, why and from where, written by triggers of the database.

``@tracked()`` gives a model its history table, which the web role may only read (privileges.close_history). A write to a
tracked table outside ``acting`` fails in the database, also when it is bulk SQL: the history row lacks its context.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import pghistory
from django.db import connection, models
from django.db.models import Q
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from povertyportal.core.history_row import HistoryRow

M = TypeVar("M", bound=models.Model)

# Where the change comes from: ``address`` of the client and ``via`` (path of the page or name of the command). Set by the
# middleware and by commands; part of every history row.
origin: ContextVar[dict[str, str] | None] = ContextVar("origin", default=None)
_inside: ContextVar[bool] = ContextVar("acting", default=False)


@contextmanager
def acting(*, by: models.Model, reason: str) -> Iterator[None]:
    """All writes inside are done by this user for this reason. Nested, the outer user and reason stand.

    Raises ValueError without a reason. Outside it a tracked table refuses any change.
    """
    if _inside.get():
        yield
        return
    if not reason.strip():
        raise ValueError("a change needs a reason")
    where = origin.get() or {"via": " ".join(sys.argv[:2])[-200:]}
    told = {"user": by.pk, "username": str(getattr(by, "username", "")), "reason": reason, **where}
    token = _inside.set(True)
    try:
        with pghistory.context(**told):
            yield
    finally:
        _inside.reset(token)
        _forget()


def _forget() -> None:
    """Inside a longer transaction the context would outlive its block: the next write would carry a foreign reason."""
    inside = connection.in_atomic_block and connection.connection is not None and not connection.needs_rollback
    if inside and connection.connection.get_transaction_status() != TRANSACTION_STATUS_INERROR:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")


def tracked(*, exclude: Iterable[str] = ()) -> Callable[[type[M]], type[M]]:
    """Class decorator: each insert, update and delete leaves a row in ``<Model>History``.

    ``exclude``: fields whose values must not be copied (hashes, keys); a change of these alone leaves no row.
    """

    def decorate(model: type[M]) -> type[M]:
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            base_model=HistoryRow,
            level=pghistory.Statement,
            obj_field=pghistory.ObjForeignKey(related_name="history", db_index=True),
            context_field=pghistory.ContextJSONField(null=False),
            context_id_field=None,  # type: ignore[arg-type]  # the library takes None, its annotation forgot it
            model_name=f"{model.__name__}History",
            meta=_told(model),
        )(model)

    return decorate


def _told(model: type[models.Model]) -> dict[str, Any]:
    """A history row without user and reason is refused by its table.

    A check that comes out NULL would pass, as it does for a list or a null in place of the reason: hence "IS TRUE". In
    jsonb every number comes before true, lists and objects: below the greatest key stand numbers only.
    """
    table = model._meta.db_table
    keys = Q(pgh_context__has_keys=["user", "reason"], pgh_context__reason__regex=r"\S")
    number = Q(pgh_context__user__gt=0, pgh_context__user__lte=models.BigIntegerField.MAX_BIGINT)
    told = models.Func(keys & number, template="(%(expressions)s) IS TRUE", output_field=models.BooleanField())
    return {
        "db_table": f"{table}_history",
        "constraints": [models.CheckConstraint(condition=told, name=f"{table}_told")],
        "indexes": [models.Index(fields=["pgh_created_at"], name=f"{table[:25]}_when")],
    }
