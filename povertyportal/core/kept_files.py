"""Files that the portal made or was given: sealed, opened by the page that made them, gone when their day is over.

They lie in the database; another storage can be put behind these functions. Who may open one is asked by the caller.
"""

import uuid
from datetime import datetime, timedelta

from django.db.models import QuerySet

from povertyportal.core.crypto import seal, unseal
from povertyportal.core.discreet import holds_number
from povertyportal.core.file_models import KeptFile
from povertyportal.core.models import Job, User

LARGEST = 200 * 1024 * 1024


class FileTooLargeError(ValueError):
    """Beyond LARGEST: make it in parts."""


def put(
    content: bytes,
    *,
    purpose: str,
    name: str,
    content_type: str,
    by: User,
    at: datetime,
    keep: timedelta,
    job: Job | None = None,
) -> KeptFile:
    """``name``: as it is saved by who fetches it; never with a personal number. Raises FileTooLargeError, ValueError."""
    if len(content) > LARGEST:
        raise FileTooLargeError(name)
    if holds_number(name):
        raise ValueError("a file's name holds a personal number")
    key = uuid.uuid4()
    return KeptFile.objects.create(
        key=key, purpose=purpose, name=name, content_type=content_type, size=len(content), job=job,
        sealed=seal(content, about=about_file(key)), made_by=by, made_at=at, keep_until=at + keep,
    )  # fmt: skip


def kept(*, purpose: str, by: User, at: datetime) -> "QuerySet[KeptFile]":
    """What this account made and may still fetch, newest first, without the content."""
    rows = KeptFile.objects.filter(purpose=purpose, made_by=by, keep_until__gt=at)
    return rows.defer("sealed").order_by("-made_at", "-pk")


def open_file(found: KeptFile) -> bytes:
    """Raises crypto.Unreadable."""
    return unseal(found.sealed, about=about_file(found.key))


def forget(found: KeptFile) -> None:
    found.delete()


def forget_old(*, at: datetime) -> int:
    return KeptFile.objects.filter(keep_until__lte=at).delete()[0]


def about_file(key: uuid.UUID) -> str:
    return f"kept file {key}"
