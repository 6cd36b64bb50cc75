"""Which numbers a page may name by their tokens: those that its form has or had, and that the household had last year.

Nobody looks at the last digits of others by counting.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from households.surveys.form_models import SurveyForm, SurveySave, SurveySheet
from households.surveys.forms.merging import Change, plain
from households.surveys.forms.numbers import is_number_field, key_in, tokens_in
from households.surveys.forms.opening import content_of, previous_answers
from households.surveys.refusals import refuse_form


def names_numbers(changes: Iterable[Change]) -> bool:
    return any(_named(change) for change in changes)


def check_tokens(changes: Sequence[Change], form: SurveyForm) -> None:
    """Raises SurveyRefusedError."""
    named = {token: change.name for change in changes for token in _named(change)}
    unknown = named.keys() - _standing(form)
    if unknown:
        unknown -= _of_saves(form) | tokens_in(previous_answers(form))
    for token in unknown:
        raise refuse_form(named[token], _("Số này không có trên phiếu; hãy gõ lại đủ số."))


def _named(change: Change) -> list[str]:
    values = plain(change.after) if is_number_field(change.name) else []
    return values if key_in(values) is not None else []


def _standing(form: SurveyForm) -> set[str]:
    """In the answers, or waiting in a conflict."""
    sheet = SurveySheet.objects.filter(pk=form.pk).first()
    if sheet is None:
        return tokens_in(content_of(form).answers)
    waiting = {name: [text for one in kept for text in one["value"]] for name, kept in sheet.conflicts.items()}
    return tokens_in(sheet.answers) | tokens_in(waiting)


def _of_saves(form: SurveyForm) -> set[str]:
    """What was taken away by mistake is typed back as its token."""
    found: set[str] = set()
    for changes, refused in SurveySave.objects.filter(form=form).values_list("changes", "refused"):
        for one in (*changes, *refused):
            found |= tokens_in({one["name"]: [*one["from"], *one["to"]]})
    return found
