"""Which round the desk is about: rounds of one code together, since communes of a province may have opened one each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from households.access.scope import Scope
from households.surveys.forms.reach import Reach, reach_in, rounds_with_forms
from households.surveys.models import SurveyRound

YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """``code`` "" where there is no form to see in any round. ``codes``: what may be chosen, newest first."""

    code: str
    codes: Sequence[str]
    rounds: Sequence[SurveyRound]
    reach: Reach
    of_code: Mapping[str, SurveyRound]

    @property
    def first(self) -> SurveyRound | None:
        return self.rounds[0] if self.rounds else None

    @property
    def named(self) -> Sequence[tuple[str, SurveyRound]]:
        """A round for each code that may be chosen."""
        return [(code, self.of_code[code]) for code in self.codes]

    @property
    def on(self) -> date | None:
        """Whose map the pages show."""
        return max((one.area_on for one in self.rounds), default=None)

    @property
    def last(self) -> date | None:
        days = [one.days.upper - timedelta(days=1) for one in self.rounds]
        return max(days, default=None)


def words_of(round: SurveyRound) -> str:
    """What a round is called, as templates/desk/round_words.html says it."""
    told = {"month": round.month, "year": round.year}
    if round.month:
        return _("rà soát thường xuyên tháng %(month)s/%(year)s") % told
    return _("rà soát định kỳ năm %(year)s") % told


def chosen(asked: str, scope: Scope, day: date) -> Chosen:
    """The round asked for, of whatever year, else the one that lasts on the day, else the newest; 2 queries. Raises Http404."""
    wanted = Q(year__gte=day.year - YEARS_BACK) | Q(code=asked)
    rows = SurveyRound.objects.filter(wanted, withdrawn_at=None)
    rounds = list(rows.order_by("-days__startswith", "area_code"))
    with_forms = rounds_with_forms(reach_in(rounds, scope))
    seen = [one for one in rounds if one.pk in with_forms]
    codes = list(dict.fromkeys(one.code for one in seen))
    if asked and asked not in codes:
        raise Http404(_("Trong địa bàn của bạn chưa có phiếu nào của đợt “%s”.") % asked[:20])
    lasting = next((one.code for one in seen if day in one.days), None)
    code = asked or lasting or next(iter(codes), "")
    ours = [one for one in seen if one.code == code]
    return Chosen(code, codes, ours, reach_in(ours, scope), {one.code: one for one in seen})
