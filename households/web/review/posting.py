"""Posting the result of one village or of several, and taking it down."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from households.registry.problems import RegistryRefusedError
from households.review.actions.posting import DAYS, LONGEST_PLACE, POST, post_results, take_down
from households.review.deadlines import deadline_of
from households.review.procedures.parts import Procedure
from households.review.rights import VILLAGE
from households.review.standing import VillageStanding
from households.web.form_parts import ActionForm, text_field
from households.web.review.common import Visit, dossier_asked, tell, version_asked, visit
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_date

MOST_VILLAGES = 300


class PostingForm(ActionForm):
    starts_on = VietnameseDateField(
        label=gettext_lazy("Niêm yết từ ngày"), help_text=gettext_lazy("Ngày đã dán danh sách lên bảng.")
    )
    loudspeaker = forms.BooleanField(label=gettext_lazy("Có thông báo trên loa truyền thanh"), required=False)

    def __init__(self, *args: Any, known: Procedure, **options: Any) -> None:
        super().__init__(*args, **options)
        for turn, place in enumerate(known.posting_places or (_("Nơi niêm yết"),), start=1):
            label = _("Nơi niêm yết %s") % turn
            self.fields[f"place{turn}"] = text_field(label, most=LONGEST_PLACE)
            self.fields[f"place{turn}"].initial = place

    @property
    def place_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("place")]

    def places(self) -> list[str]:
        """Of a valid form."""
        return [self.cleaned_data[name] for name in self.fields if name.startswith("place")]

    def refuse(self, refused: RegistryRefusedError) -> None:
        for problem in refused.problems:
            field = "place1" if problem.field == "places" else problem.field
            self.add_error(field if field in self.fields else None, problem.message)


@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """``village``: in the address one, in what is sent those that are ticked. ``turn`` 2: the result of the re-check."""
    seen = visit(request, pk, VILLAGE)
    asked = request.POST if request.method == "POST" else request.GET
    turn = 2 if asked.get("turn") == "2" else 1
    ready = [one for one in seen.standing.villages if one.may(POST[turn])]
    sent = request.method == "POST" and request.POST.get("step") == "post"
    ticked = asked.getlist("village")[:MOST_VILLAGES]
    if not ticked and not sent:
        ticked = [one.code for one in ready]
    form = PostingForm(request.POST if sent else None, known=seen.standing.procedure, initial={"starts_on": today()})
    if sent and form.is_valid() and _post(request, seen, form, (request.POST.getlist("village"), turn)):
        return redirect("review:board", pk)
    context = seen.context(form=form, ready=ready, ticked=ticked, turn=turn, waiting=_waiting(seen, turn))
    context |= {"ends_on": _ends(seen, turn)}
    return render(request, "review/posting.html", context)


def _post(request: HttpRequest, seen: Visit, form: PostingForm, what: tuple[Sequence[str], int]) -> bool:
    villages, turn = what
    try:
        made = post_results(
            dossier=seen.dossier.pk, parts=villages, starts_on=form.cleaned_data["starts_on"], places=form.places(),
            loudspeaker=form.cleaned_data["loudspeaker"], turn=turn, by=account_of(request), at=now(),
            expected=version_asked(request),
        )  # fmt: skip
    except RegistryRefusedError as refused:
        form.refuse(refused)
        return False
    told = ngettext(
        "Đã ghi niêm yết %(count)s thôn, đến hết ngày %(day)s.",
        "Đã ghi niêm yết %(count)s thôn, đến hết ngày %(day)s.",
        len(made),
    )
    messages.success(request, told % {"count": len(made), "day": format_date(made[0].ends_on)})
    return True


def _waiting(seen: Visit, turn: int) -> list[VillageStanding]:
    """Where the step is due and something stands in its way."""
    return [one for one in seen.standing.villages if one.why_not(POST[turn])]


def _ends(seen: Visit, turn: int) -> Any:
    known = seen.standing.procedure
    return deadline_of(known, DAYS[turn], today(), seen.calendar) if DAYS[turn] in known.deadlines else None


@require_POST
def down(request: HttpRequest, pk: int) -> HttpResponse:
    """From the board or from a village's page, to which it goes back."""
    dossier_asked(request, pk, VILLAGE)
    villages, turn = request.POST.getlist("village"), request.POST.get("turn", "1")
    if turn not in ("1", "2") or len(villages) > MOST_VILLAGES:
        raise BadRequest(_("Không đọc được việc cần làm."))
    try:
        stages = take_down(
            dossier=pk, parts=villages, turn=int(turn), by=account_of(request), at=now(),
            expected=version_asked(request),
        )  # fmt: skip
    except RegistryRefusedError as refused:
        tell(request, refused)
    else:
        recheck = len([one for one in stages if one == "recheck"])
        told = _("Đã kết thúc niêm yết.")
        if recheck:
            more = ngettext("%(count)s thôn có khiếu nại.", "%(count)s thôn có khiếu nại.", recheck)
            told += " " + more % {"count": recheck} + " " + _("Hãy trả lời, rồi niêm yết kết quả phúc tra.")
        messages.success(request, told)
    if len(villages) == 1 and request.POST.get("back") == "village":
        return redirect("review:village", pk, villages[0])
    return redirect("review:board", pk)
