"""The engine: from a household's answers to its class, by one standard, on one day, in one kind of area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.engine.answers import Answers, Reader
from households.criteria.engine.deciding import Decision, decide
from households.criteria.engine.faults import AnswerFault, BadAnswersError, NotPreparedError
from households.criteria.engine.forms import SCORES
from households.criteria.engine.income import per_month
from households.criteria.engine.missing import missing_answers
from households.criteria.engine.ready import Ready, make_ready
from households.criteria.engine.reasons import reasons_of
from households.criteria.engine.result import Result, Scores
from households.criteria.law.parts import AreaType, Standard

__all__ = ["AnswerFault", "BadAnswersError", "Classifier", "NotPreparedError", "classify", "prepare"]


def prepare(
    standard: Standard,
    *,
    on: date,
    area_type: AreaType,
    variant: str | None = None,
    b1_table: B1Table | None = None,
) -> "Classifier":
    """Raises NotPreparedError with a sentence: no line in that year, no such variant, another standard's table."""
    ready = make_ready(standard, on, area_type, variant, b1_table)
    return Classifier(ready, Reader(standard, ready.calendar, b1_table, ready.variant))


@dataclass(frozen=True, slots=True)
class Classifier:
    ready: Ready
    reader: Reader

    def read(self, answers: Any) -> Answers:
        """Raises BadAnswersError."""
        return self.reader.read(answers)

    def classify(self, answers: Any, *, reasons: bool = True) -> Result:
        """Raises BadAnswersError."""
        return self.classify_read(self.reader.read(answers), reasons=reasons)

    def classify_read(self, answers: Answers, *, reasons: bool = True) -> Result:
        ready, decision = self.ready, decide(self.ready, answers)
        return Result(
            klass=decision.klass,
            kind=decision.kind,
            unsure=decision.unsure,
            scores=_scores(answers, decision),
            indicators=decision.indicators,
            gate=decision.gate,
            low_income_worker=decision.low_income_worker,
            reasons=reasons_of(ready, answers, decision) if reasons else (),
            missing=missing_answers(ready, answers, decision),
            standard=ready.standard.code,
            digest=ready.standard.digest,
        )


def _scores(answers: Answers, decision: Decision) -> Scores:
    settled = not decision.open_points
    a, (least, most) = decision.a, decision.amounts
    points = least if decision.way == SCORES and least == most else None
    income = answers.income_month
    if income is None and decision.total is not None:
        income = per_month(decision.total, len(answers.members))
    return Scores(
        a=a[0] if a and a[0] == a[1] else None,
        b1=points,
        b2=decision.points if settled else None,
        deprivations=decision.deprivations if settled else None,
        income_month=income,
    )


def classify(
    standard: Standard,
    answers: Mapping[str, Any],
    *,
    on: date,
    area_type: AreaType,
    variant: str | None = None,
    b1_table: B1Table | None = None,
    reasons: bool = True,
) -> Result:
    """One household; for many, ``prepare`` once."""
    classifier = prepare(standard, on=on, area_type=area_type, variant=variant, b1_table=b1_table)
    return classifier.classify(answers, reasons=reasons)
