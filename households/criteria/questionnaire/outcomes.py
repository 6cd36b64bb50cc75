"""What was typed through the engine, standard by standard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from households.criteria.engine.classify import BadAnswersError, NotPreparedError, prepare
from households.criteria.engine.faults import AnswerFault
from households.criteria.explained import Explained, explain
from households.criteria.law.parts import AreaType
from households.criteria.questionnaire.answers import answers_of, field_of
from households.criteria.questionnaire.sheet import AppliedStandard, Way
from households.criteria.questionnaire.typed import Typed


@dataclass(frozen=True, slots=True)
class Outcome:
    """``problem``: why this standard gave no result; the faults of fields are told at the fields."""

    applied: AppliedStandard
    told: Explained | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    on: date
    area_type: AreaType
    variant: str
    way: Way


def outcomes_of(standards: Sequence[AppliedStandard], setting: Setting, typed: Typed) -> list[Outcome]:
    """All faults of the answers are left in ``typed.faults``; any fault means no result for that standard."""
    return [_outcome(applied, setting, typed) for applied in standards]


def _outcome(applied: AppliedStandard, setting: Setting, typed: Typed) -> Outcome:
    if setting.way is Way.SCORES and not applied.by_scores:
        return Outcome(applied, None, "Chuẩn này không phân loại theo điểm; hãy nhập theo thu nhập.")
    answers = answers_of(setting.way, applied, typed)
    unreadable = frozenset(typed.refused)
    try:
        told = _told(applied, setting, answers)
    except NotPreparedError as refused:
        return Outcome(applied, None, str(refused))
    except BadAnswersError as refused:
        for fault in refused.faults:
            _say(fault, applied, typed, unreadable)
        return Outcome(applied, None)
    return Outcome(applied, None if unreadable else told)


def _told(applied: AppliedStandard, setting: Setting, answers: dict[str, Any]) -> Explained:
    full = setting.way is Way.FULL
    classifier = prepare(
        applied.standard,
        on=setting.on,
        area_type=setting.area_type,
        variant=setting.variant or None if full and applied.table else None,
        b1_table=applied.table if full else None,
    )
    return explain(classifier.classify(answers), applied.standard)


def _say(fault: AnswerFault, applied: AppliedStandard, typed: Typed, unreadable: frozenset[str]) -> None:
    """What could not be read was left out; that it is missing then is no second fault."""
    name = field_of(fault.where, applied, typed)
    if name not in unreadable:
        typed.say(name, fault.text)
