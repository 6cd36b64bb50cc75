"""Last year's answers into the empty fields of this year's form: only what does not have to be asked anew."""

import re
from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from households.surveys.form_models import SurveyForm
from households.surveys.forms.merging import Change
from households.surveys.forms.opening import content_of, previous_answers
from households.surveys.forms.saving import save_answers
from povertyportal.core.models import User

# What is true of one year only: taken over when somebody asks for just that field, never with all the others.
ASKED_EACH_YEAR = re.compile(
    r"""
    m\d+-(?:studying|nutrition|health_care|nonfarm_work|health_insurance)   # the school year, the last weighing, 12 months
    | y-.+ | income_month                                                   # money of the last 12 months
    | [\w-]+:(?:a|b1|a-.+)                                                  # totals and ticks of another day's paper
    | s-.+                                                                  # causes, groups, needs
    """,
    re.VERBOSE,
)
# The registry says these, whoever he was last year.
OF_THE_REGISTRY = re.compile(r"m\d+-(?:person|name|birth|sex|relation|ethnicity|identity)")


def may_take_over(form: SurveyForm, names: Collection[str] | None = None) -> dict[str, list[str]]:
    """Empty fields that had an answer; without ``names`` those that need not be asked anew."""
    now = content_of(form).answers
    before = previous_answers(form)
    open_ones = {name: values for name, values in before.items() if any(values) and not any(now.get(name, ()))}
    if names is not None:
        return {name: values for name, values in open_ones.items() if name in names}
    return {
        name: values
        for name, values in open_ones.items()
        if not ASKED_EACH_YEAR.fullmatch(name) and not OF_THE_REGISTRY.fullmatch(name)
    }


def take_over(*, form: int, names: Collection[str] | None, by: User, at: datetime) -> int:
    """How many were taken over. Raises SurveyRefusedError, PermissionDenied, SurveyForm.DoesNotExist."""
    found = SurveyForm.objects.select_related("round").get(pk=form)
    changes = [Change(name, (), tuple(values)) for name, values in may_take_over(found, names).items()]
    if changes:
        save_answers(form=form, key=uuid4(), base=content_of(found).version, changes=changes, by=by, at=at)
    return len(changes)
