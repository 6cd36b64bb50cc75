"""The slip that tells a household what was worked out from its form, line by line."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from households.criteria.engine.result import Result
from households.criteria.questionnaire.outcomes import Outcome
from households.papers.slip import Slip, Surveyed, slip_pdf
from households.registry.places import named_place
from households.surveys.classification import Look, look
from households.surveys.codes import CLOSING
from households.surveys.form_models import State, SurveyForm, SurveyResult
from households.surveys.forms.reach import READ
from households.surveys.sheets.bound import PURPOSES
from households.web.desk.rounds import words_of
from households.web.desk.rows import heads_of
from households.web.desk.saving import form_for
from povertyportal.core.clock import today
from povertyportal.core.session_guard import account_of


@require_GET
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """404 with the reason for a form that is not finished, or whose stored result is another than the one worked out now."""
    form = form_for(account_of(request), pk, READ, "sheet")
    purpose = request.GET.get("purpose", "") or CLOSING
    if purpose not in PURPOSES:
        raise Http404(_("Không có kết quả “%s”.") % purpose[:20])
    seen, outcome = _worked_out(form, purpose)
    content = slip_pdf(_slip(form, seen, outcome))
    name = f"ket-qua-{form.round.code}-H{form.household_id}-{outcome.applied.code}"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _worked_out(form: SurveyForm, purpose: str) -> tuple[Look, Outcome]:
    """Raises Http404."""
    kept = SurveyResult.objects.filter(form=form, purpose=purpose).order_by("pk").last()
    sheet = getattr(form, "sheet", None)
    if form.state != State.DONE or kept is None or sheet is None:
        raise Http404(_("Phiếu này chưa hoàn thành theo chuẩn đã chọn, nên chưa có kết quả để in."))
    seen = look(form, sheet.answers)
    outcome = seen.outcome(purpose)
    if seen.faults or outcome is None or outcome.told is None or not _as_kept(outcome.told.result, kept):
        raise Http404(_("Kết quả tính lại khác kết quả đã lưu khi hoàn thành; hãy trả lại phiếu và hoàn thành lại."))
    return seen, outcome


def _as_kept(result: Result, kept: SurveyResult) -> bool:
    """Class, points and where it stopped: two papers of one form never say different things."""
    now = result.to_json()
    return all(now.get(name) == kept.result.get(name) for name in ("class", "scores", "gate"))


def _slip(form: SurveyForm, seen: Look, outcome: Outcome) -> Slip:
    if outcome.told is None:
        raise TypeError(form.pk)
    head, _code = heads_of([form.household_id], seen.on).get(form.household_id, ("", ""))
    place = named_place(form.area_code, on=form.round.area_on).near
    with override("vi"):  # the paper is Vietnamese whatever the page is read in
        round_words = words_of(form.round)
    return Slip(
        told=outcome.told,
        head=head,
        on=seen.on,
        area_type=seen.ground.area_type,
        printed_on=today(),
        table=outcome.applied.table,
        surveyed=Surveyed(f"H{form.household_id}", place, round_words, outcome.applied.why),
    )
