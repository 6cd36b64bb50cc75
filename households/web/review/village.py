"""A village of a dossier: its households with class, vote and complaint; its meetings and postings; and what comes next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from households.registry.codes import RecognisedClass
from households.registry.problems import RegistryRefusedError
from households.review.actions.posting import end_step, send_back
from households.review.listed import Listed
from households.review.models import Complaint, Meeting
from households.review.rights import VILLAGE
from households.review.standing import VillageStanding
from households.surveys.form_models import State, Why
from households.web.review.common import dossier_asked, tell, version_asked, visit
from povertyportal.core.clock import now
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

HOUSEHOLDS_A_PAGE = 50
ENDING = ("end_recheck", "end_survey", "send_back")
SHOWN = ("", "open", "vote", "unposted", "complaint")


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    row: Listed
    complaints: Sequence[Complaint]

    @property
    def klass(self) -> str:
        return class_words(self.row)

    @property
    def computed(self) -> str:
        return words_of(self.row.computed)

    @property
    def before(self) -> str:
        return words_of(self.row.before)

    @property
    def why(self) -> str:
        return str(Why(self.row.why).label)

    @property
    def state(self) -> str:
        return str(State(self.row.state).label)

    @property
    def b1(self) -> Any:
        return self.row.scores.get("b1")

    @property
    def b2(self) -> Any:
        return self.row.scores.get("b2")


def words_of(klass: str) -> str:
    return str(RecognisedClass(klass).label) if klass in RecognisedClass.values else ""


def class_words(one: Listed) -> str:
    if one.stopped:
        return _("dừng ở Phiếu A")
    if one.about == "worker":
        return _("lao động có thu nhập thấp") if one.worker else _("không thuộc diện")
    return words_of(one.klass)


@require_safe
def village(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    seen = visit(request, pk)
    here = seen.village(code)
    asked = request.GET.get("show", "")
    if asked not in SHOWN:
        raise BadRequest(_("Trang này không có bộ lọc “%(name)s”.") % {"name": asked[:20]})
    about_forms = {one.form_id for one in here.complaints}
    page = page_asked(request, [one for one in here.rows if _wanted(one, asked, about_forms)], HOUSEHOLDS_A_PAGE)
    context = seen.context(village=here, page=page, rows=rows_of(page, here), show=asked)
    context |= {"meetings": _meetings(here, pk), "postings": here.postings}
    return render(request, "review/village.html", context)


def _wanted(one: Listed, asked: str, complained: set[int | None]) -> bool:
    tests = {
        "": True,
        "open": not one.done,
        "vote": one.needs_vote,
        "unposted": one.unposted,
        "complaint": one.form in complained,
    }
    return tests[asked]


def rows_of(rows: Any, here: VillageStanding) -> list[HouseholdRow]:
    about: dict[int | None, list[Complaint]] = defaultdict(list)
    for one in here.complaints:
        about[one.form_id].append(one)
    return [HouseholdRow(one, about[one.form]) for one in rows]


def _meetings(here: VillageStanding, dossier: int) -> Any:
    rows = Meeting.objects.filter(part__dossier=dossier, part__area_code=here.code)
    return rows.select_related("by").order_by("-number")


@require_POST
def end(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The step after which a procedure posts nothing more, or with which a village begins anew."""
    dossier_asked(request, pk, VILLAGE)
    move = request.POST.get("move", "")
    if move not in ENDING:
        raise BadRequest(_("Không có việc này."))
    try:
        told: dict[str, Any] = {
            "dossier": pk,
            "part": code,
            "by": account_of(request),
            "at": now(),
            "expected": version_asked(request),
        }
        if move == "send_back":
            send_back(note=request.POST.get("note", ""), **told)
        else:
            end_step(move=move, **told)
    except RegistryRefusedError as refused:
        tell(request, refused)
    else:
        messages.success(request, _("Đã ghi."))
    return redirect("review:village", pk, code)
