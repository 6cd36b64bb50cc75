"""What was typed through the engine, standard by standard."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.engine.classify import BadAnswersError, Classifier, NotPreparedError, prepare
from households.criteria.engine.faults import AnswerFault
from households.criteria.explained import Explained, explain
from households.criteria.law.parts import AreaType, Standard
from households.criteria.questionnaire.answers import answers_of, field_of
from households.criteria.questionnaire.sheet import AppliedStandard, Way
from households.criteria.questionnaire.typed import Typed

PREPARED_AT_ONCE = 128


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


def outcomes_despite_faults(standards: Sequence[AppliedStandard], setting: Setting, typed: Typed) -> list[Outcome]:
    """A field that one of them cannot read counts for none as answered; its faults are left in ``typed.faults``. No result only
    where the fault is no field's."""
    while True:
        left = frozenset(typed.faults)
        found = outcomes_of(standards, setting, typed.without(left))
        if left == frozenset(typed.faults):
            return found


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
    return explain(classifier_for(applied, setting).classify(answers), applied.standard)


def classifier_for(applied: AppliedStandard, setting: Setting) -> Classifier:
    """Raises NotPreparedError."""
    table = applied.table if setting.way is Way.FULL else None
    variant = (setting.variant or None) if table else None
    digests = applied.standard.digest, table.digest if table else ""
    return _prepared(_Wanted(digests, setting.on, setting.area_type, variant, applied.standard, table))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The digests stand for the law and its table of points."""

    digests: tuple[str, str]
    on: date
    area_type: AreaType
    variant: str | None
    standard: Standard = field(compare=False)
    table: B1Table | None = field(compare=False)


@lru_cache(PREPARED_AT_ONCE)
def _prepared(wanted: _Wanted) -> Classifier:
    """Making a standard ready for a day costs more than classifying a household."""
    return prepare(
        wanted.standard,
        on=wanted.on,
        area_type=wanted.area_type,
        variant=wanted.variant,
        b1_table=wanted.table,
    )


def _say(fault: AnswerFault, applied: AppliedStandard, typed: Typed, unreadable: frozenset[str]) -> None:
    """What could not be read was left out; that it is missing then is no second fault."""
    name = field_of(fault.where, applied, typed)
    if name not in unreadable:
        typed.say(name, fault.text)
