"""What stands beside a form while it is typed: what its answers come to, what is missing, what the checks found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from households.criteria.explained import Explained
from households.criteria.questionnaire.typed import CELL
from households.surveys.checks.confirming import confirmed_of
from households.surveys.checks.findings import findings_of
from households.surveys.checks.known import known_of
from households.surveys.checks.parts import Finding, Known, Strength, fingerprint_of
from households.surveys.classification import Look, look
from households.surveys.form_models import OPEN_STATES, SurveyForm

Answers = Mapping[str, Sequence[str]]
TODO = "todo"  # how a page tells an error of a field in which nothing stands yet
FIRST_MISSING = 6  # shown at once, the others when asked for


@dataclass(frozen=True, slots=True)
class Beside:
    """``panel``: HTML; ``findings``: field → what is said of it, "" for the form as a whole."""

    look: Look
    known: Known
    panel: SafeString
    findings: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as the page tells it. ``anchor``: of its field on the page; "" where it has none."""

    strength: str
    text: str
    field: str = ""
    basis: str = ""
    check: str = ""
    fingerprint: str = ""
    confirmed: bool = False

    @property
    def todo(self) -> bool:
        """An error in an empty field: nothing is wrong yet, it only waits to be answered."""
        return self.strength == TODO

    @property
    def anchor(self) -> str:
        return anchor(self.field)

    def to_json(self) -> dict[str, Any]:
        names = ("strength", "text", "check", "fingerprint", "confirmed")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a standard came to. ``unsure``: how many of its indicators are still open; ``told``: None where nothing came out."""

    why: str
    told: Explained | None

    @property
    def unsure(self) -> int:
        return list(self.told.result.indicators.values()).count(None) if self.told else 0


def anchor(field: str) -> str:
    """As ``Control.id``; the roster as a whole has its own."""
    return "roster" if field == "members" else "id_" + field.replace(":", "_") if field else ""


def beside(form: SurveyForm, answers: Answers, *, may_fill: bool = True) -> Beside:
    seen = look(form, answers)
    known = known_of(form, seen.on, answers)
    said = list(_said(form, seen, findings_of(seen, known)))
    context = _context(form, seen, said, may_fill=may_fill and form.state in OPEN_STATES)
    return Beside(seen, known, render_to_string("desk/panel.html", context), _by_field(said))


def _said(form: SurveyForm, seen: Look, findings: Iterable[Finding]) -> Iterable[Said]:
    findings = list(findings)
    asked = any(one.strength == Strength.QUESTION for one in findings)
    confirmed = confirmed_of(form) if asked else set()
    for field, sentences in seen.faults.items():
        for sentence in sentences:
            yield Said(Strength.ERROR, sentence, field)
    for one in findings:
        print_ = fingerprint_of(one, seen.typed.data)
        known = (one.check, one.field, print_) in confirmed
        empty = one.strength == Strength.ERROR and one.field and not any(seen.typed.all(one.field))
        yield Said(TODO if empty else one.strength, one.sentence, one.field, one.basis, one.check, print_, known)


def _by_field(said: Iterable[Said]) -> dict[str, list[dict[str, Any]]]:
    """A cell of the roster has no room for a hint: the panel has it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in said:
        if one.strength != Strength.HINT or not CELL.fullmatch(one.field):
            found.setdefault(one.field, []).append(one.to_json())
    return found


def _missing(seen: Look, said: Iterable[Said]) -> list[dict[str, Any]]:
    """Every open question, member by member: "Thành viên thứ 1 (…)" once, then each; then what else is to be written before
    the form can be finished."""
    found: dict[str, list[dict[str, str]]] = {}
    for one in seen.missing if not seen.stopped else ():
        if one.field:
            whose, _colon, asked = one.text.rpartition(": ")
            found.setdefault(whose, []).append({"text": asked, "anchor": anchor(one.field)})
    lines = [{"whose": whose, "asked": asked} for whose, asked in found.items()]
    return lines + [{"whose": "", "asked": [{"text": one.text, "anchor": one.anchor}]} for one in said if one.todo]


def _context(form: SurveyForm, seen: Look, said: Sequence[Said], *, may_fill: bool) -> dict[str, Any]:
    missing = _missing(seen, said)
    return {
        "form": form,
        "look": seen,
        "outcomes": [Shown(one.applied.why, one.told) for _purpose, one in seen.outcomes],
        "problem": next((one.problem for _purpose, one in seen.outcomes if one.problem), ""),
        "missing": missing[:FIRST_MISSING],
        "missing_more": missing[FIRST_MISSING:],
        "missing_total": sum(len(one["asked"]) for one in missing),
        "errors": [one for one in said if one.strength == Strength.ERROR],
        "questions": [one for one in said if one.strength == Strength.QUESTION and not one.confirmed],
        "confirmed": [one for one in said if one.strength == Strength.QUESTION and one.confirmed],
        "hints": [one for one in said if one.strength == Strength.HINT],
        "may_fill": may_fill,
    }
