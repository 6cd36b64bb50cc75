"""What cannot be stored on a form: said at once, and nothing of that save is written; the page keeps what it has."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from households.criteria.questionnaire.sheet import MOST_ROWS
from households.criteria.questionnaire.typed import LONGEST
from households.criteria.vocabulary import vocabulary
from households.registry.models import Person
from households.registry.numbers.sealed import LONGEST as LONGEST_NUMBER
from households.registry.problems import Problem
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.merging import Change, plain
from households.surveys.forms.numbers import is_number_field
from households.surveys.refusals import SurveyRefusedError, refuse_form
from povertyportal.core.discreet import hide_numbers, holds_number

REGISTRY_COLUMNS = frozenset({"person", "name", "birth", "relation", "sex", "ethnicity", "identity"})
OF_SURVEY = frozenset({"day", "reviewer", "respondent", "causes", "target_groups", "supports", "note"})
MOST_CHANGES, MOST_VALUES, LONGEST_NAME = 2_000, 100, 80
MOST_FIELDS = 4_000  # answered ones of a form; the largest household has some 1,700
_NAME = re.compile(
    r"""
    m(?P<row>\d{1,10})-(?P<column>\w+)
    | h-(?P<household>\w+)
    | s-(?P<survey>\w+)
    | (?P<year>y-[\w-]+)
    | (?P<income>income_month)
    | (?P<standard>[\w-]+):(?:(?P<count>a|b1|b2|deprivations)|a-[\w.-]+|t-[\w.-]+)
    """,
    re.VERBOSE | re.ASCII,
)
_LIKE_NUMBER = re.compile(r"0\d{8}|\d{12}")


def check_open(form: SurveyForm) -> None:
    """Raises SurveyRefusedError for a form that nobody may write on any more."""
    if form.round.withdrawn_at:
        raise refuse_form("", _("Đợt rà soát này đã được rút; chưa lưu gì của lần gõ này."))
    if form.state == State.DONE and form.done_at:
        message = _(
            "%(who)s đã hoàn thành phiếu này lúc %(at)s; chưa lưu gì của lần gõ này. Muốn sửa, hãy đề nghị công chức xã trả lại "
            "phiếu."
        )
        told = {"who": form.done_by, "at": localtime(form.done_at).strftime("%H:%M %d/%m/%Y")}
        raise refuse_form("", message % told)
    if form.state == State.DROPPED:
        message = _("Hộ này đã được ghi là không rà soát (%(why)s); chưa lưu gì của lần gõ này.")
        raise refuse_form("", message % {"why": form.remark})


def check_changes(changes: Sequence[Change], standards: Iterable[str]) -> None:
    """``standards``: codes of those bound to the round. Raises SurveyRefusedError with a sentence for each field."""
    if len(changes) > MOST_CHANGES:
        raise refuse_form("", _("Một lần lưu có quá %s ô; hãy dán ít hơn mỗi lần.") % MOST_CHANGES)
    if problems := list(_problems(changes, frozenset(standards))):
        raise SurveyRefusedError(problems)


def _problems(changes: Sequence[Change], standards: frozenset[str]) -> Iterator[Problem]:
    for change in changes:
        if not is_known(change.name, standards):
            name = hide_numbers(change.name[:LONGEST_NAME])
            yield Problem(name, _("Phiếu này không có ô “%s”.") % name)
        else:
            yield from _of_values(change.name, plain(change.after))
    yield from _of_persons(changes)


def is_known(name: str, standards: frozenset[str]) -> bool:
    """Also what this form does not ask today: a table of points may come into force while somebody is out in the field."""
    found = _NAME.fullmatch(name)
    if found is None or len(name) > LONGEST_NAME or holds_number(name):
        return False
    if column := found["column"]:
        return column in REGISTRY_COLUMNS or column in vocabulary().member
    if question := found["household"]:
        return question in vocabulary().household
    if found["survey"]:
        return found["survey"] in OF_SURVEY
    return found["standard"] in standards if found["standard"] else True


def _of_values(name: str, values: Sequence[str]) -> Iterator[Problem]:
    if len(values) > MOST_VALUES:
        yield Problem(name, _("Ô này có quá nhiều giá trị."))
    longest = LONGEST_NUMBER * 2 if is_number_field(name) else LONGEST
    if any(len(text) > longest for text in values):
        yield Problem(name, _("Dài quá %(most)s ký tự; hãy ghi ngắn hơn.") % {"most": longest})
    elif is_number_field(name):
        if len(values) > 1:
            yield Problem(name, _("Chỉ ghi một số định danh."))
    elif any(_holds_number(name, text) for text in values):
        message = _("Ở đây có số giống số định danh cá nhân; số đó chỉ ghi ở ô Số định danh, nơi số được mã hóa.")
        yield Problem(name, message)


def _holds_number(name: str, text: str) -> bool:
    """An amount of money of nine digits is no number of an old card."""
    found = _NAME.fullmatch(name)
    if found and (found["year"] or found["income"] or found["count"]):
        return bool(_LIKE_NUMBER.search("".join(ch for ch in text if ch.isalnum())))
    return holds_number(text)


def _of_persons(changes: Sequence[Change]) -> Iterator[Problem]:
    """Who is named by key is known to the portal; 1 query where somebody is."""
    named = {
        change.name: text
        for change in changes
        if (found := _NAME.fullmatch(change.name)) and found["column"] == "person"
        for text in plain(change.after)
    }
    if not named:
        return
    keys = {int(text) for text in named.values() if text.isascii() and text.isdigit() and len(text) <= 18}
    known = {str(key) for key in Person.objects.filter(pk__in=keys).values_list("pk", flat=True)}
    for name, text in named.items():
        if text not in known:
            yield Problem(name, _("Không có người này trong cổng."))


def rows_in(answers: Mapping[str, Sequence[str]]) -> set[str]:
    """Rows of the roster in which anything stands."""
    found = (_NAME.fullmatch(name) for name, values in answers.items() if values)
    return {match["row"] for match in found if match and match["row"]}


def check_rows(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> None:
    """Raises SurveyRefusedError."""
    rows = rows_in(after)
    if len(rows) > MOST_ROWS and len(rows) > len(rows_in(before)):
        raise refuse_form("", _("Một hộ có nhiều nhất %s thành viên trên phiếu.") % MOST_ROWS)
    if len(after) > MOST_FIELDS and len(after) > len(before):
        raise refuse_form("", _("Phiếu có quá %s ô đã ghi.") % MOST_FIELDS)
