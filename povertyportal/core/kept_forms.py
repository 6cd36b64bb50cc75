"""A form sent after the screen was locked is not lost: it waits, sealed, until its sender has given the password again.

Only the newest one of each person is kept, for a day. It is sent again through its own page, which checks it like any other.
"""

from datetime import datetime, timedelta
from io import BytesIO

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from povertyportal.core.account_models import KeptForm
from povertyportal.core.crypto import Unreadable, seal, unseal
from povertyportal.core.models import User

LARGEST = 3 * 1024 * 1024  # bytes; an attached file beyond that is chosen again
KEPT_FOR = timedelta(days=1)
FIELD = "_kept_form"  # the form that sends it again carries this name instead of the fields


def can_keep(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return request.method == "POST" and length.isdigit() and 0 < int(length) <= LARGEST


def read_whole(request: HttpRequest) -> None:
    """Read the body before anything takes it apart, so that it can be kept as it came."""
    if can_keep(request):
        _ = request.body


def keep(request: HttpRequest, user: User, *, at: datetime) -> bool:
    """Whether it could be kept. Its page must have accepted the form's token before (CsrfViewMiddleware).

    The button that sends a kept form again holds nothing itself: what waits goes on waiting.
    """
    if FIELD in request.POST:
        return kept_for(user, at=at) is not None
    if not can_keep(request):
        return False
    sealed = seal(request.body, about=about_form(user))
    values = {
        "sent_at": at, "path": request.get_full_path()[:2000], "content_type": request.META.get("CONTENT_TYPE", "")[:300],
        "sealed_body": sealed,
    }  # fmt: skip
    KeptForm.objects.update_or_create(user=user, defaults=values)
    return True


def kept_for(user: User, *, at: datetime) -> KeptForm | None:
    return KeptForm.objects.filter(user=user, sent_at__gt=at - KEPT_FOR).first()


def drop(user: User) -> None:
    KeptForm.objects.filter(user=user).delete()


def drop_old(*, at: datetime) -> int:
    return KeptForm.objects.filter(sent_at__lte=at - KEPT_FOR).delete()[0]


def put_back(request: HttpRequest, user: User, *, at: datetime) -> bool:
    """Give this request, sent to the same page, the body that was kept; it is kept no longer. Whether there was one."""
    kept = kept_for(user, at=at)
    if kept is None or kept.path != request.get_full_path():
        return False
    try:
        body = unseal(kept.sealed_body, about=about_form(user))
    except Unreadable:
        drop(user)
        return False
    drop(user)
    _replace_body(request, body, kept.content_type)
    return True


def _replace_body(request: HttpRequest, body: bytes, content_type: str) -> None:
    """Let Django take the form apart once more, fields and files, from these bytes: as if it came so from the start."""
    request.META["CONTENT_TYPE"], request.META["CONTENT_LENGTH"] = content_type, str(len(body))
    fresh = WSGIRequest(request.META | {"wsgi.input": BytesIO(body)})
    for name in ("_body", "_post", "_files"):
        request.__dict__.pop(name, None)
    parsed = ("content_type", "content_params", "encoding", "_stream", "_read_started")
    request.__dict__.update({name: fresh.__dict__[name] for name in parsed if name in fresh.__dict__})


def about_form(user: User) -> str:
    return f"kept form of {user.pk}"
