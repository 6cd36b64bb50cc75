"""Showing somebody's personal numbers in full: asked with a purpose, recorded, shown once in the answer itself."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from households.registry.numbers.disclosing import FIELDS, disclose_numbers
from households.registry.problems import RegistryRefusedError
from households.registry.visible import FULL_NUMBERS
from households.web.form_parts import text_field
from households.web.household_days import day_asked
from households.web.household_heads import HouseholdHead, head_of
from households.web.household_members import Member, members_on, memberships_of
from povertyportal.core.clock import now, today
from povertyportal.core.crypto import Unreadable
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of

LONGEST_PURPOSE = 300


class NumbersForm(forms.Form):
    """``members``: those on the household's roster of the day who have a number."""

    person = forms.ChoiceField(
        label=gettext_lazy("Xem số của ai"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Hãy chọn một người trong hộ.")),
    )
    purpose = text_field(
        gettext_lazy("Mục đích"),
        gettext_lazy("Ví dụ: đối chiếu với căn cước khi rà soát. Mục đích được lưu cùng tên bạn và giờ xem."),
        most=LONGEST_PURPOSE,
    )

    def __init__(self, data: Any, members: Sequence[Member]) -> None:
        super().__init__(data, initial={"person": str(members[0].person.pk)} if len(members) == 1 else None)
        person: Any = self.fields["person"]
        person.choices = [(str(one.person.pk), f"{one.person.full_name}, {one.relation}") for one in members]


@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: HttpRequest, household: int) -> HttpResponse:
    """Who may is asked twice: for the form, and by the action that opens the numbers."""
    user = account_of(request)
    head = head_of(household, day_asked(request), user, also=[FULL_NUMBERS])
    if not head.seen_with[FULL_NUMBERS].on(head.on):
        raise PermissionDenied(_("Quyền xem đủ số định danh của bạn không gồm nơi ở của hộ này."))
    roster = members_on(memberships_of(household, head.seen), head.on)
    members = [one for one in roster if one.number or one.has_other_number]
    form = NumbersForm(request.POST or None, members)
    shown = _disclosed(form, head, user) if request.method == "POST" and form.is_valid() else None
    context = {"head": head, "form": form, "members": members, "shown": shown}
    failed = request.method == "POST" and shown is None
    return render(request, "households/household_numbers.html", context, status=400 if failed else 200)


def _disclosed(form: NumbersForm, head: HouseholdHead, user: User) -> dict[str, Any] | None:
    """The numbers with their kinds; None with the reason at its field."""
    data = form.cleaned_data
    try:
        found = disclose_numbers(
            person=int(data["person"]), purpose=data["purpose"], by=user, at=now(), day=today(), on=head.on
        )
    except RegistryRefusedError as refused:
        for problem in refused.problems:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    except Unreadable:
        form.add_error(None, _("Máy chủ không còn khóa để mở số này; hãy báo người vận hành cổng."))
    else:
        name = dict(form.fields["person"].choices)[data["person"]]  # type: ignore[attr-defined]  # a ChoiceField
        return {"name": name, "numbers": [(FIELDS[field].label, text) for field, text in found.items()]}
    return None
