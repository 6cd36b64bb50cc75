"""What people ask about the data kept on them: the register with its clock, a new one, the answer."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from households.access.scope import check_may, scope_of, scopes_of
from households.registry.places import named_place, named_places
from households.registry.problems import RegistryRefusedError
from households.review.actions.subjects import (
    DAYS,
    USUAL_DAYS,
    answer_request,
    promise_request,
    receive_request,
)
from households.review.calendar.stored import calendar
from households.review.rights import INTAKE, READ
from households.review.superior_models import SubjectRequest, Wish
from households.web.desk.rows import heads_of
from households.web.form_parts import household_number
from households.web.household_heads import head_of
from households.web.review.received import communes_of, members_of
from households.web.review.registers import ANSWERED, LATE, OPEN, subjects_asked
from households.web.review.subject_forms import AnswerForm, PromiseForm, SubjectForm
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

ASKS = ("show", "q", "page")
A_PAGE = 50


@require_GET
def subjects(request: HttpRequest) -> HttpResponse:
    """What is overdue first, then what is open, then the answered ones."""
    user, day = account_of(request), today()
    scopes = scopes_of(user, [READ, INTAKE], day=day)
    asked = subjects_asked(request, scopes[READ], day)
    page = page_asked(request, asked.rows, A_PAGE)
    places = named_places({(one.commune_code, one.received_on) for one in page.object_list})
    told = [(one, places[one.commune_code, one.received_on].near, is_late(one)) for one in page.object_list]
    views = [("", _("Tất cả")), (OPEN, _("Chưa trả lời")), (LATE, _("Quá hạn")), (ANSWERED, _("Đã trả lời"))]
    context = asked.chosen | {
        "page": page, "rows": told, "views": views, "may_take": bool(scopes[INTAKE]), "days": DAYS,
        "filtered": asked.filtered,
    }  # fmt: skip
    return render(request, "review/subjects.html", context)


def is_late(one: SubjectRequest) -> bool:
    """Not answered though its day is over, or answered after it. Who was told in time by when it will be done has that day."""
    return (one.first_on or one.answered_on or today()) > one.due_on or (
        one.promised_on is not None and (one.answered_on or today()) > one.promised_on
    )


@require_http_methods(["GET", "HEAD", "POST"])
def subject_new(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    communes = communes_of(user, day)
    household = _household_asked(request, user)
    posted = request.POST if request.method == "POST" else None
    start = {"received_on": day, "household": f"H{household}" if household else ""}
    members = members_of(household, day) if household else ()
    form = SubjectForm(posted, communes=communes, members=members, initial=start)
    if posted is not None and form.is_valid():
        commune = form.cleaned_data["commune"]
        try:
            made = receive_request(asked=form.asked(), commune=commune, calendar=calendar(), by=user, at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã ghi yêu cầu; hạn trả lời %s.") % made.due_on.strftime("%d/%m/%Y"))
            return redirect("review:subject", made.pk)
    context = {"form": form, "one_commune": len(communes) == 1, "days": DAYS}
    return render(request, "review/subject_new.html", context)


def _household_asked(request: HttpRequest, user: User) -> int | None:
    """One that the account may see; its members can be chosen."""
    text = (request.POST if request.method == "POST" else request.GET).get("household", "")
    try:
        found = household_number(text[:14])
        return head_of(found, None, user).household.pk if found else None
    except (Http404, PermissionDenied, ValueError):
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    user, day = account_of(request), today()
    rows = SubjectRequest.objects.select_related("by", "answered_by", "first_by", "person")
    found = get_object_or_404(rows, pk=pk)
    place: dict[str, Any] = {"code": found.commune_code, "on": found.received_on}
    check_may(user, READ, **place, day=day)
    may_answer = scope_of(user, INTAKE, day=day).covers(**place)
    if request.method == "POST" and not may_answer:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    context: dict[str, Any] = {"asked": found, "place": named_place(**place), "late": is_late(found), "days": DAYS}
    if found.household_id:
        context["head"] = heads_of([found.household_id], day).get(found.household_id, ("", ""))[0]
    if not found.outcome and may_answer:
        first = request.method == "POST" and "first" in request.POST
        context |= {
            "form": _answer_form(request, sent=not first),
            "promising": _promise_form(request, found, sent=first),
        }
        if request.method == "POST" and _answered(request, pk, context["promising" if first else "form"]):
            return redirect("review:subject", pk)
    return render(request, "review/subject.html", context)


def _answer_form(request: HttpRequest, *, sent: bool) -> AnswerForm:
    posted = request.POST if sent and request.method == "POST" else None
    return AnswerForm(posted, initial={"on": today()})


def _promise_form(request: HttpRequest, found: SubjectRequest, *, sent: bool) -> PromiseForm | None:
    """None where the first answer was given already."""
    if found.first_on:
        return None
    done_by = found.received_on + timedelta(days=USUAL_DAYS[Wish(found.wish)])
    return PromiseForm(request.POST if sent else None, initial={"first_on": today(), "done_by": max(done_by, today())})


def _answered(request: HttpRequest, pk: int, form: AnswerForm | PromiseForm | None) -> bool:
    """What stands in the way goes into the form."""
    if form is None or not form.is_valid():
        return False
    who: dict[str, Any] = {"request": pk, "by": account_of(request), "at": now()}
    try:
        if isinstance(form, PromiseForm):
            promise_request(promise=form.promise(), **who)
        else:
            answer_request(answer=form.answer(), **who)
    except RegistryRefusedError as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Đã ghi câu trả lời."))
    return True
