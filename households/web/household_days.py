"""The day of a household's page, as the address asks for it."""

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from households.areas.days import DayRefusedError, read_day


def day_asked(request: HttpRequest) -> date | None:
    """None without one. Raises BadRequest for a text that is no day."""
    text = request.GET.get("on", "").strip()
    try:
        return read_day(text) if text else None
    except DayRefusedError as refused:
        raise BadRequest(str(refused)) from refused
