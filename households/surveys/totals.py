"""All households and persons of the communes at a review: entered with their source, corrected by a new row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.access.scope import check_may, scope_of
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.surveys.hanging import register_hanging
from households.surveys.models import RoundTotals, SurveyRound
from households.surveys.queries import CommuneOfRound, communes_of, totals_of
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import held
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_number

ENTER = "rounds.totals"
LONGEST_SOURCE, LONGEST_REASON = 400, 400
MOST = 2_000_000  # households or persons of one commune: beyond it is a slip


@dataclass(frozen=True, slots=True)
class Entry:
    """``replaces``: key of the row that it corrects, as it was seen; None: the first of its commune."""

    commune: str
    households: int
    persons: int
    replaces: int | None = None


def enter_totals(
    *,
    round: SurveyRound,
    commune: str,
    households: int,
    persons: int,
    source: str,
    by: User,
    at: datetime,
    replaces: int | None = None,
    reason: str = "",
) -> RoundTotals:
    """A correction names the row it replaces and says why. Raises RoundRefusedError, PermissionDenied."""
    entry = Entry(commune, households, persons, replaces)
    return enter_many(round=round, entries=[entry], source=source, reason=reason, by=by, at=at)[0]


def enter_many(
    *, round: SurveyRound, entries: Sequence[Entry], source: str, by: User, at: datetime, reason: str = ""
) -> list[RoundTotals]:
    """Several communes at once, all or none; problems name "communes.<code>.households" and so on.

    Raises RoundRefusedError, PermissionDenied.
    """
    _check_may_enter(by, round, [entry.commune for entry in entries], timezone.localdate(at))
    why = reason.strip() or _("Nhập tổng số hộ, nhân khẩu của đợt %(round)s") % {"round": round.code}
    with transaction.atomic(), acting(by=by, reason=why):
        held(round)
        if problems := list(_problems(round, entries, source, reason)):
            raise RoundRefusedError(problems)
        return RoundTotals.objects.bulk_create(
            [
                RoundTotals(
                    round=round, commune_code=entry.commune, households=entry.households, persons=entry.persons,
                    source=source.strip(), reason=reason.strip() if entry.replaces else "",
                    replaces_id=entry.replaces, by=by, at=at,
                )
                for entry in entries
            ],
            batch_size=1000,
        )  # fmt: skip


def _told_of(round: SurveyRound) -> str:
    count = len(totals_of(round))
    told = ngettext("tổng số hộ của %(count)s xã", "tổng số hộ của %(count)s xã", count) % {"count": count}
    return told if count else ""


def register() -> None:
    """Called once, when the app is ready."""
    register_hanging("households.RoundTotals.round", _told_of)


def _check_may_enter(by: User, round: SurveyRound, communes: Iterable[str], day: date) -> None:
    scope = scope_of(by, ENTER, day=day)
    for commune in communes:
        if not scope.covers(commune, on=round.area_on):
            check_may(by, ENTER, code=commune, on=round.area_on, day=day)
            raise PermissionDenied


def _problems(round: SurveyRound, entries: Sequence[Entry], source: str, reason: str) -> Iterator[Problem]:
    yield from problems_of_text("source", source, LONGEST_SOURCE)
    yield from problems_of_text("reason", reason, LONGEST_REASON)
    if not source.strip():
        message = _("Cần ghi nguồn của số liệu, ví dụ “Báo cáo dân số xã ngày 30/11/2026”.")
        yield Problem("source", message)
    if not entries:
        yield Problem("", _("Chưa có số nào để ghi."))
    if any(entry.replaces for entry in entries) and not reason.strip():
        yield Problem("reason", _("Sửa số đã ghi thì phải nói vì sao; số cũ được giữ cùng lý do này."))
    communes = {one.code: one for one in communes_of(round)}
    now = totals_of(round)
    seen = set[str]()
    for entry in entries:
        yield from _of_entry(entry, communes.get(entry.commune), now.get(entry.commune), entry.commune in seen)
        seen.add(entry.commune)


def _of_entry(entry: Entry, commune: CommuneOfRound | None, now: RoundTotals | None, twice: bool) -> Iterator[Problem]:
    field = f"communes.{entry.commune}"
    if commune is None:
        yield Problem(field, _("Không có xã nào mang mã %s trong đợt này.") % entry.commune)
    elif twice:
        yield Problem(field, _("%s được ghi hai lần.") % commune.name)
    elif (now.pk if now else None) != entry.replaces:
        yield Problem(field, _why_not_that_row(commune, now))
    elif now and (now.households, now.persons) == (entry.households, entry.persons):
        yield Problem(field, _("%s: số mới giống hệt số đã ghi.") % commune.name)
    yield from _of_numbers(field, entry)


def _why_not_that_row(commune: CommuneOfRound, now: RoundTotals | None) -> str:
    if now is None:
        return _("%s chưa có số nào để sửa.") % commune.name
    told = {
        "name": commune.name,
        "households": format_number(now.households),
        "persons": format_number(now.persons),
        "by": now.by,
    }
    return (
        _(
            "%(name)s đã có số %(households)s hộ, %(persons)s nhân khẩu do %(by)s ghi; hãy xem lại, và nếu vẫn cần "
            "thì sửa số đó kèm lý do."
        )
        % told
    )


def _of_numbers(field: str, entry: Entry) -> Iterator[Problem]:
    if not 0 < entry.households <= MOST:
        message = _("Tổng số hộ phải từ 1 đến %s.") % format_number(MOST)
        yield Problem(f"{field}.households", message)
    elif entry.persons < entry.households:
        message = _("Tổng số nhân khẩu không thể ít hơn tổng số hộ (%s).") % format_number(entry.households)
        yield Problem(f"{field}.persons", message)
    elif entry.persons > MOST:
        yield Problem(f"{field}.persons", _("Tổng số nhân khẩu lớn quá %s.") % format_number(MOST))
