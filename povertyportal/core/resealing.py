"""A new field key: what is sealed with an older one is sealed anew, in batches, so that the older key can be dropped.

Higher apps register their sealed columns in ``AppConfig.ready()``. What only has a fingerprint cannot be made anew, because
nobody knows the text: recovery codes on paper stay bound to the key they were made with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povertyportal.core.account_models import CodeDevice, KeptForm
from povertyportal.core.accounts import system_user
from povertyportal.core.crypto import KEY_ID, Unreadable, newest_key_id, seal, unseal
from povertyportal.core.file_models import KeptFile
from povertyportal.core.history import acting
from povertyportal.core.kept_files import about_file
from povertyportal.core.kept_forms import about_form
from povertyportal.core.second_factor import about_device


@dataclass(frozen=True, slots=True)
class Batch:
    """``last``: key of the last row looked at, None when none was left. ``lost``: rows that no key opens any more."""

    last: int | None
    done: int = 0
    lost: int = 0


class Sealed(Protocol):
    @property
    def title(self) -> str | Promise: ...

    @property
    def model(self) -> type[Model]: ...

    @property
    def column(self) -> str: ...

    def reseal(self, keys: list[int]) -> Batch:
        """In a transaction in which these rows are locked."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """``about``: the words that tie the content to its row."""

    title: str | Promise
    model: type[Model]
    column: str
    about: Callable[[Any], str]

    def reseal(self, keys: list[int]) -> Batch:
        lost = 0
        for row in self.model._default_manager.filter(pk__in=keys):
            try:
                plain = unseal(getattr(row, self.column), about=self.about(row))
            except Unreadable:
                lost += 1
                continue
            sealed = seal(plain, about=self.about(row))
            self.model._default_manager.filter(pk=row.pk).update(**{self.column: sealed})
        return Batch(keys[-1], len(keys) - lost, lost)


_sealed: list[Sealed] = [
    SealedColumn(gettext_lazy("khóa của mã xác thực"), CodeDevice, "sealed_key", lambda row: about_device(row.user)),
    SealedColumn(gettext_lazy("phiếu chờ gửi lại"), KeptForm, "sealed_body", lambda row: about_form(row.user)),
    SealedColumn(gettext_lazy("tệp được giữ"), KeptFile, "sealed", lambda row: about_file(row.key)),
]


def register_sealed(column: Sealed) -> None:
    if all(one.model is not column.model for one in _sealed):
        _sealed.append(column)


def sealed_columns() -> list[Sealed]:
    return sorted(_sealed, key=lambda one: one.model._meta.label)


def left(column: Sealed) -> int:
    """Rows that are not sealed with the newest key."""
    return int(_asked(f"SELECT count(*) FROM {_table(column)} WHERE {_older(column)}", [newest_key_id()])[0][0])  # noqa: S608


@transaction.atomic
def reseal_batch(column: Sealed, *, after: int, size: int) -> Batch:
    """The next rows after this key. Begun again after a halt, it goes on with what is left."""
    key = connection.ops.quote_name(str(column.model._meta.pk.column))
    statement = (
        f"SELECT {key} FROM {_table(column)} WHERE {_older(column)} AND {key} > %s ORDER BY {key} LIMIT %s FOR UPDATE"  # noqa: S608
    )
    keys = [one for (one,) in _asked(statement, [newest_key_id(), after, size])]
    if not keys:
        return Batch(None)
    with acting(by=system_user(), reason=_("Đổi khóa mã hóa")):
        return column.reseal(keys)


def _table(column: Sealed) -> str:
    return connection.ops.quote_name(column.model._meta.db_table)


def _older(column: Sealed) -> str:
    name = connection.ops.quote_name(column.column)
    return f"substring({name} FROM {KEY_ID.start + 1} FOR {KEY_ID.stop - KEY_ID.start}) <> %s"


def _asked(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
