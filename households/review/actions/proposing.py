"""The commune proposes another class than the computed one, with its reason."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.actions.working import problems_of_text
from households.registry.codes import RecognisedClass
from households.registry.places import named_place
from households.registry.problems import Problem
from households.review.models import Dossier, DossierPart, ProposedClass
from households.review.procedures.parts import Holder
from households.review.procedures.shelf import procedure_for
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.rights import VILLAGE
from households.surveys.form_models import State, SurveyForm, SurveyResult
from povertyportal.core.history import acting
from povertyportal.core.models import User

LONGEST_REASON = 400
UNTIL = ("survey", "agreed", "recheck")  # stages after which the class is posted


def propose_class(*, form: int, purpose: str, klass: str, reason: str, by: User, at: datetime) -> ProposedClass:
    """As long as the village's list is not posted. The computed class itself takes an earlier proposal back.

    Raises ReviewRefusedError, PermissionDenied.
    """
    rows = SurveyForm.objects.select_related("round")
    with transaction.atomic(), acting(by=by, reason=_("Đề nghị phân loại khác kết quả tính")):
        found = rows.filter(pk=form).first()
        if found is None:
            raise refuse_step("", _("Không có phiếu này."))
        check_may(by, VILLAGE, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
        _check_not_posted(found)
        found = rows.select_for_update(of=("self",)).get(pk=form)
        result = SurveyResult.objects.filter(form=found, purpose=purpose).order_by("pk").last()
        problems = list(_problems(found, result, klass, reason))
        if problems or result is None:
            raise ReviewRefusedError(problems)
        return ProposedClass.objects.create(
            form=found, purpose=purpose, result=result, klass=klass, reason=reason.strip(), by=by, at=at
        )


def _problems(found: SurveyForm, result: SurveyResult | None, klass: str, reason: str) -> Iterator[Problem]:
    if found.state != State.DONE or result is None:
        yield Problem("", _("Phiếu chưa xong, chưa có kết quả tính để đề nghị khác."))
    elif not result.klass:
        yield Problem("", _("Phiếu dừng ở Phiếu A hoặc chưa đủ để tính; không đề nghị phân loại được."))
    if klass not in RecognisedClass.values:
        yield Problem("klass", _("Hãy chọn một phân loại trong danh sách."))
    yield from problems_of_text("reason", reason, LONGEST_REASON)
    if not reason.strip():
        message = _("Hãy ghi lý do; lý do được in kèm quyết định, ví dụ “Nhà cháy ngày 02/11, biên bản của xã”.")
        yield Problem("reason", message)


def _check_not_posted(found: SurveyForm) -> None:
    """The dossier is locked before the form, as every step does. Raises ReviewRefusedError."""
    known = procedure_for(kind=found.round.kind, why=found.why, year=found.round.year)
    commune = named_place(found.area_code, on=found.round.area_on).commune
    if known is None or commune is None:
        raise refuse_step("", _("Hộ này không thuộc thủ tục rà soát nào có đề nghị phân loại."))
    rows = Dossier.objects.select_for_update().filter(round=found.round, procedure=known.code)
    dossier = rows.filter(area_code=commune.code).first()
    if dossier is None:
        return
    own = found.area_code if known.meeting else commune.code
    part = DossierPart.objects.filter(dossier=dossier, area_code=own).first()
    stage = part.state if part else known.first_of(Holder.PART).code
    if dossier.state != known.first_of(Holder.DOSSIER).code or stage not in UNTIL:
        told = known.stage(stage).title
        message = _(
            "Không đề nghị được nữa: danh sách đã niêm yết (%s). Kết quả sau đó chỉ đổi qua khiếu nại, phúc tra."
        )
        raise refuse_step("", message % told)
