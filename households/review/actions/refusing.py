"""What is not recognised is answered in writing, with its reason: a paper that cannot be dealt with, a form that stopped at
Phiếu A, a result that is not the one asked for."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.actions.intake import held_intake
from households.review.models import Dossier, Intake, IntakeState
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.rights import LEAD
from households.review.superior_models import Refusal, RefusalGround
from households.review.unrecognised import Unrecognised, unrecognised
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, tidy

LONGEST_REASON = 2000
_COUNTED = re.compile(r"([0-9]{1,6})(\D.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Letter:
    """``number``: of the first, "15/TB-UBND"; several letters count up from it."""

    number: str
    on: date
    reason: str
    signer: str
    position: str


def refuse_intake(*, intake: int, letter: Letter, by: User, at: datetime) -> Refusal:
    """Raises ReviewRefusedError, PermissionDenied."""
    _check(letter, at)
    with _numbered(), transaction.atomic(), acting(by=by, reason=_("Trả lời giấy đề nghị không giải quyết được")):
        found = held_intake(intake, by=by, at=at, action=LEAD)
        if letter.on < found.received_on:
            raise refuse_step("on", _("Văn bản ghi ngày trước ngày nhận giấy, %s.") % format_date(found.received_on))
        found.state, found.remark = IntakeState.REFUSED, letter.reason.strip()[:400]
        found.save(update_fields=["state", "remark"])
        row = _row(letter, found.commune_code, found.applicant, (by, at))
        row.intake, row.ground = found, RefusalGround.PAPER
        row.save(force_insert=True)
    return row


def refuse_forms(*, dossier: int, forms: Collection[int], letter: Letter, by: User, at: datetime) -> list[Refusal]:
    """A letter to each household, numbered one after the other; on which ground follows from its result. All or none.

    Raises ReviewRefusedError, PermissionDenied.
    """
    _check(letter, at)
    today = timezone.localdate(at)
    with _numbered(), transaction.atomic(), acting(by=by, reason=_("Trả lời bằng văn bản hộ không được công nhận")):
        found = Dossier.objects.select_for_update(of=("self",)).select_related("round").get(pk=dossier)
        check_may(by, LEAD, code=found.area_code, on=found.round.area_on, day=today)
        wanted = set(forms)
        ours = [one for one in unrecognised(found, day=today) if one.row.form in wanted]
        if not wanted or len(ours) != len(wanted):
            message = _(
                "Có hộ đã chọn không thuộc diện làm văn bản này: kết quả của hộ vừa đổi, hoặc chưa chọn hộ nào."
            )
            raise refuse_step("forms", message)
        _check_due(ours)
        return Refusal.objects.bulk_create(_rows(ours, letter, found.area_code, (by, at)))


def suggested_number(commune: str, year: int) -> str:
    """The next one of the commune's year; the first "1/TB-UBND"."""
    numbers = Refusal.objects.filter(area_code=commune, year=year).values_list("number", flat=True)
    counted = [(int(found[1]), found[2] or "") for one in numbers if (found := _COUNTED.fullmatch(one))]
    if not counted:
        return "1/TB-UBND"
    last, rest = max(counted)
    return f"{last + 1}{rest}"


def numbers_from(first: str, count: int) -> list[str]:
    """ "15/TB-UBND", "16/TB-UBND" … Raises ReviewRefusedError for several from a number that is none."""
    if count == 1:
        return [tidy(first)]
    if not (found := _COUNTED.fullmatch(tidy(first))):
        message = _("Làm nhiều văn bản một lần thì số đầu phải bắt đầu bằng chữ số, ví dụ 15/TB-UBND.")
        raise refuse_step("number", message)
    return [f"{int(found[1]) + turn}{found[2] or ''}" for turn in range(count)]


def _check(letter: Letter, at: datetime) -> None:
    today = timezone.localdate(at)
    if problems := list(_problems(letter, today)):
        raise ReviewRefusedError(problems)


def _problems(letter: Letter, today: date) -> Iterator[Problem]:
    for field, most in (("number", 60), ("signer", 120), ("position", 120), ("reason", LONGEST_REASON)):
        text = getattr(letter, field)
        yield from problems_of_text(field, text, most)
        if not text.strip():
            yield Problem(field, _("Hãy điền mục này."))
    if letter.on > today:
        yield Problem("on", _("Ngày %s chưa tới.") % format_date(letter.on))


@contextmanager
def _numbered() -> Iterator[None]:
    """Of two who take one number at once the second is told so."""
    try:
        yield
    except IntegrityError as error:
        if "refusal_numbered_once" not in str(error):
            raise
        message = _("Số văn bản này đã dùng trong năm của xã; hãy ghi số khác. Chưa lưu gì.")
        raise refuse_step("number", message) from error


def _check_due(ours: Sequence[Unrecognised]) -> None:
    for one in ours:
        if one.letter:
            told = {"number": one.letter.number, "day": format_date(one.letter.on), "name": one.letter.addressee}
            raise refuse_step("forms", _("%(name)s đã được trả lời bằng văn bản %(number)s ngày %(day)s.") % told)
        if not one.closed:
            message = _("%s: chưa hết niêm yết kết quả, chưa trả lời không công nhận được.")
            raise refuse_step("forms", message % one.row.name)


def _rows(ours: Sequence[Unrecognised], letter: Letter, commune: str, who: tuple[User, datetime]) -> Iterator[Refusal]:
    papers = {one.form_id: one for one in Intake.objects.filter(form__in=[one.row.form for one in ours]).order_by("pk")}
    for one, number in zip(ours, numbers_from(letter.number, len(ours)), strict=True):
        paper = papers.get(one.row.form)
        row = _row(letter, commune, paper.applicant if paper else one.row.name, who)
        row.form_id, row.intake, row.number, row.ground = one.row.form, paper, number, one.ground
        yield row


def _row(letter: Letter, commune: str, addressee: str, who: tuple[User, datetime]) -> Refusal:
    return Refusal(
        area_code=commune, year=letter.on.year, number=tidy(letter.number), on=letter.on, addressee=addressee,
        reason=letter.reason.strip(), signer=tidy(letter.signer), position=tidy(letter.position), by=who[0], at=who[1],
    )  # fmt: skip
