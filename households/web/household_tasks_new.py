"""A household that the portal does not know yet: where it lives, and its members in a grid."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from households.registry.actions.founding import register_household
from households.registry.actions.sent_twice import registered_before
from households.registry.entries import Place
from households.registry.models import Household
from households.registry.problems import RegistryRefusedError
from households.registry.visible import WRITE
from households.web.form_parts import text_field
from households.web.household_form_fields import Choices, choice_field, group_names, places_of
from households.web.household_forms_person import ROSTER, MemberForm, doubts_of, member_of
from households.web.household_forms_place import address_field, local_code_field, village_field
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.session_guard import account_of

ROWS, MOST, PREFIX = 4, 30, "m"


class Rows(forms.BaseFormSet):
    def initial_form_count(self) -> int:
        """None that comes back has been saved: each may be left empty."""
        return 0 if self.is_bound else super().initial_form_count()


MemberRows = forms.formset_factory(MemberForm, formset=Rows, extra=ROWS, max_num=MOST, absolute_max=MOST)


class RegisterForm(forms.Form):
    area_code = choice_field(gettext_lazy("Thôn, tổ dân phố"), [])
    address, local_code = address_field(), local_code_field()
    on = VietnameseDateField(
        label=gettext_lazy("Từ ngày"),
        help_text=gettext_lazy("Ngày hộ có ở đây, không phải ngày nhập. Chưa rõ thì ghi ngày lập danh sách."),
    )
    reason = text_field(
        gettext_lazy("Lý do, căn cứ"), gettext_lazy("Ví dụ: giấy đề nghị rà soát ngày 12/9/2026; sổ hộ khẩu cũ.")
    )

    def __init__(self, data: Any = None, *, places: Choices, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.label_suffix = ""
        self.fields["area_code"] = village_field(places)


@require_http_methods(["GET", "POST"])
def household_new(request: HttpRequest) -> HttpResponse:
    """GET shows an empty sheet; POST adds or removes a row, shows it again ("stay"), or registers the household."""
    user, day = account_of(request), today()
    on = _day_typed(request.POST, day)
    places = places_of(user, WRITE, on=on, day=day)
    if not places:
        raise PermissionDenied(_("Quyền được giao cho bạn hôm nay không gồm việc lập hồ sơ hộ ở xã nào."))
    if request.method == "GET":
        initial = {"on": day, "area_code": request.GET.get("place", "")}
        return _page(request, RegisterForm(places=places, initial=initial), _rows(on, []))
    if request.POST.get("do") in ("add", "stay") or "remove" in request.POST:
        return _page(
            request, RegisterForm(places=places, initial=request.POST.dict()), _rows(on, _retyped(request.POST))
        )
    form = RegisterForm(request.POST, places=places)
    rows = MemberRows(request.POST, prefix=PREFIX, form_kwargs={"on": on})
    if all((form.is_valid(), rows.is_valid())):
        made = _register(request, form, rows)
        if made:
            return _next(request, made, form.cleaned_data)
    return _page(request, form, rows)


def _day_typed(data: Mapping[str, Any], day: date) -> date:
    try:
        typed: date | None = VietnameseDateField(required=False).clean(data.get("on", ""))
    except ValidationError:
        return day
    return min(typed, day) if typed else day


def _rows(on: date, typed: Sequence[dict[str, str]]) -> Any:
    extra = max(0, ROWS - len(typed)) if not typed else 0
    rows = forms.formset_factory(MemberForm, formset=Rows, extra=extra, max_num=MOST)
    return rows(prefix=PREFIX, initial=typed, form_kwargs={"on": on})


def _retyped(data: Any) -> list[dict[str, str]]:
    """The rows as they stand in the form, one more or one less, unchecked."""
    total, gone = data.get(f"{PREFIX}-TOTAL_FORMS", ""), data.get("remove", "")
    rows = [
        {name: data.get(f"{PREFIX}-{number}-{name}", "") for name in ROSTER}
        for number in range(min(int(total[:3]), MOST) if total.isascii() and total.isdigit() else ROWS)
        if str(number) != gone
    ]
    more = 1 if data.get("do") == "add" and len(rows) < MOST else 0
    return (rows + [{}] * more) or [{}]


def _register(request: HttpRequest, form: RegisterForm, rows: Any) -> Household | None:
    data, filled = form.cleaned_data, [row for row in rows if row.has_changed()]
    sheet: Any = {
        "place": Place(data["area_code"], address=data["address"], local_code=data["local_code"]),
        "members": [member_of(row.cleaned_data) for row in filled],
        "on": data["on"], "by": account_of(request), "at": now(),
    }  # fmt: skip
    try:
        with transaction.atomic():
            if before := registered_before(**sheet):
                text = _(
                    "Hồ sơ này đã lập là hộ %(household)s nên không lập lần nữa. Hộ khác thì ghi thêm năm sinh hoặc mã hộ."
                )
                messages.warning(request, text % {"household": before})
                return before
            made = register_household(**sheet, reason=data["reason"])
    except RegistryRefusedError as refused:
        for problem in refused.problems:
            _put_back(problem.field, problem.message, form, filled)
        return None
    messages.success(request, _("Đã lập hồ sơ hộ %(household)s.") % {"household": made})
    for doubt in [one for row in filled for one in doubts_of(row.cleaned_data, on=data["on"])]:
        messages.warning(request, doubt)
    return made


def _put_back(path: str, message: str, form: RegisterForm, filled: Sequence[MemberForm]) -> None:
    """ "members.2.identity" is the third filled row."""
    parts = path.split(".")
    if parts[0] == "members" and len(parts) == 3 and parts[1].isdigit() and int(parts[1]) < len(filled):
        filled[int(parts[1])].refuse(parts[2], message)
        return
    name = parts[-1]
    form.add_error(name if name in form.fields else None, message)


def _next(request: HttpRequest, made: Household, data: Mapping[str, Any]) -> HttpResponse:
    if request.POST.get("do") == "next":
        return redirect(f"{reverse('households:new')}?place={data['area_code']}")
    return redirect(f"{reverse('households:detail', args=[made.pk])}?on={data['on'].isoformat()}")


def _page(request: HttpRequest, form: RegisterForm, rows: Any) -> HttpResponse:
    context = {"form": form, "rows": rows, "most": MOST, "prefix": PREFIX, "groups": group_names()}
    return render(request, "households/household_task_new.html", context)
