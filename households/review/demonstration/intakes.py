"""Papers of invented households: one for each that asked to be on the list, and a few that nothing came of yet; and what people
asked about the data kept on them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from households.review.actions.subjects import DAYS as WISH_DAYS
from households.review.calendar.working_days import Calendar
from households.review.demonstration.people import somebody
from households.review.door import promised
from households.review.models import Intake, IntakeKind, IntakeState
from households.review.superior_models import SubjectRequest, Wish, WishOutcome
from households.surveys.form_models import SurveyForm, Why
from households.surveys.models import SurveyRound
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

KINDS = {Why.REQUEST: IntakeKind.REVIEW, Why.AVERAGE: IntakeKind.AVERAGE, Why.WORKER: IntakeKind.WORKER}
CONTENTS = (
    "Nhà bị sạt lở sau mưa lũ, mất ruộng.",
    "Lao động chính ốm nặng, phải điều trị dài ngày.",
    "Gia đình mới tách hộ, chưa có việc làm ổn định.",
    "Chồng mất, còn hai con nhỏ đang đi học.",
    "Đàn gia súc bị dịch, không còn nguồn thu.",
)
WAITING, TAKEN_BACK = 2, 1  # of each commune
EARLIER = 16  # days before the round from which papers wait for it: those before went into the round of August
WISHES = (
    (Wish.SEE, "Xin xem dữ liệu cổng đang lưu về hộ của tôi.", 8),
    (Wish.CORRECT, "Năm sinh của con trai tôi ghi sai, đề nghị sửa theo giấy khai sinh.", 1),
)
ANSWERED = "Đã in và trao bản dữ liệu về hộ cho người yêu cầu tại bộ phận một cửa."
TOOK_BACK = "Người nộp đến rút đơn ngày %s vì đã có việc làm."


def papers(
    round: SurveyRound,
    commune: str,
    forms: Sequence[SurveyForm],
    heads: Mapping[int, str],
    calendar: Calendar,
    *,
    by: User,
    seed: int,
    now: datetime,
) -> list[Intake]:
    """``forms``: those of the commune; ``heads``: names by household. Unsaved, numbered from 1."""
    asked = [one for one in forms if one.why in KINDS]
    made = []
    days = _days(round, commune, asked, seed, timezone.localdate(now))
    for number, (form, day, rng) in enumerate(days, start=1):
        row = Intake(
            kind=IntakeKind.REVIEW, commune_code=commune, year=day.year, number=number, received_on=day,
            by_post=rng.random() < 0.1, content=rng.choice(CONTENTS), applicant=somebody(rng), by=by, invented=True,
            at=min(timezone.make_aware(datetime.combine(day, time(9, rng.randint(0, 59)))), now),
        )  # fmt: skip
        if form is not None:
            row.kind, row.state, row.form = KINDS[Why(form.why)], IntakeState.LISTED, form
            row.household_id, row.applicant = form.household_id, heads.get(form.household_id) or row.applicant
        row.due_on = promised(row.kind, day, [round], calendar)
        made.append(row)
    for row in made[len(asked) : len(asked) + TAKEN_BACK]:
        row.state, row.remark = IntakeState.WITHDRAWN, TOOK_BACK % format_date(row.received_on)
    return made


def _days(
    round: SurveyRound, commune: str, asked: Sequence[SurveyForm], seed: int, today: date
) -> Iterator[tuple[SurveyForm | None, date, Random]]:
    """In the order of days; those that nothing came of yet at the end, in a running round."""
    first: date = round.days.lower
    rng = Random(f"{seed} {round.code} {commune} papers")  # noqa: S311  # nothing secret
    for turn, form in enumerate(asked):
        yield form, first - timedelta(days=EARLIER - EARLIER * turn // len(asked)), rng
    for turn in range(WAITING + TAKEN_BACK if round.days.upper > today else 0):
        yield None, max(first, today - timedelta(days=9 - 3 * turn)), rng


def wishes(
    commune: str, heads: Mapping[int, str], calendar: Calendar, *, by: User, seed: int, now: datetime
) -> list[SubjectRequest]:
    """Unsaved: one that was answered in time, one that is open. ``heads``: names by household."""
    rng, today = Random(f"{seed} {commune} wishes"), timezone.localdate(now)  # noqa: S311  # nothing secret
    made = []
    asking = [one for one in sorted(heads) if heads[one]]
    for household, (wish, content, before) in zip(rng.sample(asking, min(2, len(asking))), WISHES, strict=False):
        received = calendar.before(today, before)
        row = SubjectRequest(
            wish=wish, commune_code=commune, household_id=household, applicant=heads[household], received_on=received,
            content=content, due_on=calendar.after(received, WISH_DAYS), by=by,
            at=min(timezone.make_aware(datetime.combine(received, time(14, 30))), now),
        )  # fmt: skip
        if row.due_on < today:
            row.outcome, row.answer, row.answered_on, row.answered_by = WishOutcome.DONE, ANSWERED, row.due_on, by
        made.append(row)
    return made
