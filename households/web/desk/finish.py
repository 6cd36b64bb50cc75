"""A form is finished: what stands in the way, what the survey found about the people, what it comes to."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from households.access.scope import Scope
from households.registry.problems import RegistryRefusedError
from households.registry.visible import WRITE
from households.surveys.awaited import awaited
from households.surveys.form_models import OPEN_STATES, State, SurveyForm, SurveyResult
from households.surveys.forms.differences import What, differences
from households.surveys.forms.finishing import finish_form, hand_over
from households.surveys.forms.opening import Content, content_in
from households.surveys.forms.saving import FILL
from households.surveys.forms.standing import Kind, Obstacle, Standing, standing_of
from households.surveys.forms.wording import Wording, labels_of
from households.surveys.sheets.bound import PURPOSES
from households.web.desk.beside import anchor
from households.web.desk.finish_forms import Happened, RemarkForm, happened
from households.web.desk.form import head_of
from households.web.desk.next_form import next_form
from households.web.desk.panel import told
from households.web.desk.saving import form_and_scopes, form_for
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_number

PAGE, DONE = "desk/finish.html", "desk/finish_done.html"


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    form, scopes = form_and_scopes(user, pk, [FILL, WRITE], ["sheet", "done_by"])
    if form.state not in OPEN_STATES:
        return render(request, DONE, _done(form, user, scopes[WRITE]))
    stands = standing_of(form, today(), _content(form))
    asked = _asked(request, form, stands)
    refused: list[str] = []
    complete = [one.is_valid() for one in asked]
    if request.method == "POST" and all(complete):
        try:
            finish_form(form=pk, told={one.key: one.said() for one in asked}, by=user, at=now())
        except RegistryRefusedError as error:
            refused = _placed(error, asked)
        else:
            messages.success(request, _("Đã hoàn thành phiếu."))
            return redirect("surveys:finish", pk)
    context = _context(form, stands, asked, scopes[WRITE]) | {"refused": refused}
    return render(request, PAGE, context)


@require_POST
def hand_over_form(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    form_for(user, pk, FILL)
    remark = request.POST.get("remark", "").replace("\0", "")[:1000]
    try:
        hand_over(form=pk, remark=remark, by=user, at=now())
    except RegistryRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("surveys:finish", pk)
    messages.success(request, _("Đã chuyển phiếu cho công chức xã."))
    return redirect("surveys:list")


def _asked(request: HttpRequest, form: SurveyForm, stands: Standing) -> list[Happened]:
    """While something else stands open nothing is asked about the people yet."""
    if stands.obstacles:
        return []
    found = differences(form, stands.content.answers, stands.look.on, stands.members)
    return happened(found, request.POST if request.method == "POST" else None)


def _placed(refused: RegistryRefusedError, asked: list[Happened]) -> list[str]:
    """Each at the person that it is about; the others for the page as a whole."""
    by_key, left = {one.key: one for one in asked}, []
    for problem in refused.problems:
        if problem.field in by_key:
            by_key[problem.field].add_error(None, problem.message)
        else:
            left.append(problem.message)
    return left


def _content(form: SurveyForm) -> Content:
    """Of a form read with its sheet."""
    return content_in(form, getattr(form, "sheet", None))


def _may_write(form: SurveyForm, scope: Scope, on: date) -> bool:
    """As ``may_write``, where the account's scope is at hand."""
    return any(scope.covers(form.area_code, on=day) for day in (form.round.area_on, on))


def _context(form: SurveyForm, stands: Standing, asked: list[Happened], writing: Scope) -> dict[str, Any]:
    open_ones = _open(stands)
    return {
        "form": form,
        "head": head_of(stands.content.answers),
        "look": stands.look,
        "outcomes": [one for _purpose, one in stands.look.outcomes],
        "awaited": awaited(form.round),
        "open": open_ones,
        "open_total": len(stands.obstacles),
        "asked": [one for one in asked if one.difference.what is not What.CORRECTED],
        "corrected": [one for one in asked if one.difference.what is What.CORRECTED],
        "may_write": not asked or _may_write(form, writing, stands.look.on),
        "handed": form.state == State.HANDED,
        "remark": RemarkForm(),
    }


def _open(stands: Standing) -> list[dict[str, Any]]:
    """What is left, kind by kind, in the words of the form; unanswered questions member by member."""
    words = labels_of(stands.look.sheet, stands.content.answers)
    titles = {
        Kind.CONFLICT: _("Hai người ghi khác nhau"),
        Kind.FAULT: _("Ô cần sửa"),
        Kind.ERROR: _("Điều phải sửa"),
        Kind.MISSING: _("Câu còn thiếu"),
        Kind.QUESTION: _("Điều cần sửa hoặc nói rõ vì sao"),
    }
    found = []
    for kind, title in titles.items():
        own = [one for one in stands.obstacles if one.kind is kind]
        if own:
            items = _unanswered(own) if kind is Kind.MISSING else [_item(one, words) for one in own]
            found.append({"kind": kind, "title": title, "items": items, "total": len(own)})
    return found


def _item(one: Obstacle, words: Wording) -> dict[str, Any]:
    return {"one": one, "anchor": anchor(one.field), "label": words.label(one.field) if one.field else ""}


def _unanswered(obstacles: list[Obstacle]) -> list[dict[str, Any]]:
    """ "Thành viên thứ 1 (…)" once, then each question."""
    found: dict[str, list[dict[str, str]]] = {}
    for one in obstacles:
        whose, _colon, asked = one.sentence.rpartition(": ")
        found.setdefault(whose, []).append({"text": asked, "anchor": anchor(one.field)})
    return [{"whose": whose, "asked": asked} for whose, asked in found.items()]


def _done(form: SurveyForm, user: User, writing: Scope) -> dict[str, Any]:
    """As it was kept, whatever the law's tables say since."""
    found = told([form])[0]
    return {
        "form": form,
        "head": head_of(_content(form).answers),
        "kept": [_kept(row, words) for row, words in found.results],
        "lacking": _lacking(form, {row.purpose for row, _words in found.results}),
        "slips": [row for row, _words in found.results] if found.has_slip else [],
        "next": next_form(form, user, may_write=_may_write(form, writing, form.round.area_on)),
        "is_done": form.state == State.DONE,
    }


def _lacking(form: SurveyForm, known: Collection[str]) -> list[str]:
    """Codes of the round's standards without a result: most were bound after the form was finished."""
    bound = {purpose: getattr(form.round, purpose) for purpose in PURPOSES if purpose not in known}
    return [standard.code for standard in bound.values() if standard] if form.state == State.DONE else []


def _kept(row: SurveyResult, words: str) -> dict[str, Any]:
    names = {"a": _("Phiếu A"), "b1": "B1", "b2": "B2", "income_month": _("Thu nhập (đồng/người/tháng)")}
    scores = row.result.get("scores", {})
    figures = [(title, format_number(scores[name])) for name, title in names.items() if scores.get(name) is not None]
    return {"title": words, "standard": row.standard, "on": row.on, "figures": figures}
