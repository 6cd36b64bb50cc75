"""Where Django looks for the tables of this app; they are written beside what uses them."""

from households.access.models import AccountUnit, Grant, RightsReview
from households.registry.finding_models import DuplicateVerdict, FoldedName, NameWord, SavedFilter, SearchRow
from households.registry.models import (
    Household,
    HouseholdEvent,
    Membership,
    Person,
    Recognition,
    Residence,
    SealedNumber,
)
from households.surveys.form_models import (
    ConfirmedQuestion,
    SurveyForm,
    SurveyPresence,
    SurveyResult,
    SurveySave,
    SurveySheet,
)
from households.surveys.models import RoundTotals, SurveyRound

__all__ = [
    "AccountUnit",
    "ConfirmedQuestion",
    "DuplicateVerdict",
    "FoldedName",
    "Grant",
    "Household",
    "HouseholdEvent",
    "Membership",
    "NameWord",
    "Person",
    "Recognition",
    "Residence",
    "RightsReview",
    "RoundTotals",
    "SavedFilter",
    "SealedNumber",
    "SearchRow",
    "SurveyForm",
    "SurveyPresence",
    "SurveyResult",
    "SurveyRound",
    "SurveySave",
    "SurveySheet",
]
