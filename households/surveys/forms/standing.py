"""What stands in the way of finishing a form, each with the place where it can be settled."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from households.registry.state import MemberState, members_on
from households.surveys.checks.confirming import Confirmed, confirmed_of
from households.surveys.checks.findings import findings_of
from households.surveys.checks.known import known_of
from households.surveys.checks.parts import Finding, Known, Strength, fingerprint_of
from households.surveys.classification import Look, Unanswered, look
from households.surveys.codes import CLOSING
from households.surveys.form_models import SurveyForm
from households.surveys.forms.opening import Content, content_of
from households.surveys.sheets.own import DAY
from povertyportal.vietnamese import format_date


class Kind(StrEnum):
    CONFLICT = "conflict"
    FAULT = "fault"
    ERROR = "error"
    MISSING = "missing"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """``finding`` of a question, which may be confirmed in place."""

    kind: Kind
    field: str
    sentence: str
    finding: Finding | None = None
    fingerprint: str = ""


@dataclass(frozen=True)
class Standing:
    content: Content
    look: Look
    known: Known
    findings: Sequence[Finding]
    confirmed: Collection[Confirmed]
    obstacles: Sequence[Obstacle]
    members: Sequence[MemberState]

    def is_confirmed(self, finding: Finding) -> bool:
        return _key(finding, self.look) in self.confirmed


def standing_of(form: SurveyForm, day: date, content: Content | None = None) -> Standing:
    """``day``: today, after which nothing was surveyed; ``content``: of the form, where it is at hand."""
    content = content or content_of(form)
    seen = look(form, content.answers)
    members = members_on([form.household_id], seen.on).get(form.household_id, [])
    known = known_of(form, seen.on, content.answers, members)
    findings = findings_of(seen, known)
    asked = any(one.strength is Strength.QUESTION for one in findings)
    confirmed = confirmed_of(form) if asked else set()
    obstacles = [
        *_conflicts(content),
        *_faults(seen),
        *_of_day(seen, day),
        *_errors(findings),
        *_missing(seen),
        *_questions(findings, confirmed, seen),
    ]
    return Standing(content, seen, known, findings, confirmed, obstacles, members)


def _conflicts(content: Content) -> Iterator[Obstacle]:
    for name in content.contested:
        yield Obstacle(Kind.CONFLICT, name, _("Hai người ghi khác nhau ở ô này; hãy chọn một trong hai."))


def _faults(seen: Look) -> Iterator[Obstacle]:
    for name, sentences in seen.faults.items():
        for sentence in sentences:
            yield Obstacle(Kind.FAULT, name, sentence)


def _of_day(seen: Look, day: date) -> Iterator[Obstacle]:
    if not seen.typed.text(DAY):
        yield Obstacle(Kind.MISSING, DAY, _("Ngày điều tra (tuổi của mọi người được tính đến ngày này)"))
    elif seen.on > day:
        message = _("Ngày điều tra %(on)s chưa tới (hôm nay %(today)s).")
        yield Obstacle(Kind.FAULT, DAY, message % {"on": format_date(seen.on), "today": format_date(day)})


def _errors(findings: Sequence[Finding]) -> Iterator[Obstacle]:
    for one in findings:
        if one.strength is Strength.ERROR:
            yield Obstacle(Kind.ERROR, one.field, one.sentence, one)


def still_needed(seen: Look) -> list[Unanswered]:
    """Every question of the form that the law reads, whether or not a class hangs on it: the tables count each indicator. What
    only the law's own tables leave open is nobody's to answer here."""
    return [] if seen.stopped else [one for one in seen.missing if one.field]


def _missing(seen: Look) -> Iterator[Obstacle]:
    for one in still_needed(seen):
        yield Obstacle(Kind.MISSING, one.field, one.text)
    closing = seen.outcome(CLOSING)
    if closing and closing.problem and not seen.missing:
        yield Obstacle(Kind.MISSING, "", closing.problem)


def _questions(findings: Sequence[Finding], confirmed: Collection[Confirmed], seen: Look) -> Iterator[Obstacle]:
    for one in findings:
        if one.strength is Strength.QUESTION and _key(one, seen) not in confirmed:
            yield Obstacle(Kind.QUESTION, one.field, one.sentence, one, fingerprint_of(one, seen.typed.data))


def _key(finding: Finding, seen: Look) -> Confirmed:
    return finding.check, finding.field, fingerprint_of(finding, seen.typed.data)
