"""The village meeting: who was there, and what it said of each household whose result it had not yet agreed on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.actions.villages import check_ready, own_part, seen_in
from households.review.listed import Listed
from households.review.models import Meeting, MeetingVote
from households.review.moving import Moving, moving
from households.review.refusals import ReviewRefusedError
from households.surveys.codes import CLOSING
from households.surveys.form_models import SurveyResult
from households.surveys.forms.steps import LONGEST_REMARK, return_form
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

MEET = "meet"
LONGEST_PLACE, LONGEST_NAME, LONGEST_VOTE_REMARK, LONGEST_OPINIONS = 200, 120, 400, 5_000
MOST_PRESENT = 5_000


@dataclass(frozen=True, slots=True)
class Vote:
    """Persons; who is present and in neither number said nothing."""

    agree: int
    disagree: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """What the minutes say besides the votes. ``present``: [{"name", "as"}] of those who are named in them."""

    held_on: date
    starts: time
    place: str
    chair: str
    secretary: str
    present_count: int
    ends: time | None = None
    present: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    opinions: str = ""


def hold_meeting(
    *,
    dossier: int,
    part: str,
    votes: Mapping[int, Vote],
    told: MeetingTold,
    by: User,
    at: datetime,
    expected: int | None = None,
) -> Meeting:
    """``votes``: by form, of each household that waits for one. Where fewer than half of those present agree, the form goes
    back to whoever filled it and the village stays with the survey.

    Raises ReviewRefusedError, SurveyRefusedError, PermissionDenied.
    """
    with moving(dossier=dossier, move=MEET, part=part, on=told.held_on, by=by, at=at, expected=expected) as work:
        village = seen_in(work)
        check_ready(village, MEET)
        waiting = [one for one in village.rows if one.needs_vote]
        if problems := [*_problems_of(told, work), *_problems_of_votes(waiting, votes, told)]:
            raise ReviewRefusedError(problems)
        made = _write(work, told, waiting, votes)
        refused = [one for one in waiting if not passes(votes[one.form], told.present_count)]
        for one in refused:
            return_form(form=one.form, remark=_remark(votes[one.form], told), by=by, at=at)
        work.to = work.move.or_to if refused else ""
        work.details = {"meeting": made.pk, "voted": len(waiting), "refused": [one.form for one in refused]}
    return made


def passes(vote: Vote, present: int) -> bool:
    """At least half of those present agree (Decision 24/2021/QĐ-TTg)."""
    return vote.agree * 2 >= present


def _write(work: Moving, told: MeetingTold, waiting: Sequence[Listed], votes: Mapping[int, Vote]) -> Meeting:
    last = Meeting.objects.filter(part=work.part).order_by("-number").first()
    made = Meeting.objects.create(
        part=own_part(work), number=last.number + 1 if last else 1, held_on=told.held_on,
        starts=told.starts, ends=told.ends, place=told.place.strip(), chair=told.chair.strip(),
        secretary=told.secretary.strip(), present_count=told.present_count, present=_named(told.present),
        opinions=told.opinions.strip(), by=work.by, at=work.at,
    )  # fmt: skip
    MeetingVote.objects.bulk_create(
        MeetingVote(
            meeting=made, form_id=one.form, result_id=one.voted_on,  # type: ignore[misc]  # who waits for a vote has a result
            agree=votes[one.form].agree,
            disagree=votes[one.form].disagree, passed=passes(votes[one.form], told.present_count),
            remark=votes[one.form].remark.strip(),
        )
        for one in waiting
    )  # fmt: skip
    return made


def _named(present: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    found = [{"name": one.get("name", "").strip(), "as": one.get("as", "").strip()} for one in present]
    return [one for one in found if one["name"]]


def _remark(vote: Vote, told: MeetingTold) -> str:
    words = {"day": format_date(told.held_on), "agree": vote.agree, "present": told.present_count}
    said = _("Họp dân ngày %(day)s không thống nhất: %(agree)s/%(present)s người đồng ý. Hãy rà soát lại.") % words
    return f"{said} {vote.remark.strip()}"[:LONGEST_REMARK].strip()


def _problems_of(told: MeetingTold, work: Moving) -> Iterator[Problem]:
    for name, most in (("place", LONGEST_PLACE), ("chair", LONGEST_NAME), ("secretary", LONGEST_NAME)):
        yield from problems_of_text(name, getattr(told, name), most)
        if not getattr(told, name).strip():
            yield Problem(name, _ASKED[name]())
    yield from problems_of_text("opinions", told.opinions, LONGEST_OPINIONS)
    for one in _named(told.present):
        yield from problems_of_text("present", f"{one['name']}, {one['as']}", 2 * LONGEST_NAME)
    if not 0 < told.present_count <= MOST_PRESENT:
        message = _("Số người dự phải từ 1 đến %s; biên bản ghi đúng số người có mặt.")
        yield Problem("present_count", message % MOST_PRESENT)
    if told.ends and told.ends <= told.starts:
        yield Problem("ends", _("Giờ kết thúc phải sau giờ bắt đầu."))
    first: date = work.dossier.round.days.lower
    if told.held_on < first:
        words = {"day": format_date(told.held_on), "first": format_date(first)}
        yield Problem("held_on", _("Ngày họp %(day)s trước ngày đầu của đợt rà soát, %(first)s.") % words)


_ASKED = {
    "place": lambda: _("Hãy ghi nơi họp, ví dụ “Nhà văn hóa xóm Nà Tềnh”."),
    "chair": lambda: _("Hãy ghi người chủ trì: trưởng thôn, tổ trưởng tổ dân phố."),
    "secretary": lambda: _("Hãy ghi thư ký cuộc họp."),
}


def _problems_of_votes(waiting: Sequence[Listed], votes: Mapping[int, Vote], told: MeetingTold) -> Iterator[Problem]:
    known = {one.form for one in waiting}
    if set(votes) - known:
        message = _("Có hộ trong bảng không chờ biểu quyết nữa: danh sách vừa thay đổi, hãy xem lại trang.")
        yield Problem("votes", message)
    surveyed = _surveyed(known)
    for one in waiting:
        if (vote := votes.get(one.form)) is None:
            yield Problem(f"votes.{one.form}.agree", _("%s: chưa ghi biểu quyết.") % one.name)
            continue
        yield from _problems_of_vote(one, vote, told)
        if (on := surveyed.get(one.form)) and on > told.held_on:
            words = {"name": one.name, "on": format_date(on), "day": format_date(told.held_on)}
            message = _("%(name)s: ngày điều tra %(on)s sau ngày họp %(day)s; cuộc họp đó chưa thể xét kết quả này.")
            yield Problem(f"votes.{one.form}.agree", message % words)


def _problems_of_vote(one: Listed, vote: Vote, told: MeetingTold) -> Iterator[Problem]:
    field = f"votes.{one.form}"
    if vote.agree < 0 or vote.disagree < 0:
        yield Problem(f"{field}.agree", _("%s: số người không thể âm.") % one.name)
    elif vote.agree + vote.disagree > told.present_count:
        words = {"name": one.name, "sum": vote.agree + vote.disagree, "present": told.present_count}
        message = _("%(name)s: %(sum)s người biểu quyết, mà chỉ có %(present)s người dự.")
        yield Problem(f"{field}.agree", message % words)
    yield from problems_of_text(f"{field}.remark", vote.remark, LONGEST_VOTE_REMARK)


def _surveyed(forms: Collection[int]) -> dict[int, date]:
    """The day to which the newest closing result counted; 1 query."""
    rows = SurveyResult.objects.filter(form__in=forms, purpose=CLOSING).order_by("pk")
    return dict(rows.values_list("form_id", "on"))
