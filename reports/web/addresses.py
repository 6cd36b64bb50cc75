"""What an address may say: years in the path, known filters in the query. Anything else is refused, never ignored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from households.areas.days import DayRefusedError, read_day


@dataclass(frozen=True, slots=True)
class Years:
    first: int
    last: int

    @property
    def first_day(self) -> date:
        return date(self.first, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.last, 12, 31)


class YearsConverter:
    """ "2016-2020" in a path; a period that ends before it begins is not found."""

    regex = "(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> Years:
        first, last = value.split("-")
        if last < first:
            raise ValueError(value)
        return Years(int(first), int(last))

    def to_url(self, value: Years) -> str:
        return f"{value.first}-{value.last}"


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """Raises BadRequest (400) for a filter that the page does not have, one given twice, or one that no database can hold."""
    allowed = set(known)
    for name, values in request.GET.lists():
        if name not in allowed:
            raise BadRequest(_("Trang này không có bộ lọc “%(name)s”.") % {"name": name})
        if len(values) > 1:
            raise BadRequest(_("Bộ lọc “%(name)s” được ghi nhiều lần.") % {"name": name})
        if "\0" in values[0]:
            raise BadRequest(_("Bộ lọc “%(name)s” có ký tự không đọc được.") % {"name": name})


def day(request: HttpRequest, name: str) -> date | None:
    """A day of the query, None when not given. Raises BadRequest."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        return read_day(text)
    except DayRefusedError as refused:
        raise BadRequest(str(refused)) from refused
