"""Meetings, votes, postings and complaints of an invented village, as rows that are not stored yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any

from django.utils import timezone

from households.review.demonstration.people import somebody
from households.review.demonstration.timetable import VillageDays
from households.review.listed import Listed
from households.review.models import (
    Complaint,
    ComplaintOutcome,
    Dossier,
    DossierPart,
    Meeting,
    MeetingVote,
    Posting,
    ReviewStep,
)
from households.review.procedures.parts import Holder, Procedure
from povertyportal.core.models import User

EVENING, LATER = time(19, 30), time(21, 15)
OPINIONS = "Các hộ dự họp nhất trí với kết quả chấm điểm; đề nghị công khai đúng thời hạn."
MATTER = "Hộ có thêm thu nhập từ người đi làm xa gửi về, đề nghị xem lại kết quả rà soát."
ANSWER = "Đã phúc tra tại hộ cùng trưởng thôn: khoản tiền gửi về đã được tính khi chấm điểm, giữ nguyên kết quả."
AGAINST = 0.15  # of households somebody votes against
AT_ONCE = 500
TITLES = ("Trưởng thôn", "Thư ký", "Bí thư chi bộ", "Đại diện MTTQ xã", "Công chức xã")
POSTS = {1: "post", 2: "post_again"}
NOT_LISTED = "Một hộ không có trong danh sách niêm yết"
_CALLED: Mapping[type, str] = {Meeting: "meeting", Posting: "posting", Complaint: "complaint"}


@dataclass
class Rows:
    """In the order in which they have to be stored. ``made``: what a step's details name once it is stored."""

    parts: list[DossierPart] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    votes: list[MeetingVote] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    steps: list[ReviewStep] = field(default_factory=list)
    made: list[tuple[ReviewStep, Meeting | Posting | Complaint]] = field(default_factory=list)

    def store(self) -> None:
        DossierPart.objects.bulk_create(self.parts, AT_ONCE)
        Meeting.objects.bulk_create(self.meetings, AT_ONCE)
        MeetingVote.objects.bulk_create(self.votes, AT_ONCE)
        Posting.objects.bulk_create(self.postings, AT_ONCE)
        Complaint.objects.bulk_create(self.complaints, AT_ONCE)
        for step, row in self.made:
            step.details[_CALLED[type(row)]] = row.pk
        self.steps.sort(key=lambda step: (step.on, step.at))
        ReviewStep.objects.bulk_create(self.steps, AT_ONCE)


@dataclass(frozen=True, slots=True)
class Village:
    """``rows``: its households; ``by``: the commune's official; ``now``: nothing is recorded after it."""

    dossier: Dossier
    procedure: Procedure
    code: str
    name: str
    rows: Sequence[Listed]
    by: User
    now: datetime
    seed: int

    def rng(self, *what: object) -> Random:
        return Random(f"{self.seed} {self.dossier.round.code} {self.code} {what}")  # noqa: S311  # nothing secret

    def recorded(self, day: date, hour: int) -> datetime:
        minutes = self.rng(day, hour).randint(0, 50)
        return min(timezone.make_aware(datetime.combine(day, time(hour, minutes))), self.now)


def write_village(village: Village, days: VillageDays, into: Rows) -> DossierPart:
    part = DossierPart(dossier=village.dossier, area_code=village.code, state=days.stage)
    into.parts.append(part)
    write = _Writer(village, part, into)
    write.meeting(days)
    if days.posted and days.posted_until:
        write.posting(days.posted, days.posted_until, 1)
    if days.complained and days.complaint_due:
        write.complaint(days)
    elif days.down:
        write.step("take_down", days.down, to="closed", details={"complaints": []})
    if days.again and days.again_until:
        write.posting(days.again, days.again_until, 2)
    if days.again_down:
        write.step("take_down_again", days.again_down)
    return part


class _Writer:
    def __init__(self, village: Village, part: DossierPart, into: Rows) -> None:
        self.village, self.part, self.into = village, part, into
        self.stage = village.procedure.first_of(Holder.PART).code

    def meeting(self, days: VillageDays) -> None:
        village, rng = self.village, self.village.rng("meeting")
        asked = [one for one in village.rows if one.assessed]
        present = max(12, round(len(village.rows) * rng.uniform(0.8, 1.6)))
        named = [{"name": somebody(rng), "as": title} for title in TITLES]
        made = Meeting(
            part=self.part, number=1, held_on=days.held, starts=EVENING, ends=LATER, place=f"Nhà văn hóa {village.name}",
            chair=named[0]["name"], secretary=named[1]["name"], present_count=present, present=named, opinions=OPINIONS,
            by=village.by, at=village.recorded(days.held, 21),
        )  # fmt: skip
        self.into.meetings.append(made)
        for one in asked:
            against = rng.randint(1, present // 4) if rng.random() < AGAINST else 0
            self.into.votes.append(_vote(made, one, present - against, against))
        step = self.step("meet", days.held, hour=21, details={"voted": len(asked), "refused": []})
        self.into.made.append((step, made))

    def posting(self, starts_on: date, ends_on: date, turn: int) -> None:
        village, shown = self.village, [one.shown() for one in self.village.rows if one.public]
        made = Posting(
            part=self.part, turn=turn, starts_on=starts_on, ends_on=ends_on, shown=shown, by=village.by,
            places=list(village.procedure.posting_places), loudspeaker=village.rng("loud").random() < 0.6,
            at=village.recorded(starts_on, 8),
        )  # fmt: skip
        self.into.postings.append(made)
        step = self.step(POSTS[turn], starts_on, hour=8, details={"households": len(shown)})
        self.into.made.append((step, made))

    def complaint(self, days: VillageDays) -> None:
        """On the last day; where it is answered, the result is kept."""
        village, received = self.village, days.complained or days.held
        public = [one for one in village.rows if one.public]
        about = public[len(public) // 2] if public else None
        made = Complaint(
            part=self.part, form_id=about.form if about else None, about="" if about else NOT_LISTED, matter=MATTER,
            complainant=somebody(village.rng("complaint")), received_on=received, due_on=days.complaint_due or received,
            by=village.by, at=village.recorded(received, 9),
        )  # fmt: skip
        self.into.complaints.append(made)
        told: dict[str, Any] = {"form": about.form if about else None}
        self.into.made.append((self.step("complain", received, hour=9, details=dict(told)), made))
        if days.down:
            self.step("take_down", days.down, to="recheck")
        if days.answered:
            made.outcome, made.answer, made.answered_on = ComplaintOutcome.KEPT, ANSWER, days.answered
            made.answered_by = village.by
            told |= {"outcome": made.outcome, "result": about.voted_on if about else None}
            self.into.made.append((self.step("answer", days.answered, hour=10, details=told), made))

    def step(
        self, move: str, on: date, *, to: str = "", hour: int = 11, details: dict[str, Any] | None = None
    ) -> ReviewStep:
        village, before = self.village, self.stage
        self.stage = to or village.procedure.move(move).to or before
        step = ReviewStep(
            dossier=village.dossier, part=self.part, move=move, from_state=before, to_state=self.stage, on=on,
            details=details or {}, by=village.by, at=village.recorded(on, hour),
        )  # fmt: skip
        self.into.steps.append(step)
        return step


def _vote(meeting: Meeting, one: Listed, agree: int, disagree: int) -> MeetingVote:
    return MeetingVote(
        meeting=meeting, form_id=one.form, result_id=one.voted_on,  # type: ignore[misc]  # who is assessed has a result
        agree=agree, disagree=disagree, passed=True,
    )  # fmt: skip
