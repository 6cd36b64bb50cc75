"""The procedures as officials read them: stages, steps, who, by when, with which paper, on which article."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.access.roles import catalogue
from households.criteria.law.parts import Sureness
from households.papers.review.registry import PAPERS, Paper
from households.review.procedures.parts import Deadline, Holder, Move, Procedure, Source, Stage, Sure
from households.review.procedures.shelf import PROCEDURES, procedure
from households.surveys.form_models import Why
from households.surveys.models import RoundKind
from households.web.review.calendar import reading
from households.web.standards_reading import SURENESS


@dataclass(frozen=True, slots=True)
class Step:
    """``who``: roles that may make it; ``mark``: value and words of how sure its source is, none where it was verified."""

    move: Move
    starts: Sequence[str]
    ends: Sequence[str]
    who: Sequence[str]
    deadline: Deadline | None
    papers: Sequence[Paper]
    mark: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Side:
    """What happens to a paper, in a village, or to the whole dossier."""

    title: str
    stages: Sequence[Stage]
    steps: Sequence[Step]


@require_safe
def procedure_list(request: HttpRequest) -> HttpResponse:
    rows = [(one, kinds_of(one), whys_of(one)) for one in PROCEDURES]
    return render(request, "review/procedures.html", {"rows": rows, **reading(request)})


@require_safe
def procedure_detail(request: HttpRequest, code: str) -> HttpResponse:
    try:
        found = procedure(code)
    except KeyError as missing:
        raise Http404(_("Không có thủ tục này.")) from missing
    context = {
        "procedure": found,
        "kinds": kinds_of(found),
        "whys": whys_of(found),
        "sides": [one for holder in Holder if (one := _side(found, holder)).stages],
        "deadlines": [(one, mark_of(one.source)) for one in found.deadlines.values()],
        "sources": [(one, mark_of(one)) for one in found.sources],
        **reading(request),
    }
    return render(request, "review/procedure.html", context)


def kinds_of(found: Procedure) -> list[str]:
    return [str(RoundKind(one).label) for one in found.kinds]


def whys_of(found: Procedure) -> list[str]:
    return [str(Why(one).label) for one in found.whys]


def mark_of(source: Source) -> tuple[str, str] | None:
    return None if source.sure is Sure.VERIFIED else (source.sure.value, str(SURENESS[Sureness(source.sure.value)][0]))


def _side(found: Procedure, holder: Holder) -> Side:
    titles = {
        Holder.INTAKE: _("Giấy đề nghị"),
        Holder.PART: _("Ở thôn") if found.meeting else _("Điều tra, niêm yết ở xã"),
        Holder.DOSSIER: _("Hồ sơ của xã"),
    }
    stages = [one for one in found.stages if one.holder is holder]
    return Side(titles[holder], stages, [_step(found, one) for one in found.moves if one.holder is holder])


def _step(found: Procedure, move: Move) -> Step:
    roles = catalogue().roles
    known = catalogue().with_action(move.action)
    return Step(
        move=move,
        starts=[found.stage(one).title for one in move.from_],
        ends=[found.stage(one).title for one in move.ends],
        who=[role.title for code, role in roles.items() if code in known],
        deadline=found.deadlines.get(move.deadline),
        papers=[PAPERS[one] for one in move.papers],
        mark=mark_of(move.source),
    )
