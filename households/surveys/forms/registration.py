"""What others have to know of forms: that a round hangs on them, what merging households does, which numbers they hold."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.registry.merging.relations import How, declare_merge
from households.registry.numbers.rotation import register_held
from households.surveys.form_models import State, SurveyForm
from households.surveys.hanging import register_hanging
from households.surveys.models import SurveyRound

# Every number that a form has or had: a save says what it wrote, what stood there before, and what it could not write.
_NUMBERS = r"""
SELECT substr(named.token, 2)::bigint FROM (
    SELECT jsonb_array_elements_text(a.value) AS token
      FROM households_surveysheet s CROSS JOIN LATERAL jsonb_each(s.answers) a WHERE a.key LIKE 'm%%-identity'
    UNION ALL
    SELECT jsonb_array_elements_text((c.value -> 'from') || (c.value -> 'to'))
      FROM households_surveysave s CROSS JOIN LATERAL jsonb_array_elements(s.changes || s.refused) c
     WHERE c.value ->> 'name' LIKE 'm%%-identity'
) named WHERE named.token ~ '^#[0-9]{1,18}$'
"""


def _told_of(round: SurveyRound) -> str:
    count = SurveyForm.objects.filter(round=round).count()
    return ngettext("phiếu của %(count)s hộ", "phiếu của %(count)s hộ", count) % {"count": count} if count else ""


def _two_forms(keep: int, drop: int) -> str:
    """Why two records of a household cannot become one."""
    open_ones = SurveyForm.objects.exclude(state=State.DROPPED)
    rounds = open_ones.filter(household=drop).values("round")
    both = open_ones.filter(household=keep, round__in=rounds).select_related("round")
    codes = sorted({form.round.code for form in both})
    message = _(
        "Chưa gộp được: hộ H%(keep)s và hộ H%(drop)s cùng có phiếu rà soát trong đợt %(rounds)s, mà một hộ chỉ có một phiếu "
        "trong một đợt. Hãy ghi một trong hai phiếu là không rà soát, kèm lý do, rồi gộp."
    )
    return message % {"keep": keep, "drop": drop, "rounds": ", ".join(codes)}


def register() -> None:
    """Called once, when the app is ready."""
    register_hanging("households.SurveyForm.round", _told_of)
    declare_merge("households.SurveyForm.household", How.MOVES, clash=_two_forms)
    register_held(_NUMBERS)
