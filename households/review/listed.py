"""The households of a dossier as they stand: what the form came to, what the meeting said, what is proposed, what they were
before. Read anew each time, nothing is copied: a form listed late is simply there, without a vote."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from households.registry.codes import RecognisedClass, Relation
from households.review.belonging import Prospect
from households.review.models import Dossier
from households.review.procedures.parts import Procedure
from households.review.procedures.shelf import procedure
from households.surveys.codes import CLOSING
from households.surveys.form_models import State
from povertyportal.vietnamese import sort_key

LISTED_CLASSES = (RecognisedClass.POOR, RecognisedClass.NEAR_POOR)
STOPPED = "stop"  # the gate of Phiếu A
ABOUT = ("average", "worker")  # decisions that are not about poor and near-poor households

# ``g``: without recognitions of the dossier itself, which are not what the household was before it. ``shown``: the newest
# postings of its villages; ``settled``: results that the answer to a complaint stands by. Neither a vote nor an answer is about
# a class that was proposed after it.
_LISTED = """
WITH RECURSIVE shown AS MATERIALIZED (
    SELECT x.form, x.result, x.class FROM (
        SELECT DISTINCT ON (o.part_id) o.shown FROM households_posting o JOIN households_dossierpart d ON d.id = o.part_id
         WHERE d.dossier_id = %(dossier)s ORDER BY o.part_id, o.id DESC
    ) newest CROSS JOIN LATERAL jsonb_to_recordset(newest.shown) x (form bigint, result bigint, class text)
),
settled AS MATERIALIZED (
    SELECT (s.details ->> 'result')::bigint AS result, max(s.at) AS at FROM households_reviewstep s
     WHERE s.dossier_id = %(dossier)s AND s.move = 'answer' GROUP BY 1
),
units (code, name, place) AS (
    SELECT code, type || ' ' || name, sort_key FROM areas_area WHERE code = %(area)s AND validity @> %(map)s
    UNION ALL
    SELECT a.code, a.type || ' ' || a.name, a.sort_key
      FROM units u JOIN areas_area a ON a.parent_code = u.code AND a.validity @> %(map)s
)
SELECT f.id, f.household_id, f.why, f.state, f.done_by_id, f.area_code, u.name, u.place, f.listed_at,
       coalesce(head.full_name, ''), coalesce(head.ethnicity, ''), coalesce(home.address, ''),
       r.id, coalesce(r.class, ''), coalesce(r.result ->> 'gate', ''), coalesce(r.result ->> 'kind', ''),
       coalesce((r.result ->> 'low_income_worker')::bool, false), coalesce(r.standard, ''), r.result -> 'scores',
       coalesce(p.class, ''), coalesce(p.reason, ''), v.passed, v.agree, v.disagree, coalesce(g.class, ''),
       f.remark, coalesce(home.local_code, ''), c.id, s.result IS NOT NULL, coalesce(x.class, ''),
       i.received_on
  FROM units u
  JOIN households_surveyform f ON f.round_id = %(round)s AND f.area_code = u.code
   AND f.state <> 'dropped' AND f.why = ANY(%(whys)s)
  LEFT JOIN LATERAL (
    SELECT one.id FROM households_surveyresult one
     WHERE one.form_id = f.id AND one.purpose = 'closing' ORDER BY one.id DESC LIMIT 1
  ) c ON true
  LEFT JOIN LATERAL (
    SELECT one.id, one.class, one.result, one.standard FROM households_surveyresult one
     WHERE one.form_id = f.id AND one.purpose = %(purpose)s ORDER BY one.id DESC LIMIT 1
  ) r ON true
  LEFT JOIN LATERAL (
    SELECT one.class, one.reason, one.result_id, one.at FROM households_proposedclass one
     WHERE one.form_id = f.id AND one.purpose = %(purpose)s ORDER BY one.id DESC LIMIT 1
  ) p ON p.result_id = r.id
  LEFT JOIN LATERAL (
    SELECT one.passed, one.agree, one.disagree FROM households_meetingvote one
      JOIN households_meeting m ON m.id = one.meeting_id AND (p.at IS NULL OR p.at <= m.at)
     WHERE one.form_id = f.id AND one.result_id = c.id ORDER BY one.id DESC LIMIT 1
  ) v ON true
  LEFT JOIN LATERAL (SELECT min(one.received_on) AS received_on FROM households_intake one WHERE one.form_id = f.id) i ON true
  LEFT JOIN settled s ON s.result = c.id AND (p.at IS NULL OR p.at <= s.at)
  LEFT JOIN shown x ON x.form = f.id AND x.result = c.id
  LEFT JOIN LATERAL (
    SELECT one.class FROM households_recognition one
     WHERE one.household_id = f.household_id AND one.validity @> %(day)s
       AND NOT EXISTS (SELECT FROM households_recognition x WHERE x.corrects_id = one.id OFFSET 0)
       AND NOT EXISTS (
        SELECT FROM households_decisionline l JOIN households_decision d ON d.id = l.decision_id
         WHERE l.recognition_id = one.id AND d.dossier_id = %(dossier)s OFFSET 0
       )
     ORDER BY lower(one.validity) DESC, one.at DESC, one.id DESC LIMIT 1
  ) g ON true
  LEFT JOIN LATERAL (
    SELECT who.full_name, who.ethnicity FROM households_membership m JOIN households_person who ON who.id = m.person_id
     WHERE m.household_id = f.household_id AND m.relation = %(head)s AND lower(m.validity) <= %(day)s
     ORDER BY lower(m.validity) DESC LIMIT 1
  ) head ON true
  LEFT JOIN LATERAL (
    SELECT one.address, one.local_code FROM households_residence one
     WHERE one.household_id = f.household_id AND lower(one.validity) <= %(day)s
     ORDER BY lower(one.validity) DESC LIMIT 1
  ) home ON true
 WHERE (%(village)s = '' OR f.area_code = %(village)s)
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """``computed``: the class the newest result came to, "" without one; ``proposed``: another that counts; ``agreed``: whether
    the meeting agreed on that result, None where it has not said; ``before``: the class in force, by an earlier decision.
    ``voted_on``: the newest closing result; ``settled``: the answer to a complaint stands by it, so that no vote is wanting;
    ``posted``: the class that the newest posting shows of it, "" where it is not shown; ``received_on``: the day its paper came,
    None of one that handed in none."""

    form: int
    household: int
    why: str
    state: str
    done_by: int | None
    area_code: str
    village: str
    listed_at: Any
    head: str
    ethnicity: str
    address: str
    result: int | None
    computed: str
    gate: str
    kind: str
    worker: bool
    standard: str
    scores: dict[str, Any]
    proposed: str
    reason: str
    agreed: bool | None
    votes: tuple[int, int] | None
    before: str
    remark: str
    local_code: str
    voted_on: int | None
    settled: bool
    posted: str
    received_on: date | None
    procedure: Procedure

    @property
    def klass(self) -> str:
        """What is voted on, posted and decided: "" where nothing is known yet."""
        return self.proposed or self.computed

    @property
    def done(self) -> bool:
        return self.state == State.DONE

    @property
    def stopped(self) -> bool:
        """At Phiếu A: neither voted on nor posted, the household gets a refusal in writing."""
        return self.done and self.gate == STOPPED

    @property
    def about(self) -> str:
        """ "average" or "worker" where its procedure is about these, else "": about poor and near-poor households."""
        return next((one for one in ABOUT if one in self.procedure.decision_kinds), "")

    @property
    def assessed(self) -> bool:
        return self.done and self.voted_on is not None and not self.stopped

    @property
    def valid(self) -> bool:
        """Nothing more is to be said of the result by a meeting."""
        return self.assessed and (not self.procedure.meeting or bool(self.agreed) or self.settled)

    @property
    def needs_vote(self) -> bool:
        return self.assessed and not self.valid

    @property
    def left(self) -> bool:
        """Poor or near-poor before, and no longer."""
        return self.before in LISTED_CLASSES and bool(self.klass) and self.klass not in LISTED_CLASSES

    @property
    def public(self) -> bool:
        """On the posted list stand those to be recognised, and those who no longer are."""
        if self.about == "worker":
            return self.assessed and self.worker
        wanted = (RecognisedClass.AVERAGE,) if self.about else LISTED_CLASSES
        return self.assessed and (self.klass in wanted or (not self.about and self.before in LISTED_CLASSES))

    @property
    def unposted(self) -> bool:
        """Where a procedure knows no second posting, the answer to a complaint is the last word."""
        known = {one.code for one in self.procedure.moves}
        last_word = self.settled and "post_again" not in known
        told = self.posted == (self.klass or self.about) or last_word or "post" not in known
        return self.valid and self.public and not told

    @property
    def differs(self) -> bool:
        return bool(self.proposed) and self.proposed != self.computed

    @property
    def name(self) -> str:
        return self.head or self.number

    @property
    def number(self) -> str:
        return f"H{self.household}"

    def shown(self) -> dict[str, Any]:
        """What may be posted and sent: nothing but name, village and class. ``result``: by which it is known whether it still
        is so."""
        return {
            "form": self.form,
            "result": self.voted_on,
            "name": self.name,
            "village": self.village,
            "class": self.klass or self.about,
            "before": self.before,
        }


def listed(dossier: Dossier | Prospect, *, day: date, purpose: str = CLOSING, village: str = "") -> list[Listed]:
    """In the order of villages and names; 1 query. ``day``: of the names, and of the class before; ``village``: only of this
    one."""
    known = procedure(dossier.procedure)
    asked: dict[str, Any] = {
        "dossier": dossier.pk or 0, "round": dossier.round.pk, "area": dossier.area_code, "map": dossier.round.area_on,
        "whys": list(known.whys), "purpose": purpose, "day": day, "village": village,
        "head": Relation.HEAD,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, asked)
        rows = cursor.fetchall()
    found = [(row[7], _listed(row, known)) for row in rows]
    found.sort(key=lambda pair: (pair[0], pair[1].area_code, sort_key(pair[1].head), pair[1].form))
    return [one for _place, one in found]


def _listed(row: tuple[Any, ...], known: Procedure) -> Listed:
    form, household, why, state, done_by, area_code, village, _place, listed_at, head, ethnicity, address = row[:12]
    result, computed, gate, kind, worker, standard, scores, proposed, reason, agreed, yes, no, before = row[12:25]
    remark, local_code, voted_on, settled, posted, received_on = row[25:]
    votes = None if agreed is None else (yes, no)
    return Listed(
        form, household, why, state, done_by, area_code, village, listed_at, head, ethnicity, address, result, computed,
        gate, kind, worker, standard, _read(scores), proposed, reason, agreed, votes, before,
        remark, local_code, voted_on, settled, posted, received_on, known,
    )  # fmt: skip


def _read(scores: Any) -> dict[str, Any]:
    """A plain cursor gives a part of a JSON column as text."""
    return json.loads(scores) if isinstance(scores, str) else scores or {}


def recognised(rows: Iterable[Listed]) -> list[Listed]:
    return [one for one in rows if one.klass in LISTED_CLASSES]


def escaped(rows: Iterable[Listed]) -> list[Listed]:
    return [one for one in rows if one.left]
