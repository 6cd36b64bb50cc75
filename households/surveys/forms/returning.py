"""Who else has a say in whether a finished form may go back: apps above put their word in here, and are never named."""

from collections.abc import Callable

from households.surveys.form_models import SurveyForm
from households.surveys.refusals import refuse_form

Why = Callable[[SurveyForm], str]
_held_back: list[Why] = []


def register_holding_back(why: Why) -> None:
    """``why``: a sentence where the form has to stay as it is, "" where it may go back. Called in ``AppConfig.ready()``."""
    if why not in _held_back:
        _held_back.append(why)


def check_may_go_back(form: SurveyForm) -> None:
    """Raises SurveyRefusedError."""
    for why in _held_back:
        if said := why(form):
            raise refuse_form("", said)
