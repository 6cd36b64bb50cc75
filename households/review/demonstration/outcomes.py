"""What leaves an invented commune: the opinion it asked for, the decisions of its chair with lines on the recognitions that the
demonstration has already, certificates, letters of refusal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from django.utils import timezone

from households.criteria.queries import standard_of
from households.registry.models import Recognition
from households.review.actions.asking import shown
from households.review.actions.bases import proposed_bases
from households.review.actions.planning import Draft, DraftLine
from households.review.actions.recording import Signed, lines_of, unsaved
from households.review.demonstration.people import Desks, somebody
from households.review.demonstration.timetable import ANSWERED, CERTIFIED, RETURNED, CommuneDays
from households.review.listed import LISTED_CLASSES, Listed, listed
from households.review.models import Dossier, ReviewStep
from households.review.procedures.parts import Procedure
from households.review.rights import LEAD, OPINE
from households.review.superior_models import (
    Answer,
    Certificate,
    CertificatePrint,
    Decision,
    DecisionKind,
    DecisionLine,
    Opinion,
    OpinionRemark,
    Refusal,
    RefusalGround,
)
from households.review.unrecognised import unrecognised
from households.surveys.codes import CLOSING, OPENING
from households.surveys.form_models import State, SurveyForm
from povertyportal.core.models import User

AT_ONCE = 500
DECIDED_FROM = (12, 1)
CHAIR = "Chủ tịch"
AGREED = "Thống nhất với kết quả rà soát của xã."
SENT_BACK = "Đề nghị xem lại các hộ có nhận xét, kết quả chưa khớp với tài sản ghi ở Phiếu B."
REMARKS = (
    "Nhà kiên cố, có xe máy và đất sản xuất mà điểm B1 thấp; đề nghị kiểm tra lại.",
    "Năm trước là hộ nghèo, năm nay điểm tăng nhanh; đề nghị ghi rõ thay đổi.",
)
GROUNDS = {
    RefusalGround.GATE: "Theo Phiếu A, hộ có từ số dấu hiệu quy định trở lên nên không thuộc diện rà soát tiếp.",
    RefusalGround.RESULT: "Kết quả chấm điểm Phiếu B của hộ cao hơn mức hộ nghèo, hộ cận nghèo.",
}


@dataclass
class Commune:
    """``now``: nothing is recorded after it."""

    dossier: Dossier
    procedure: Procedure
    rows: Sequence[Listed]
    superior: str
    desks: Desks
    now: datetime
    signer: str
    state: str = "villages"

    def lead(self) -> User:
        return self.desks.one(LEAD, self.dossier.area_code)

    def recorded(self, day: date, hour: int) -> datetime:
        return min(timezone.make_aware(datetime.combine(day, time(hour, 15))), self.now)

    def step(self, move: str, on: date, hour: int, by: User, **details: object) -> ReviewStep:
        before, self.state = self.state, self.procedure.move(move).to
        return ReviewStep(
            dossier=self.dossier, move=move, from_state=before, to_state=self.state, on=on, by=by, details=details,
            at=self.recorded(on, hour),
        )  # fmt: skip


def write_commune(commune: Commune, days: CommuneDays, official: User) -> Iterator[ReviewStep]:
    """Stores what the steps are about, and yields the steps."""
    yield commune.step("compile", days.compiled, 14, official, households=len(commune.rows))
    if days.asked is None or days.due is None:
        return
    opinion = _opinion(commune, days, days.asked, days.due)
    yield commune.step("ask", days.asked, 15, commune.lead(), opinion=opinion.pk, turn=1)
    if days.replied is None:
        return
    by = commune.desks.one(OPINE, commune.superior)
    if days.wanted == RETURNED:
        yield from _returned(commune, opinion, days.replied, by)
        return
    yield commune.step("agree", days.replied, 16, by, opinion=opinion.pk)
    if days.wanted != ANSWERED and days.decided is not None:
        made = _decisions(commune, days.decided)
        yield commune.step("decide", days.decided, 8, commune.lead(), decisions=[one.pk for one in made])
        count = _certificates(commune, made, days.decided)
        yield commune.step("certify", days.decided, 9, commune.lead(), certificates=count, first=1)


def _opinion(commune: Commune, days: CommuneDays, asked: date, due: date) -> Opinion:
    made = Opinion(
        dossier=commune.dossier, turn=1, letter_number=f"{100 + int(commune.dossier.area_code[-2:])}/UBND-MH",
        asked_on=asked, due_on=due, shown=shown(commune.rows), asked_by=commune.lead(),
        asked_at=commune.recorded(asked, 15),
    )  # fmt: skip
    if days.replied is not None:
        agreed = days.wanted in (ANSWERED, CERTIFIED)
        made.answer, made.text = (Answer.AGREE, AGREED) if agreed else (Answer.RETURN, SENT_BACK)
        made.answer_number, made.answered_on = f"{made.letter_number.split('/')[0]}/TB-MH", days.replied
        made.answered_by = commune.desks.one(OPINE, commune.superior)
        made.answered_at = commune.recorded(days.replied, 16)
    made.save(force_insert=True)
    return made


def _returned(commune: Commune, opinion: Opinion, on: date, by: User) -> Iterator[ReviewStep]:
    """Two households go back, and their villages with them."""
    yield commune.step("return", on, 16, by, opinion=opinion.pk, remarks=len(REMARKS))
    wanted = [one for one in commune.rows if one.public][:: max(1, len(commune.rows) // 2)][: len(REMARKS)]
    at = commune.recorded(on, 16)
    for one, remark in zip(wanted, REMARKS, strict=False):
        OpinionRemark.objects.create(opinion=opinion, form_id=one.form, text=remark)
        SurveyForm.objects.filter(pk=one.form).update(
            state=State.RETURNED, remark=remark, returned_by=by, returned_at=at
        )
    brought = commune.procedure.move(commune.procedure.move("return").brings)
    for part in commune.dossier.parts.filter(area_code__in={one.area_code for one in wanted}).order_by("area_code"):
        before, part.state = part.state, brought.to
        part.save(update_fields=["state"])
        yield ReviewStep(
            dossier=commune.dossier, part=part, move=brought.code, from_state=before, to_state=part.state, on=on, by=by, at=at,
            details={"opinion": opinion.pk},
        )  # fmt: skip


def _decisions(commune: Commune, on: date) -> list[Decision]:
    """Numbered and dated as the recognitions say."""
    bases = proposed_bases(commune.dossier, Opinion.objects.filter(dossier=commune.dossier).first())
    at = commune.recorded(on, 8)
    signed = Signed(on, commune.signer, CHAIR, bases, "", commune.lead(), at)
    made = []
    for number, draft, recognitions in _drafts(commune):
        decision = unsaved(commune.dossier, draft, number, signed)
        decision.save(force_insert=True)
        lines = lines_of(decision, draft)
        for line, recognition in zip(lines, recognitions, strict=True):
            line.recognition = recognition
        DecisionLine.objects.bulk_create(lines, AT_ONCE)
        made.append(decision)
    return made


def _drafts(commune: Commune) -> Iterator[tuple[str, Draft, list[Recognition]]]:
    """With the number of the decision, and the recognitions in the order of the lines."""
    round = commune.dossier.round
    for purpose, bound in ((CLOSING, round.closing), (OPENING, round.opening)):
        if bound is None:
            continue
        standard = standard_of(bound).code
        rows = commune.rows if purpose == CLOSING else _of_purpose(commune, purpose)
        places = {one.household: (turn, one) for turn, one in enumerate(rows) if one.assessed}
        for number, recognitions in sorted(_recognitions(commune, standard, places).items()):
            first = recognitions[0]
            kind = DecisionKind.RECOGNISED if first.klass in LISTED_CLASSES else DecisionKind.ESCAPED
            listed_rows = [(places[one.household_id][1], one) for one in recognitions]
            lines = tuple(DraftLine(row, one.klass, row.before, one.kind) for row, one in listed_rows)
            span = first.validity.lower, first.validity.upper
            yield number, Draft(kind, purpose, standard, *span, lines), recognitions


def _of_purpose(commune: Commune, purpose: str) -> list[Listed]:
    return listed(commune.dossier, day=commune.dossier.round.days.lower, purpose=purpose)


def _recognitions(
    commune: Commune, standard: str, places: dict[int, tuple[int, Listed]]
) -> dict[str, list[Recognition]]:
    """By number of the decision, in the order of the list."""
    year = commune.dossier.round.year
    rows = Recognition.objects.filter(
        area_code=commune.dossier.area_code, year=year, standard=standard, decision_date__gte=date(year, *DECIDED_FROM)
    )
    found: dict[str, list[Recognition]] = defaultdict(list)
    for one in sorted((one for one in rows if one.household_id in places), key=lambda x: places[x.household_id][0]):
        found[one.decision_number].append(one)
    return dict(found)


def decision_day(area_code: str, year: int) -> date | None:
    rows = Recognition.objects.filter(area_code=area_code, year=year, decision_date__gte=date(year, *DECIDED_FROM))
    found: date | None = rows.order_by("-decision_date").values_list("decision_date", flat=True).first()
    return found


def _certificates(commune: Commune, decisions: Iterable[Decision], on: date) -> int:
    """With the register of their first prints."""
    lines = DecisionLine.objects.filter(decision__in=[one.pk for one in decisions], klass__in=LISTED_CLASSES)
    by, at, code = commune.lead(), commune.recorded(on, 9), commune.dossier.area_code
    made = Certificate.objects.bulk_create(
        [
            Certificate(line=line, area_code=code, year=on.year, number=number, issued_on=on, by=by, at=at)
            for number, line in enumerate(lines.order_by("decision", "place"), start=1)
        ],
        AT_ONCE,
    )
    CertificatePrint.objects.bulk_create(
        [CertificatePrint(certificate=one, copy=1, by=by, at=at) for one in made], AT_ONCE
    )
    return len(made)


def refuse_unrecognised(commune: Commune, on: date) -> None:
    """Once the villages are stored: a letter to each who asked in vain."""
    by, at = commune.lead(), commune.recorded(on, 10)
    due = [one for one in unrecognised(commune.dossier, day=on) if one.due]
    Refusal.objects.bulk_create(
        [
            Refusal(
                area_code=commune.dossier.area_code, year=on.year, number=f"{turn}/TB-UBND-MH", on=on, ground=one.ground,
                form_id=one.row.form, addressee=one.row.name, reason=GROUNDS[one.ground], signer=commune.signer,
                position=CHAIR, by=by, at=at,
            )
            for turn, one in enumerate(due, start=1)
        ],
        AT_ONCE,
    )  # fmt: skip


def chair_of(area_code: str, seed: int) -> str:
    return somebody(Random(f"{seed} {area_code} chair"))  # noqa: S311  # nothing secret
