"""What an address may say: years in the path, days in the query. Which filters a page knows stands at its door (urls)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest

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


def day(request: HttpRequest, name: str) -> date | None:
    """A day of the query, None when not given. Raises BadRequest."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        return read_day(text)
    except DayRefusedError as refused:
        raise BadRequest(str(refused)) from refused
