"""Which numbers and persons a page may name by their keys: those that its form has or had, those of the household, and those
of its form of last year.

Nobody looks at the last digits, or at the names, of others by counting.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from django.utils.translation import gettext as _

from households.registry.models import Membership
from households.surveys.form_models import SurveyForm, SurveySave, SurveySheet
from households.surveys.forms.merging import Change, plain
from households.surveys.forms.numbers import UNKNOWN, is_number_field, key_in, token_of
from households.surveys.forms.opening import content_of, previous_answers
from households.surveys.refusals import refuse_form

Key: TypeAlias = tuple[bool, str]  # whether it is a number's; as it stands in the field
_PERSON = re.compile(r"m\d{1,10}-person")
NOBODY = "0"  # in a page's field of somebody whom its form never had: equal to nothing stored


def names_keys(changes: Iterable[Change]) -> bool:
    return any(_keys(one.name, (*one.before, *one.after)) for one in changes)


def with_known_keys(changes: Sequence[Change], form: SurveyForm) -> list[Change]:
    """What a page only believes to stand there is put aside where the form never had it. Raises SurveyRefusedError where it
    writes one."""
    wanted = {key for one in changes for key in _keys(one.name, (*one.before, *one.after))}
    known = _known(form, wanted)
    for one in changes:
        if _keys(one.name, one.after) - known:
            message = _("Số này không có trên phiếu; hãy gõ lại đủ số.")
            other = _("Người này không có trên phiếu; hãy ghi ở dòng mới.")
            raise refuse_form(one.name, message if is_number_field(one.name) else other)
    return [_believed(one, known) for one in changes]


def _believed(change: Change, known: Collection[Key]) -> Change:
    if not _keys(change.name, change.before) - set(known):
        return change
    return replace(change, before=(UNKNOWN if is_number_field(change.name) else NOBODY,))


def _keys(name: str, values: Iterable[str]) -> set[Key]:
    if is_number_field(name):
        return {(True, text) for text in plain(values) if key_in([text]) is not None}
    return {(False, text) for text in plain(values)} if _PERSON.fullmatch(name) else set()


def _known(form: SurveyForm, wanted: Collection[Key]) -> set[Key]:
    """Asked further only while one of those wanted was not found."""
    found = set[Key]()
    for more in (_standing, _of_saves, _of_household, _of_last_year):
        found |= set(more(form))
        if found.issuperset(wanted):
            break
    return found


def _in_all(answers: Mapping[str, Sequence[str]]) -> Iterator[Key]:
    for name, values in answers.items():
        yield from _keys(name, values)


def _standing(form: SurveyForm) -> Iterator[Key]:
    """In the answers, or waiting in a conflict."""
    sheet = SurveySheet.objects.filter(pk=form.pk).first()
    if sheet is None:
        yield from _in_all(content_of(form).answers)
        return
    yield from _in_all(sheet.answers)
    yield from _in_all(
        {name: [text for one in kept for text in one["value"]] for name, kept in sheet.conflicts.items()}
    )


def _of_saves(form: SurveyForm) -> Iterator[Key]:
    """What was taken away by mistake is typed back as its key. What a refused value believed to stand there proves nothing."""
    for changes, refused in SurveySave.objects.filter(form=form).values_list("changes", "refused"):
        for one in changes:
            yield from _keys(one["name"], (*one["from"], *one["to"]))
        for one in refused:
            yield from _keys(one["name"], one["to"])


def _of_household(form: SurveyForm) -> Iterator[Key]:
    """Whoever belongs to it or once did."""
    rows = Membership.objects.filter(household=form.household_id).values_list("person_id", "person__identity_id")
    for person, number in rows:
        yield False, str(person)
        if number:
            yield True, token_of(number)


def _of_last_year(form: SurveyForm) -> Iterator[Key]:
    yield from _in_all(previous_answers(form))
