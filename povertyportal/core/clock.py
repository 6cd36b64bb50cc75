"""What time it is. Only views, commands and middleware ask; the domain is told."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The day in Vietnam (settings.TIME_ZONE), whatever the clock of the machine."""
    return timezone.localdate()
