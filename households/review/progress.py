"""How far a dossier has come: its households counted by what still is to be done. Counts work only: what the results amount to
is counted in ``reports.statistics``."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce

from households.access.scope import Scope
from households.registry.codes import RecognisedClass
from households.review.door import late_papers
from households.review.listed import Listed
from households.review.models import Complaint, ComplaintOutcome, DossierPart, Intake, IntakeState
from households.review.superior_models import SubjectRequest
from households.review.within import within
from households.surveys.form_models import OPEN_STATES, State
from households.surveys.models import SurveyRound

_LISTED_IN = """
SELECT u.commune, f.why, count(*), count(*) FILTER (WHERE f.state = 'done')
  FROM (
    SELECT c.code, c.code AS commune FROM unnest(%(communes)s::varchar[]) c (code)
    UNION ALL
    SELECT a.code, a.parent_code FROM areas_area a WHERE a.parent_code = ANY(%(communes)s) AND a.validity @> %(on)s
  ) u
  JOIN households_surveyform f ON f.round_id = %(round)s AND f.area_code = u.code AND f.state <> 'dropped'
 GROUP BY u.commune, f.why
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Households of a village, or of a dossier. ``open``: forms that are not done; ``stopped``: at Phiếu A; ``unvoted``: whose
    newest result no meeting agreed on, ``down`` those of them that a meeting did not agree on; ``unposted``: which belong on
    the posted list and do not stand there as they are now."""

    total: int = 0
    open: int = 0
    returned: int = 0
    done: int = 0
    stopped: int = 0
    valid: int = 0
    unvoted: int = 0
    down: int = 0
    public: int = 0
    unposted: int = 0
    poor: int = 0
    near_poor: int = 0
    escaped: int = 0
    proposed: int = 0
    states: Mapping[str, int] = field(default_factory=dict)

    @property
    def assessed(self) -> int:
        return self.valid + self.unvoted


def counted(rows: Iterable[Listed]) -> Counted:
    ours = list(rows)
    states = Counter(one.state for one in ours)
    assessed = [one for one in ours if one.assessed]
    classes = Counter(one.klass for one in assessed)
    return Counted(
        total=len(ours),
        open=sum(states[one] for one in OPEN_STATES),
        returned=states[State.RETURNED],
        done=states[State.DONE],
        stopped=sum(one.stopped for one in ours),
        valid=sum(one.valid for one in assessed),
        unvoted=sum(one.needs_vote for one in assessed),
        down=sum(one.needs_vote and one.agreed is False for one in assessed),
        public=sum(one.public for one in assessed),
        unposted=sum(one.unposted for one in assessed),
        poor=classes[RecognisedClass.POOR],
        near_poor=classes[RecognisedClass.NEAR_POOR],
        escaped=sum(one.left for one in assessed),
        proposed=sum(one.differs for one in assessed),
        states=dict(states),
    )


def by_place(rows: Iterable[Listed]) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = defaultdict(list)
    for one in rows:
        found[one.area_code].append(one)
    return dict(found)


def together(parts: Sequence[Counted]) -> Counted:
    """Of several villages."""
    names = [name for name in Counted.__slots__ if name != "states"]
    states = sum((Counter(one.states) for one in parts), Counter[str]())
    return Counted(**{name: sum(getattr(one, name) for one in parts) for name in names}, states=dict(states))


@dataclass(frozen=True, slots=True)
class ListedIn:
    """Of a commune, those that stand on the list for a reason."""

    commune: str
    why: str
    total: int
    done: int


def listed_in(round: SurveyRound, communes: Sequence[str]) -> list[ListedIn]:
    """1 query."""
    asked: dict[str, Any] = {"communes": list(communes), "on": round.area_on, "round": round.pk}
    with connection.cursor() as cursor:
        cursor.execute(_LISTED_IN, asked)
        return [ListedIn(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Door:
    """What waits at the commune's door: papers on no list yet, those not answered by the day that was promised; requests of data
    subjects, those of them to be answered today, and the overdue ones."""

    papers: int
    papers_late: int
    requests: int
    today: int
    late: int


def at_the_door(scope: Scope, day: date) -> Door:
    """3 queries."""
    papers = within(scope, "commune_code", "received_on")
    waiting = Intake.objects.filter(papers, state=IntakeState.RECEIVED).count()
    overdue = late_papers(day).filter(papers).count()
    asked = SubjectRequest.objects.annotate(next_on=Coalesce(F("promised_on"), F("due_on")))
    told = asked.filter(within(scope, "commune_code", "received_on"), outcome="").aggregate(
        requests=Count("pk"),
        today=Count("pk", filter=Q(next_on=day)),
        late=Count("pk", filter=Q(next_on__lt=day)),
    )
    return Door(waiting, overdue, **told)


@dataclass(frozen=True, slots=True)
class DueNow:
    """Of a dossier: villages whose posting is over and still hangs, complaints to be answered by today or overdue."""

    postings: int = 0
    complaints: int = 0


def due_now(dossiers: Collection[int], day: date) -> dict[int, DueNow]:
    """By dossier; 2 queries."""
    parts = DossierPart.objects.filter(dossier__in=dossiers, state__startswith="posted")
    over = parts.annotate(last=Max("postings__ends_on")).filter(last__lt=day)
    postings = Counter(over.values_list("dossier", flat=True))
    open_ones = Complaint.objects.filter(part__dossier__in=dossiers, outcome=ComplaintOutcome.OPEN, due_on__lte=day)
    complaints = Counter(open_ones.values_list("part__dossier", flat=True))
    return {one: DueNow(postings[one], complaints[one]) for one in dossiers}
