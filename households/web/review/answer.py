"""What the superior sees of a dossier and says of it: findings, the list, a remark on any household; and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households.review.actions.answering import agree, give_back
from households.review.actions.asking import changed_since
from households.review.actions.authorities import authority_on
from households.review.findings import Finding, findings_of
from households.review.listed import Listed, listed
from households.review.models import Dossier
from households.review.procedures.shelf import procedure
from households.review.rights import OPINE, READ
from households.review.superior_models import Opinion, OpinionRemark
from households.surveys.forms.steps import LONGEST_REMARK
from households.web.review.common import dossier_asked
from households.web.review.listed_rows import SHOWS, Row, chosen, show_choices, summed
from households.web.review.step_forms import AnswerForm, first
from households.web.review.steps import A_PAGE, made, page_of
from povertyportal.core.clock import now, today
from povertyportal.core.fields import key_in
from povertyportal.core.session_guard import account_of

REMARK, LOOK = "remark-", "found-"


@dataclass(frozen=True, slots=True)
class Asked:
    """``remarks``: typed so far, on this page of the list and on the others, by form."""

    show: str
    page: int
    remarks: dict[int, str]


@require_http_methods(["GET", "HEAD", "POST"])
def answering(request: HttpRequest, pk: int) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    step = posted.get("step", "") if posted else ""
    deciding = step in ("agree", "return")
    dossier = dossier_asked(request, pk, OPINE if deciding else READ)
    opinion = (
        Opinion.objects.filter(dossier=dossier).order_by("-turn").select_related("asked_by", "answered_by").first()
    )
    if opinion is None:
        raise Http404
    form = AnswerForm(posted, initial=first(dossier, today()))
    asked = _asked(posted or request.GET)
    if deciding and form.is_valid() and _answered(request, dossier, form, asked, step):
        return redirect("review:answer", pk)
    if posted and not deciding:
        form = AnswerForm(initial={name: posted.get(name, "") for name in form.fields})
    return render(request, "review/answer.html", _context(request, dossier, opinion, asked) | {"form": form})


def _asked(said: QueryDict) -> Asked:
    """Raises BadRequest."""
    show, page, look = said.get("show", "") or "all", said.get("page", "") or "1", said.get("look", "")
    if look:
        show, page = f"{LOOK}{look}", "1"
    if not (show in SHOWS or _finding(show) is not None) or not (page.isascii() and page.isdigit()):
        raise BadRequest(_("Không có cách lọc này."))
    keys = {name: key_in(name.removeprefix(REMARK)) for name in said if name.startswith(REMARK)}
    remarks = {key: str(said[name])[:1000] for name, key in keys.items() if key is not None}
    return Asked(show, int(page[:6]), {key: text for key, text in remarks.items() if text.strip()})


def _finding(show: str) -> int | None:
    """Which of the findings is looked at: "found-2" is the third."""
    text = show.removeprefix(LOOK)
    return int(text) if show.startswith(LOOK) and text.isascii() and text.isdigit() and len(text) < 4 else None


def _answered(request: HttpRequest, dossier: Dossier, form: AnswerForm, asked: Asked, step: str) -> bool:
    data = form.cleaned_data
    who = {"dossier": dossier.pk, "by": account_of(request), "at": now(), **form.step()}
    who |= {name: data[name] for name in ("number", "text", "late")}
    if step == "return":
        said = _("Đã trả lại hồ sơ cho xã.")
        return made(request, form, lambda: give_back(remarks=asked.remarks, **who), said)
    if asked.remarks:
        form.add_error(None, _("Có nhận xét ở từng hộ thì trả lại; thống nhất thì hãy xóa các nhận xét."))
        return False
    return made(request, form, lambda: agree(**who), _("Đã trả lời thống nhất."))


def _context(request: HttpRequest, dossier: Dossier, opinion: Opinion, asked: Asked) -> dict[str, Any]:
    rows = listed(dossier, day=today())
    found = findings_of(dossier, rows)
    keys = frozenset(key for one in found if one.singles_out for key in one.forms)
    at = _finding(asked.show)
    about = found[at].forms if at is not None and at < len(found) else ()
    shown = chosen(rows, "found", about) if at is not None else chosen(rows, asked.show, keys)
    page: Page[Listed] = Paginator(shown, A_PAGE).get_page(asked.page)
    here = {one.form for one in page}
    waiting = not opinion.answer and dossier.state == "asked"
    context = page_of(request, dossier)
    return context | {
        "opinion": opinion, "waiting": waiting, "may_answer": waiting and context["may_opine"], "found": found,
        "summed": summed(rows), "page": page, "asked": asked, "shows": _shows(found, at), "longest": LONGEST_REMARK,
        "lines": [Row(one, asked.remarks.get(one.form, ""), one.form in keys) for one in page],
        "elsewhere": {key: text for key, text in asked.remarks.items() if key not in here},
        "authority": authority_on(procedure(dossier.procedure), opinion.answered_on or today()),
        "changed": changed_since(opinion, rows) if waiting else [], "late": waiting and today() > opinion.due_on,
        "remarks": _said(opinion) if opinion.answer else [],
    }  # fmt: skip


def _shows(found: Sequence[Finding], at: int | None) -> list[tuple[str, str]]:
    """With the finding that is looked at."""
    here = [(f"{LOOK}{at}", _("Điều cần xem thứ %s") % (at + 1))] if at is not None and at < len(found) else []
    return [*show_choices(), *here]


def _said(opinion: Opinion) -> list[tuple[str, OpinionRemark]]:
    """Each with the name that was sent up."""
    names = {one["form"]: one["name"] for one in opinion.shown}
    return [(names.get(one.form_id, ""), one) for one in opinion.remarks.order_by("pk")]
