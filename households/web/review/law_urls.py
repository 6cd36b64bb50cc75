"""Addresses of what all dossiers go by: the calendar and the procedures. Everybody with an account may read them."""

from django.urls import URLPattern, path

from households.review.rights import CALENDAR
from households.web.review import calendar, procedures
from povertyportal.core.doors import needs, own_account

GONE_BY: list[URLPattern] = [
    path("calendar/", own_account(asks=["year"])(calendar.calendar_days), name="calendar"),
    path("calendar/new/", needs(CALENDAR)(calendar.calendar_day_new), name="calendar_new"),
    path("procedures/", own_account()(procedures.procedure_list), name="procedures"),
    path("procedures/<slug:code>/", own_account()(procedures.procedure_detail), name="procedure"),
]
