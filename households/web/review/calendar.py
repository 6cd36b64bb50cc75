"""Days off and days worked in exchange, by which every deadline counts: the shipped ones, and what administrators said since."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from households.criteria.law.parts import Sureness
from households.registry.problems import RegistryRefusedError
from households.review.calendar.shipped import last_shipped_year, shipped_days, unsettled
from households.review.calendar.stored import LONGEST_BASIS, LONGEST_NAME, may_edit, set_day
from households.review.rights import READ
from households.review.superior_models import CalendarDay
from households.web.form_parts import ActionForm, long_field, text_field
from households.web.standards_reading import SURENESS
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField, key_in
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_date

FIRST_YEAR = min(one.day.year for one in shipped_days())
LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Line:
    """``sure``: value and words of how sure a shipped day is; ``by``: who said it, of one that was entered; ``holds``: no later
    word about the day undoes it."""

    day: date
    off: bool
    name: str
    basis: str
    sure: tuple[str, str] | None = None
    by: User | None = None
    at: datetime | None = None
    holds: bool = True


class DayForm(ActionForm):
    day = VietnameseDateField(label=gettext_lazy("Ngày"))
    off = forms.TypedChoiceField(
        label=gettext_lazy("Ngày đó"),
        choices=[("1", gettext_lazy("nghỉ")), ("0", gettext_lazy("làm việc (làm bù, hoặc không nghỉ nữa)"))],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Hãy chọn ngày đó nghỉ hay làm việc.")},
    )
    name = text_field(
        gettext_lazy("Tên ngày"), gettext_lazy("Ví dụ: Ngày Văn hóa Việt Nam; làm bù ngày 31/08."), most=LONGEST_NAME
    )
    basis = long_field(
        gettext_lazy("Căn cứ"),
        gettext_lazy("Số, ngày, cơ quan ra văn bản. Người khác đọc để biết vì sao hạn thay đổi."),
        most=LONGEST_BASIS,
    )


@require_safe
def calendar_days(request: HttpRequest) -> HttpResponse:
    year, day = _year_asked(request), today()
    context = {
        "year": year,
        "years": range(max(FIRST_YEAR, year - 1), min(year + 1, LAST_YEAR) + 1),
        "lines": _lines(year),
        "unsettled": [one for one in unsettled() if any(own.year == year for own in one.days)],
        "unknown": not FIRST_YEAR <= year <= last_shipped_year(),
        "may_edit": may_edit(request.user, on=day),
        **reading(request),
    }
    return render(request, "review/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_day_new(request: HttpRequest) -> HttpResponse:
    user = account_of(request)
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = set_day(**form.cleaned_data, by=user, at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            told = _("Đã ghi ngày %s. Hạn tính từ nay theo lịch mới; hạn đã ghi của việc đang làm không đổi.")
            messages.success(request, told % format_date(made.day))
            return redirect(f"{reverse('review:calendar')}?year={made.day.year}")
    may = may_edit(user, on=today())
    return render(request, "review/calendar_new.html", {"form": form, "may_edit": may, **reading(request)})


def reading(request: HttpRequest) -> dict[str, Any]:
    """For the way back: whether the list of dossiers is open to whoever asks."""
    return {"may_read": request.user.has_perm(READ)}


def _year_asked(request: HttpRequest) -> int:
    """Raises BadRequest."""
    text = request.GET.get("year", "")
    if not text:
        return today().year
    year = key_in(text)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadRequest(
            _("“%(year)s” không phải là năm có lịch; lịch bắt đầu từ năm %(first)s.")
            % {"year": text[:20], "first": FIRST_YEAR}
        )
    return year


def _lines(year: int) -> list[Line]:
    """In the order of days, of one day what was said last at the end; 1 query."""
    rows = CalendarDay.objects.filter(day__year=year).select_related("by").order_by("at", "pk")
    said = {one.day: one.pk for one in rows}
    found = [
        Line(one.day, one.off, one.name, one.basis, sure=_sure(one.sure), holds=one.day not in said)
        for one in shipped_days()
        if one.day.year == year
    ]
    found += [
        Line(one.day, one.off, one.name, one.basis, by=one.by, at=one.at, holds=said[one.day] == one.pk) for one in rows
    ]
    return sorted(found, key=lambda line: line.day)


def _sure(value: str) -> tuple[str, str]:
    return value, str(SURENESS[Sureness(value)][0])
