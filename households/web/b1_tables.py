"""Tables of B1 points of a standard: all of them, one beside the one before it, its steps, and the known demonstration."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from households.access.standards import (
    Step,
    check_may_propose,
    may_propose,
    place_of,
    propose_table_step,
    table_problems,
)
from households.criteria import queries
from households.criteria.b1 import shelf
from households.criteria.b1.parts import B1Table
from households.criteria.b1_publishing import table_before, withdraw_table
from households.criteria.law.parts import Standard
from households.criteria.models import B1TableRow
from households.criteria.publishing import PublishingRefusedError
from households.web.b1_comparing import beside, changes, shown_variants
from households.web.standard_steps import TASKS, ReasonForm, Task
from households.web.standards import row_asked
from povertyportal.core.clock import now, today
from povertyportal.core.session_guard import account_of
from povertyportal.records.proposals import ProposalRefusedError


@require_safe
def b1_list(request: HttpRequest, code: str) -> HttpResponse:
    row = row_asked(code)
    tables = B1TableRow.objects.filter(code=code).select_related("entered_by", "approved_by").order_by("-version")
    context = {
        "row": row,
        "tables": tables,
        "in_force": queries.b1_table_in_force(code, today()),
        "demonstration": shelf.demonstration(code),
        "form": shelf.form(code),
        "scored": bool(queries.standard_of(row).variants),
        "may_propose": may_propose(place_of(row), account_of(request), day=today()),
    }
    return render(request, "households/b1_list.html", context)


@require_safe
def b1_table(request: HttpRequest, code: str, version: int) -> HttpResponse:
    row, table = row_asked(code), table_asked(code, version)
    before = table_before(table)
    context = compared(queries.standard_of(row), queries.table_of(table), queries.table_of(before) if before else None)
    context |= {
        "row": row,
        "table": table,
        "before": before,
        "may_propose": may_propose(place_of(row), account_of(request), day=today()),
    }
    return render(request, "households/b1_table.html", context)


@require_safe
def b1_demonstration(request: HttpRequest, code: str) -> HttpResponse:
    row, table = row_asked(code), shelf.demonstration(code)
    if table is None:
        raise Http404(_("Chuẩn này không có bảng điểm minh họa."))
    context = compared(queries.standard_of(row), table, None) | {"row": row, "demonstration": table}
    return render(request, "households/b1_demonstration.html", context)


def compared(standard: Standard, table: B1Table, before: B1Table | None) -> dict[str, Any]:
    variants = shown_variants(standard, table)
    groups = beside(table, before, variants)
    return {"points": table, "variants": variants, "groups": groups, "changed": changes(groups)}


def table_asked(code: str, version: int) -> B1TableRow:
    row = B1TableRow.objects.filter(code=code, version=version)
    found = row.select_related("entered_by", "approved_by", "withdrawn_by").first()
    if found is None:
        raise Http404(_("Chuẩn %(code)s không có bảng điểm số %(version)s.") % {"code": code, "version": version})
    return found


@require_http_methods(["GET", "POST"])
def b1_step(request: HttpRequest, code: str, version: int, step: str) -> HttpResponse:
    row, task = row_asked(code), TASKS.get(step)
    if task is None or step == "check":
        raise Http404
    check_may_propose(place_of(row), account_of(request), day=today())
    table = table_asked(code, version)
    problems = _problems(table, task)
    form = ReasonForm(request.POST or None, task.label, task.help)
    if request.method == "POST" and form.is_valid() and not problems:
        try:
            return _done(request, table, task, form.cleaned_data["reason"])
        except (ProposalRefusedError, PublishingRefusedError, PermissionDenied) as refused:
            form.add_error(None, str(refused))
    context = {"row": row, "table": table, "task": task, "form": form, "problems": problems}
    return render(request, "households/b1_step.html", context, status=400 if form.errors else 200)


def _problems(table: B1TableRow, task: Task) -> list[str]:
    if task.slug != "discard":
        return list(table_problems(table, Step(task.slug)))
    return [] if table.state in task.needs else [_("Bảng điểm này không còn là bản thảo.")]


def _done(request: HttpRequest, table: B1TableRow, task: Task, reason: str) -> HttpResponse:
    user = account_of(request)
    if task.slug == "discard":
        withdraw_table(row=table, by=user, at=now(), reason=reason)
        messages.success(request, _("Đã bỏ bản thảo."))
        return redirect("standards:b1", table.code)
    proposal = propose_table_step(row=table, step=Step(task.slug), by=user, at=now(), reason=reason)
    messages.success(request, _("Đã gửi đề nghị. Chưa có gì thay đổi cho đến khi một người khác duyệt."))
    return redirect("approvals:detail", proposal.pk)
