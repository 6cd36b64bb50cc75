"""The superior answers in writing: agrees, or sends the dossier back with what he says of single households."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.actions.authorities import check_answers
from households.review.actions.order import check_in_order, check_late, problems_of_texts
from households.review.models import DossierPart
from households.review.moving import Moving, bring, moving
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.superior_models import Answer, Opinion, OpinionRemark
from households.surveys.form_models import SurveyForm
from households.surveys.forms.steps import LONGEST_REMARK, return_form
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, tidy

LONGEST_TEXT = 2000


def agree(
    *,
    dossier: int,
    on: date,
    by: User,
    at: datetime,
    number: str = "",
    text: str = "",
    late: str = "",
    expected: int | None = None,
) -> Opinion:
    """Raises ReviewRefusedError, PermissionDenied."""
    _check_texts(number, text)
    with _answering("agree", dossier, expected, on=on, by=by, at=at) as (work, opinion):
        _check_due(work, opinion, late)
        _write(opinion, Answer.AGREE, number, text, work)
    return opinion


def agree_many(
    *, dossiers: Mapping[int, int], on: date, by: User, at: datetime, number: str = "", text: str = "", late: str = ""
) -> list[Opinion]:
    """``dossiers``: key → version as the page showed it. All or none."""
    if not dossiers:
        raise refuse_step("", _("Chưa chọn hồ sơ nào."))
    with transaction.atomic():
        return [
            agree(dossier=key, on=on, by=by, at=at, number=number, text=text, late=late, expected=version)
            for key, version in sorted(dossiers.items())
        ]


def give_back(
    *,
    dossier: int,
    remarks: Mapping[int, str],
    on: date,
    by: User,
    at: datetime,
    number: str = "",
    text: str = "",
    late: str = "",
    expected: int | None = None,
) -> Opinion:
    """``remarks``: form → what is said of it; these forms go back to whoever filled them, and their villages survey again.

    Raises ReviewRefusedError, SurveyRefusedError, PermissionDenied.
    """
    said = {form: remark.strip() for form, remark in remarks.items() if remark.strip()}
    _check_texts(number, text)
    if problems := [
        one for form, remark in said.items() for one in problems_of_text(f"remarks.{form}", remark, LONGEST_REMARK)
    ]:
        raise ReviewRefusedError(problems)
    if not said and not text.strip():
        raise refuse_step("text", _("Cần nói vì sao trả lại: ở đây, hoặc ở từng hộ."))
    with _answering("return", dossier, expected, on=on, by=by, at=at) as (work, opinion):
        _check_due(work, opinion, late)
        forms = _forms_of(opinion, said)
        _write(opinion, Answer.RETURN, number, text or _("Có nhận xét ở từng hộ."), work)
        OpinionRemark.objects.bulk_create(
            OpinionRemark(opinion=opinion, form_id=key, text=said[key]) for key in sorted(said)
        )
        for key in sorted(said):
            return_form(form=key, remark=said[key], by=by, at=at)
        work.details["remarks"] = len(said)
        _villages_again(work, {one.area_code for one in forms})
    return opinion


@contextmanager
def _answering(
    move: str, dossier: int, expected: int | None, *, on: date, by: User, at: datetime
) -> Iterator[tuple[Moving, Opinion]]:
    with moving(dossier=dossier, move=move, on=on, by=by, at=at, expected=expected) as work:
        code, area_on = work.dossier.area_code, work.dossier.round.area_on
        check_answers(work.procedure, code=code, area_on=area_on, on=on, by=by, at=at)
        check_in_order(work)
        opinion = Opinion.objects.select_for_update().get(dossier=work.dossier, answer="")
        work.details = {"opinion": opinion.pk}
        yield work, opinion


def _check_texts(number: str, text: str) -> None:
    if problems := list(problems_of_texts({"number": (number, 60), "text": (text, LONGEST_TEXT)}, needed={})):
        raise ReviewRefusedError(problems)


def _check_due(work: Moving, opinion: Opinion, late: str) -> None:
    due = opinion.due_on
    check_late(work, late, _("Hạn trả lời là ngày %s.") % format_date(due) if work.on > due else "")


def _write(opinion: Opinion, answer: str, number: str, text: str, work: Moving) -> None:
    opinion.answer, opinion.answer_number, opinion.text = answer, tidy(number), text.strip()
    opinion.answered_on, opinion.answered_by, opinion.answered_at = work.on, work.by, work.at
    opinion.save()
    work.note = opinion.text[:1000]


def _forms_of(opinion: Opinion, said: Collection[int]) -> list[SurveyForm]:
    known = {one["form"] for one in opinion.shown}
    if strangers := [key for key in said if key not in known]:
        raise ReviewRefusedError(
            Problem(f"remarks.{key}", _("Hộ này không có trong danh sách xã đã gửi.")) for key in strangers
        )
    return list(SurveyForm.objects.filter(pk__in=said))


def _villages_again(work: Moving, codes: Collection[str]) -> None:
    """By the superior's word, not by that of the commune."""
    parts = DossierPart.objects.select_for_update().filter(dossier=work.dossier, area_code__in=codes)
    bring(work, parts.order_by("area_code"))
