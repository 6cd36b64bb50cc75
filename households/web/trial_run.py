"""Answers of the try-out page through the engine, standard by standard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from households.criteria.engine.classify import BadAnswersError, NotPreparedError, prepare
from households.criteria.engine.faults import AnswerFault
from households.criteria.explained import Explained, explain
from households.criteria.law.parts import AreaType
from households.web.trial_answers import Typed, answers_of, field_of
from households.web.trial_sheet import Trial, Way


@dataclass(frozen=True, slots=True)
class Outcome:
    """``problem``: why this standard gave no result; the faults of fields are told at the fields."""

    trial: Trial
    told: Explained | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    on: date
    area_type: AreaType
    variant: str
    way: Way


def outcomes_of(trials: Sequence[Trial], setting: Setting, typed: Typed) -> list[Outcome]:
    """All faults of the answers are left in ``typed.faults``; any fault means no result for that standard."""
    return [_outcome(trial, setting, typed) for trial in trials]


def _outcome(trial: Trial, setting: Setting, typed: Typed) -> Outcome:
    if setting.way is Way.SCORES and not trial.by_scores:
        return Outcome(trial, None, "Chuẩn này không phân loại theo điểm; hãy nhập theo thu nhập.")
    answers = answers_of(setting.way, trial, typed)
    unreadable = frozenset(typed.refused)
    try:
        told = _told(trial, setting, answers)
    except NotPreparedError as refused:
        return Outcome(trial, None, str(refused))
    except BadAnswersError as refused:
        for fault in refused.faults:
            _say(fault, trial, typed, unreadable)
        return Outcome(trial, None)
    return Outcome(trial, None if unreadable else told)


def _told(trial: Trial, setting: Setting, answers: dict[str, Any]) -> Explained:
    full = setting.way is Way.FULL
    classifier = prepare(
        trial.standard,
        on=setting.on,
        area_type=setting.area_type,
        variant=setting.variant or None if full and trial.table else None,
        b1_table=trial.table if full else None,
    )
    return explain(classifier.classify(answers), trial.standard)


def _say(fault: AnswerFault, trial: Trial, typed: Typed, unreadable: frozenset[str]) -> None:
    """What could not be read was left out; that it is missing then is no second fault."""
    name = field_of(fault.where, trial, typed)
    if name not in unreadable:
        typed.say(name, fault.text)
