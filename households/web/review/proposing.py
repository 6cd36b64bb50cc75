"""The page on which the commune proposes another class than the computed one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from households.registry.codes import RecognisedClass
from households.registry.problems import RegistryRefusedError
from households.review.actions.proposing import LONGEST_REASON, propose_class
from households.review.listed import Listed, listed
from households.review.rights import VILLAGE
from households.surveys.codes import CLOSING, OPENING
from households.web.form_parts import ActionForm, text_field
from households.web.review.common import Visit, visit
from households.web.review.village import HouseholdRow, rows_of
from povertyportal.core.clock import now, today
from povertyportal.core.session_guard import account_of


class ProposeForm(ActionForm):
    purpose = forms.ChoiceField(label=gettext_lazy("Theo chuẩn"), widget=forms.Select(attrs={"class": "form-select"}))
    klass = forms.ChoiceField(
        label=gettext_lazy("Phân loại đề nghị"), choices=RecognisedClass,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Hãy chọn một phân loại trong danh sách.")},
    )  # fmt: skip
    reason = text_field(
        gettext_lazy("Lý do khác kết quả tính"),
        gettext_lazy("Lý do đi kèm hồ sơ và danh sách gửi cấp trên. Chọn lại đúng kết quả tính là rút đề nghị."),
        most=LONGEST_REASON,
    )

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    seen = visit(request, pk, VILLAGE)
    here, row = _row(seen, form)
    posted = request.POST if request.method == "POST" else None
    asked = ProposeForm(posted, purposes=_purposes(seen, form), initial={"klass": row.row.klass, "purpose": CLOSING})
    if posted is not None and asked.is_valid():
        try:
            propose_class(form=form, by=account_of(request), at=now(), **asked.cleaned_data)
        except RegistryRefusedError as refused:
            asked.refuse(refused)
        else:
            messages.success(request, _("Đã ghi đề nghị phân loại."))
            return redirect("review:village", pk, here.code)
    return render(request, "review/propose.html", seen.context(village=here, row=row, form=asked))


def _row(seen: Visit, form: int) -> tuple[Any, HouseholdRow]:
    for village in seen.standing.villages:
        if ours := [one for one in village.rows if one.form == form]:
            return village, rows_of(ours, village)[0]
    raise Http404


def _purposes(seen: Visit, form: int) -> list[tuple[str, str]]:
    """In a change-over year each household has a class by two standards."""
    round = seen.dossier.round
    found = [(CLOSING, round.closing.title if round.closing else "")]
    if round.opening is not None:
        by_next: list[Listed] = listed(seen.dossier, day=today(), purpose=OPENING)
        if any(one.form == form and one.computed for one in by_next):
            found.append((OPENING, round.opening.title))
    return found
