"""The public posting of what a village agreed on, of the re-check's result, and its end."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.actions.order import problems_of_texts
from households.review.actions.villages import check_ready, check_with_villages, own_part, seen_in
from households.review.calendar.stored import calendar
from households.review.deadlines import deadline_of
from households.review.models import Meeting, Posting
from households.review.moving import Moving, moving
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.standing import VillageStanding
from povertyportal.core.models import User
from povertyportal.vietnamese import fold, format_date

POST = {1: "post", 2: "post_again"}
TAKE_DOWN = {1: "take_down", 2: "take_down_again"}
DAYS = {1: "posting", 2: "posting_again"}
LONGEST_PLACE, MOST_PLACES, LONGEST_NOTE = 200, 6, 1000


def post_results(
    *,
    dossier: int,
    parts: Sequence[str],
    starts_on: date,
    places: Sequence[str],
    loudspeaker: bool = False,
    turn: int = 1,
    by: User,
    at: datetime,
    expected: int | None = None,
) -> list[Posting]:
    """Of one village or of several at once, all or none. Raises ReviewRefusedError, PermissionDenied."""
    named = [one.strip() for one in places if one.strip()]
    made = []
    with transaction.atomic():
        for part, version in _each(parts, expected):
            with moving(
                dossier=dossier, move=POST[turn], part=part, on=starts_on, by=by, at=at, expected=version
            ) as work:
                village = seen_in(work)
                check_ready(village, POST[turn])
                if problems := list(_problems(work, village, named, starts_on)):
                    raise ReviewRefusedError(problems)
                made.append(_write(work, village, named, loudspeaker=loudspeaker, turn=turn))
    return made


def take_down(
    *,
    dossier: int,
    parts: Sequence[str],
    turn: int = 1,
    by: User,
    at: datetime,
    expected: int | None = None,
) -> list[str]:
    """The posting of each village is over: the stage it comes to, the re-check where somebody complained, or where the answer
    to an older complaint changed what hangs. All or none.

    Raises ReviewRefusedError, PermissionDenied.
    """
    stages = []
    with transaction.atomic():
        for part, version in _each(parts, expected):
            today = timezone.localdate(at)
            with moving(
                dossier=dossier, move=TAKE_DOWN[turn], part=part, on=today, by=by, at=at, expected=version
            ) as work:
                village = seen_in(work)
                check_ready(village, TAKE_DOWN[turn])
                again = turn == 1 and (village.seen.rechecked or village.counts.unposted)
                work.to = work.move.or_to if again else ""
                work.details = {"complaints": [one.pk for one in village.complaints]}
                stages.append(work.to or work.move.to)
    return stages


def end_step(*, dossier: int, part: str, move: str, by: User, at: datetime, expected: int | None = None) -> None:
    """The last step of a procedure that posts nothing after it: the re-check is over ("end_recheck"), the survey is
    ("end_survey"). Raises ReviewRefusedError, PermissionDenied."""
    with moving(
        dossier=dossier, move=move, part=part, on=timezone.localdate(at), by=by, at=at, expected=expected
    ) as work:
        check_ready(seen_in(work), move)


def send_back(*, dossier: int, part: str, note: str, by: User, at: datetime, expected: int | None = None) -> None:
    """What was done begins anew: a household came late, or a result turned out wrong. Without it a procedure that has no
    meeting could post nothing again. Raises ReviewRefusedError, PermissionDenied."""
    with moving(
        dossier=dossier, move="send_back", part=part, on=timezone.localdate(at), by=by, at=at, expected=expected
    ) as work:
        check_with_villages(work)
        asked = _("Cần nói vì sao làm lại, ví dụ “Sót hộ ông Lý A Páo, khảo sát bổ sung ngày 03/12”.")
        if problems := list(problems_of_texts({"note": (note, LONGEST_NOTE)}, needed={"note": asked})):
            raise ReviewRefusedError(problems)
        work.note = note.strip()


def _each(parts: Sequence[str], expected: int | None) -> Iterator[tuple[str, int | None]]:
    """With the version the dossier then has: each step counts. Raises ReviewRefusedError."""
    ours = list(dict.fromkeys(parts))
    if not ours:
        raise refuse_step("parts", _("Chưa chọn thôn nào."))
    for turn, part in enumerate(ours):
        yield part, None if expected is None else expected + turn


def _problems(work: Moving, village: VillageStanding, places: Sequence[str], starts_on: date) -> Iterator[Problem]:
    wanted = work.procedure.posting_places
    if len(places) < len(wanted):
        told = {"count": len(wanted), "places": "; ".join(wanted)}
        yield Problem("places", _("Phải niêm yết ở %(count)s nơi: %(places)s.") % told)
    elif len({fold(one) for one in places}) < len(places):
        yield Problem("places", _("Hai nơi niêm yết ghi giống nhau; hãy ghi từng nơi đã dán."))
    if len(places) > MOST_PLACES:
        yield Problem("places", _("Ghi nhiều nhất %s nơi.") % MOST_PLACES)
    for place in places:
        yield from problems_of_text("places", place, LONGEST_PLACE)
    if (after := _not_before(work, village)) and starts_on < after:
        told = {"name": village.name, "day": format_date(starts_on), "after": format_date(after)}
        message = _("%(name)s: ngày niêm yết %(day)s trước ngày %(after)s, ngày có kết quả để niêm yết.")
        yield Problem("starts_on", message % told)


def _not_before(work: Moving, village: VillageStanding) -> date | None:
    """The day of the newest meeting, or of the newest answer to a complaint."""
    answered = [one.answered_on for one in village.complaints if one.answered_on]
    meeting = Meeting.objects.filter(part=work.part).order_by("-number").first()
    return max([*answered, *([meeting.held_on] if meeting else [])], default=None)


def _write(work: Moving, village: VillageStanding, places: Sequence[str], *, loudspeaker: bool, turn: int) -> Posting:
    made = Posting.objects.create(
        part=own_part(work), turn=turn, starts_on=work.on, places=list(places), loudspeaker=loudspeaker,
        ends_on=deadline_of(work.procedure, DAYS[turn], work.on, calendar()),
        shown=[one.shown() for one in village.rows if one.public], by=work.by, at=work.at,
    )  # fmt: skip
    work.details = {"posting": made.pk, "households": len(made.shown)}
    return made
