"""What is recorded about a household, each on its page: a form, what it would do, and what it did."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households.access.scope import check_may
from households.registry.actions.working import check_unchanged
from households.registry.models import HouseholdEvent, Person
from households.registry.places import named_place
from households.registry.problems import ChangedMeanwhileError, RegistryRefusedError
from households.registry.state import state_on, states_on, version_of
from households.registry.visible import WRITE, seen_by
from households.web.household_again import asked_again, fill_in
from households.web.household_form_fields import group_names
from households.web.household_forms import Desk, HouseholdForm
from households.web.household_forms_correct import CorrectPersonForm
from households.web.household_heads import HouseholdHead, head_of
from households.web.household_outcome import Outcome, outcome_of
from households.web.household_tasks_known import CORRECT, TASKS, Task, task_links, went_away
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_date

__all__ = ["answer", "check_counts", "correct_person_task", "household_task", "task_links", "try_out"]
TEMPLATE = "households/household_task.html"


@require_http_methods(["GET", "POST"])
def household_task(request: HttpRequest, household: int, task: str) -> HttpResponse:
    found = TASKS.get(task)
    if found is None:
        raise Http404(_("Không có việc “%s”.") % task)
    again = asked_again(request, household, task)
    desk, head = _desk(request, household, found.action, again)
    if head.last and not (found.ended or (found.belated and went_away(household))):
        day = format_date(head.last)
        raise Http404(_("Hộ này chỉ có đến hết ngày %s; không ghi thêm biến động được.") % day)
    form = found.form(request.POST or None, desk=desk, version=version_of(household))
    if again:
        fill_in(form, again)
    return answer(request, found, form, head, again=again)


@require_http_methods(["GET", "POST"])
def correct_person_task(request: HttpRequest, household: int, person: int) -> HttpResponse:
    desk, head = _desk(request, household, WRITE)
    rows = Person.objects.select_related("identity", "old_identity", "insurance")
    row = rows.filter(pk=person, memberships__household=household, merged_into=None).first()
    if row is None:
        raise Http404(_("Hộ này không có người ấy."))
    form = CorrectPersonForm(request.POST or None, desk=desk, person=row, version=version_of(household))
    return answer(request, CORRECT, form, head)


def check_counts(head: HouseholdHead) -> None:
    """Raises Http404 for a record that leads to another."""
    if head.household.merged_into_id:
        told = {"one": head.household, "other": head.household.merged_into_id}
        raise Http404(_("Hộ %(one)s ghi trùng hoặc lập nhầm, hồ sơ đã về hộ H%(other)s; hãy ghi vào hộ đó.") % told)


def _desk(
    request: HttpRequest, household: int, action: str, again: HouseholdEvent | None = None
) -> tuple[Desk, HouseholdHead]:
    """The household as it is on the day that the form speaks of, for somebody who may do this there now. ``again``: what is
    recorded once more."""
    user, day = account_of(request), today()
    head = head_of(household, None, user, also=[action])
    check_counts(head)
    latest = head.last or day
    if not head.seen_with[action].whole:  # it moved away: only the days it was here
        check_may(user, action, code=head.residence.area_code if head.residence else "", on=head.on, day=day)
        latest = head.on
    typed = _day_typed(request) or (again.on if again else head.on)
    chosen = max(min(typed, latest, day), head.start)
    state = state_on(household, chosen)
    place = head.place if chosen == head.on or not state.exists else named_place(state.area_code, on=chosen)
    return Desk(user, day, state, place.commune if place else None), head


def _day_typed(request: HttpRequest) -> date | None:
    """None for none, and for a text that is no day: the form says so."""
    try:
        day: date | None = VietnameseDateField(required=False).clean(request.POST.get("on", ""))
    except ValidationError:
        return None
    return day


def answer(
    request: HttpRequest,
    task: Task,
    form: HouseholdForm | CorrectPersonForm,
    head: HouseholdHead,
    *,
    template: str = TEMPLATE,
    shown: str = "",
    **more: Any,
) -> HttpResponse:
    """``shown``: the address to look at then, instead of the household on the day."""
    context: dict[str, Any] = {"task": task, "form": form, "head": head, "groups": group_names(), **more}
    context["person"] = form.person if isinstance(form, CorrectPersonForm) else None
    if request.method == "POST" and not form.is_valid():
        context["changed"] = _changed(form, head, request)
    elif request.method == "POST":
        try:
            done = try_out(form) if request.POST.get("do") == "preview" and task.preview else _done(request, form)
        except ChangedMeanwhileError as refused:
            context["changed"] = _told(refused, form, head, request)
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            if isinstance(done, int):
                for doubt in form.doubts:
                    messages.warning(request, doubt)
                if shown:
                    messages.success(request, _("Đã lưu: %s.") % task.title)
                return redirect(shown) if shown else _shown(request, task, done, form.effective)
            context["outcome"] = done
    return render(request, template, context)


def _changed(form: HouseholdForm | CorrectPersonForm, head: HouseholdHead, request: HttpRequest) -> tuple[str, ...]:
    """What was recorded since the form was opened: it may be why an answer no longer fits, or this very form sent twice."""
    version = request.POST.get("version", "")
    try:
        check_unchanged(head.household.pk, version or version_of(head.household.pk))
    except ChangedMeanwhileError as refused:
        return _told(refused, form, head, request)
    return ()


def _told(
    refused: ChangedMeanwhileError,
    form: HouseholdForm | CorrectPersonForm,
    head: HouseholdHead,
    request: HttpRequest,
) -> tuple[str, ...]:
    form.data = {**request.POST.dict(), "version": version_of(head.household.pk)}
    return refused.told or (str(refused),)


def _done(request: HttpRequest, form: HouseholdForm | CorrectPersonForm) -> int:
    return form.act(by=account_of(request), at=now())


def try_out(form: HouseholdForm | CorrectPersonForm) -> Outcome:
    """The action itself, taken back: what is said is what would be."""
    before = states_on(form.touched, form.effective)
    with transaction.atomic():
        key = form.act(by=form.desk.user, at=now())
        after = states_on({*form.touched, key}, form.effective)
        transaction.set_rollback(True)
    return outcome_of(before, after, new=None if key in before else key, on=form.effective)


def _shown(request: HttpRequest, task: Task, household: int, day: date) -> HttpResponse:
    """The household on the day; where it left the user's area on that day, on the last day there."""
    seen = seen_by(request.user, household, day=today()).on(day)
    shown = day if seen else day - timedelta(days=1)
    told = {"what": task.title, "household": household, "day": format_date(shown)}
    messages.success(request, _("Đã lưu: %(what)s. Đây là hộ H%(household)s vào ngày %(day)s.") % told)
    return redirect(f"{reverse('households:detail', args=[household])}?on={shown.isoformat()}")
