"""What the superior should look at before he agrees: each finding in words, with the households it is about.

The bounds are the portal's own and say nothing of the law: a finding asks to look, it refuses nothing. Counts rows to find them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from households.access.scope import Scope
from households.registry.codes import RecognisedClass
from households.review.listed import LISTED_CLASSES, Listed
from households.review.models import Dossier, MeetingVote
from households.review.superior_models import DecisionLine, Opinion
from households.review.within import within

FEW, HALF = 5, 0.5  # households left, and their share of those before, from which a village's escapes are told
ALIKE = 3  # households of a village with the very same answers
CLOSE = 5  # points of B1 around the line of the standard
FAST, IN_A_ROW = timedelta(minutes=2), 5  # between two forms finished by one person
A_DAY = 25  # households one reviewer can hardly visit in a day
UNANIMOUS = 10  # households of a village on which nobody ever disagreed
NOT_COMPARED = r"^(s-|m[0-9]+-(name|birth|person|identity|sex|relation|ethnicity)$)"

_ALIKE = """
SELECT s.form_id, md5(string_agg(e.key || e.value::text, '|' ORDER BY e.key))
  FROM households_surveysheet s CROSS JOIN LATERAL jsonb_each(s.answers) e
 WHERE s.form_id = ANY(%s) AND e.key !~ %s GROUP BY s.form_id HAVING count(*) >= 8
"""
_WORK = """
SELECT f.id, f.done_at, coalesce(nullif(u.full_name, ''), u.username), coalesce(s.answers #>> '{s-reviewer,0}', ''),
       coalesce(s.answers #>> '{s-day,0}', '')
  FROM households_surveyform f JOIN households_surveysheet s ON s.form_id = f.id
  LEFT JOIN core_user u ON u.id = f.done_by_id
 WHERE f.id = ANY(%s) ORDER BY f.done_at, f.id
"""


class Finding(NamedTuple):
    """``forms``: the households it is about."""

    code: str
    sentence: str
    forms: tuple[int, ...]

    @property
    def singles_out(self) -> bool:
        """It is about these households, not about a whole village."""
        return self.code != "unanimous"


class _Work(NamedTuple):
    form: int
    at: datetime
    by: str
    reviewer: str
    day: str


def findings_of(dossier: Dossier, rows: Sequence[Listed]) -> list[Finding]:
    """3 queries."""
    assessed = [one for one in rows if one.assessed]
    work = _work(assessed)
    found = [*_without_scores(assessed), *_other_class(assessed), *_close(assessed), *_sudden(assessed)]
    for own in _by_village(assessed).values():
        found += _village_left(own)
    return [*found, *_alike(assessed), *_too_fast(work), *_too_many(work), *_unanimous(dossier, assessed)]


def _by_village(rows: Iterable[Listed]) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = defaultdict(list)
    for one in rows:
        found[one.area_code].append(one)
    return found


def _keys(rows: Iterable[Listed]) -> tuple[int, ...]:
    return tuple(one.form for one in rows)


def _without_scores(rows: Iterable[Listed]) -> Iterator[Finding]:
    some = [one for one in rows if not one.about and one.klass and one.scores.get("b1") is None]
    if some:
        yield Finding("no_scores", _("%s hộ có phân loại mà không có điểm B1.") % len(some), _keys(some))


def _other_class(rows: Iterable[Listed]) -> Iterator[Finding]:
    some = [one for one in rows if one.differs]
    if some:
        message = _("%s hộ được đề nghị phân loại khác kết quả tính từ phiếu; lý do ghi ở từng hộ.")
        yield Finding("other_class", message % len(some), _keys(some))


def _close(rows: Sequence[Listed]) -> Iterator[Finding]:
    """Just above the highest score that was still poor or near-poor, or just below it: read from the results themselves."""
    scored = [(one, one.scores["b1"]) for one in rows if one.scores.get("b1") is not None]
    low = [points for one, points in scored if one.computed in LISTED_CLASSES]
    high = [points for one, points in scored if one.computed and one.computed not in LISTED_CLASSES]
    if not low or not high or max(low) >= min(high):
        return
    line = max(low)
    some = [one for one, points in scored if line - CLOSE <= points <= line + CLOSE]
    message = _("%(count)s hộ có điểm B1 sát mức chuẩn (từ %(from)s đến %(to)s điểm): một dấu tích cũng đổi phân loại.")
    yield Finding("close", message % {"count": len(some), "from": line - CLOSE, "to": line + CLOSE}, _keys(some))


def _sudden(rows: Iterable[Listed]) -> Iterator[Finding]:
    """Past near-poor in one step."""
    some = [one for one in rows if one.before == RecognisedClass.POOR and one.left]
    if some:
        message = _("%s hộ từ nghèo thành không nghèo ngay trong một lần rà soát, không qua cận nghèo.")
        yield Finding("sudden", message % len(some), _keys(some))


def _village_left(rows: Sequence[Listed]) -> Iterator[Finding]:
    before = [one for one in rows if one.before in LISTED_CLASSES]
    left = [one for one in before if one.left]
    if len(left) >= FEW and len(left) >= HALF * len(before):
        told = {"village": rows[0].village, "left": len(left), "before": len(before)}
        message = _("%(village)s: %(left)s trong %(before)s hộ nghèo, cận nghèo cũ được đưa ra khỏi danh sách.")
        yield Finding("village_left", message % told, _keys(left))


def _alike(rows: Sequence[Listed]) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [[one.form for one in rows], NOT_COMPARED])
        said = dict(cursor.fetchall())
    for own in _by_village(rows).values():
        groups: dict[str, list[Listed]] = defaultdict(list)
        for one in own:
            if one.form in said:
                groups[said[one.form]].append(one)
        for some in groups.values():
            if len(some) >= ALIKE:
                message = _(
                    "%(village)s: %(count)s hộ có câu trả lời giống hệt nhau (nhà ở, tài sản, việc làm, học hành)."
                )
                yield Finding("alike", message % {"village": own[0].village, "count": len(some)}, _keys(some))


def _work(rows: Sequence[Listed]) -> list[_Work]:
    with connection.cursor() as cursor:
        cursor.execute(_WORK, [[one.form for one in rows]])
        return [_Work(*row) for row in cursor.fetchall()]


def _too_fast(work: Sequence[_Work]) -> Iterator[Finding]:
    """Forms finished one right after the other, so many in a row."""
    for who, own in _grouped(work, lambda one: one.by).items():
        run: list[_Work] = []
        for one in [*own, None]:
            if one and run and one.at - run[-1].at <= FAST:
                run.append(one)
                continue
            if len(run) > IN_A_ROW:
                told = {
                    "who": who,
                    "count": len(run),
                    "minutes": max(1, round((run[-1].at - run[0].at).total_seconds() / 60)),
                }
                message = _("%(who)s hoàn thành %(count)s phiếu liên tiếp trong %(minutes)s phút.")
                yield Finding("too_fast", message % told, tuple(x.form for x in run))
            run = [one] if one else []


def _too_many(work: Iterable[_Work]) -> Iterator[Finding]:
    """More households visited in a day than can be."""
    visits = _grouped((one for one in work if one.reviewer and one.day), lambda one: f"{one.reviewer}|{one.day}")
    for own in visits.values():
        if len(own) > A_DAY:
            told = {"who": own[0].reviewer, "count": len(own), "day": own[0].day}
            message = _("Rà soát viên %(who)s ghi điều tra %(count)s hộ trong một ngày (%(day)s).")
            yield Finding("too_many", message % told, tuple(one.form for one in own))


def _grouped(work: Iterable[_Work], key: Callable[[_Work], str]) -> Mapping[str, list[_Work]]:
    found: dict[str, list[_Work]] = defaultdict(list)
    for one in work:
        found[key(one)].append(one)
    return found


def _unanimous(dossier: Dossier, rows: Sequence[Listed]) -> Iterator[Finding]:
    votes = MeetingVote.objects.filter(meeting__part__dossier=dossier).values_list(
        "form", "agree", "disagree", "meeting__present_count"
    )
    said = {form: (agree, disagree) if agree == present else None for form, agree, disagree, present in votes}
    for own in _by_village(rows).values():
        voted = [one for one in own if one.form in said]
        alike = Counter(said[one.form] for one in voted)
        if len(voted) >= UNANIMOUS and len(alike) == 1 and None not in alike:
            told = {"village": own[0].village, "count": len(voted)}
            message = _("%(village)s: cả %(count)s hộ đều được mọi người dự họp đồng ý, không một phiếu chống.")
            yield Finding("unanimous", message % told, _keys(voted))


class Sent(NamedTuple):
    """What was sent up, in numbers: ``left``, poor or near-poor before and no longer."""

    total: int = 0
    poor: int = 0
    near_poor: int = 0
    left: int = 0


_SENT = """
SELECT o.id, count(x.*), count(*) FILTER (WHERE x.class = 'poor'), count(*) FILTER (WHERE x.class = 'near_poor'),
       count(*) FILTER (WHERE x.before IN ('poor', 'near_poor') AND x.class NOT IN ('poor', 'near_poor'))
  FROM households_opinion o
  LEFT JOIN LATERAL jsonb_to_recordset(o.shown) x (class text, before text) ON true
 WHERE o.id = ANY(%s) GROUP BY o.id
"""


def sent_up(opinions: Sequence[int]) -> dict[int, Sent]:
    """1 query."""
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [list(opinions)])
        return {key: Sent(*counts) for key, *counts in cursor.fetchall()}


def lines_in(decisions: Sequence[int]) -> dict[int, int]:
    """How many households each decision names; 1 query."""
    rows = DecisionLine.objects.filter(decision__in=decisions).values_list("decision").annotate(found=Count("pk"))
    return dict(rows)


def waiting(scope: Scope, today: date) -> tuple[int, int]:
    """Opinions that are asked for in the scope, and how many of them are late; 1 query."""
    rows = Opinion.objects.filter(within(scope, "dossier__area_code", "dossier__round__area_on"), answer="")
    days = list(rows.filter(dossier__round__withdrawn_at=None).values_list("due_on", flat=True))
    return len(days), len([day for day in days if day < today])
