"""Who may come through which address. Every view carries one rule; an address without one is closed.

The rule asks three things: has somebody signed in, has he the right anywhere (which units it covers the view itself asks of
``households.access``), and does the address carry only questions the page understands: a filter nobody knows is refused,
since a page that ignored it would show more than was asked for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., Any]


class Who(StrEnum):
    STRANGERS = "strangers"
    ACCOUNTS = "accounts"  # any signed-in account, also one without grants
    RIGHT = "right"  # accounts with the action in some grant of the day


@dataclass(frozen=True, slots=True)
class Door:
    who: Who
    action: str = ""
    asks: frozenset[str] = frozenset()


def open_to_strangers(asks: Iterable[str] = ()) -> Callable[[View], View]:
    return _with(Door(Who.STRANGERS, asks=frozenset(asks)))


def own_account(asks: Iterable[str] = ()) -> Callable[[View], View]:
    return _with(Door(Who.ACCOUNTS, asks=frozenset(asks)))


def needs(action: str, *, asks: Iterable[str] = ()) -> Callable[[View], View]:
    return _with(Door(Who.RIGHT, action, frozenset(asks)))


def _with(door: Door) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def behind_door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs)

        behind_door.door = door  # type: ignore[attr-defined]  # read by the middleware and by the tests
        behind_door.login_required = door.who is not Who.STRANGERS  # type: ignore[attr-defined]  # Django's middleware
        return behind_door

    return decorate


class DoorMiddleware:
    """Stands after authentication. Raises PermissionDenied or BadRequest with a sentence for the official."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        door: Door | None = getattr(view, "door", None)
        if door is None:
            raise PermissionDenied(_("Trang này chưa khai báo ai được mở, nên không mở cho ai."))
        if door.who is Who.RIGHT and not request.user.has_perm(door.action):
            raise PermissionDenied(_("Quyền được giao cho bạn hôm nay không gồm việc này."))
        if any("\0" in str(value) for value in kwargs.values()):
            raise Http404
        check_questions(request, door.asks)


def check_questions(request: HttpRequest, known: frozenset[str]) -> None:
    """Raises BadRequest (400) for a filter that the page does not have, one given twice, or one that no database can hold."""
    for name, values in request.GET.lists():
        if name not in known:
            raise BadRequest(_("Trang này không có bộ lọc “%(name)s”.") % {"name": name})
        if len(values) > 1:
            raise BadRequest(_("Bộ lọc “%(name)s” được ghi nhiều lần.") % {"name": name})
        if "\0" in values[0]:
            raise BadRequest(_("Bộ lọc “%(name)s” có ký tự không đọc được.") % {"name": name})
