"""What has to be so before a step may be made: the sentences refuse the step, and stand on the board in its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from households.review.calendar.working_days import Calendar
from households.review.models import Complaint, ComplaintOutcome, Posting
from households.review.progress import Counted
from povertyportal.vietnamese import format_date


@dataclass(frozen=True, slots=True)
class PartSeen:
    """A village as it stands. ``complaints``: those of the posting that counts."""

    state: str
    counts: Counted
    posting: Posting | None
    complaints: Sequence[Complaint]
    today: date

    @property
    def open_complaints(self) -> list[Complaint]:
        return [one for one in self.complaints if one.outcome == ComplaintOutcome.OPEN]

    @property
    def agreed(self) -> bool:
        """Every form is done and every household that was surveyed agreed on: what a meeting is held for."""
        return bool(self.counts.assessed) and not self.counts.open and not self.counts.unvoted

    @property
    def rechecked(self) -> bool:
        """Somebody complained and did not take it back: the result is posted once more."""
        return any(one.outcome != ComplaintOutcome.WITHDRAWN for one in self.complaints)

    def days_left(self, calendar: Calendar) -> int:
        """Working days in which a complaint still comes in time, today among them."""
        if self.posting is None or self.today > self.posting.ends_on:
            return 0
        after = calendar.working_days_between(self.today, self.posting.ends_on)
        return after + (not calendar.is_off(self.today))


def blocks(move: str, part: PartSeen) -> list[str]:
    """Why a village cannot make the step now; nothing where it can."""
    return _RULES[move](part) if move in _RULES else []


def _forms(part: PartSeen) -> list[str]:
    if not part.counts.total:
        return [_("Thôn chưa có hộ nào trong danh sách rà soát của thủ tục này.")]
    if part.counts.open:
        return [
            _("Còn %s phiếu chưa xong: hãy hoàn thành phiếu, hoặc ghi “không rà soát” kèm lý do.") % part.counts.open
        ]
    return []


def _meet(part: PartSeen) -> list[str]:
    if found := _forms(part):
        return found
    return [] if part.counts.unvoted else [_("Không còn hộ nào chờ họp dân biểu quyết.")]


def _post(part: PartSeen) -> list[str]:
    found = _forms(part)
    if not found and not part.counts.assessed:
        found = [_("Mọi hộ đều dừng ở Phiếu A, không có gì để niêm yết.")]
    if part.counts.unvoted:
        message = _("%s hộ có kết quả chưa được họp dân thống nhất: hãy họp dân (bổ sung) về các hộ này trước.")
        found.append(message % part.counts.unvoted)
    return found


def _take_down(part: PartSeen) -> list[str]:
    return _hanging(part, _("Niêm yết đến hết ngày %s; ngày đó khiếu nại vẫn còn trong hạn."))


def _take_down_again(part: PartSeen) -> list[str]:
    return _hanging(part, _("Kết quả phúc tra niêm yết đến hết ngày %s."))


def _hanging(part: PartSeen, message: str) -> list[str]:
    if part.posting and part.today <= part.posting.ends_on:
        return [message % format_date(part.posting.ends_on)]
    return []


def _answer(part: PartSeen) -> list[str]:
    return [] if part.open_complaints else [_("Không còn khiếu nại nào chờ trả lời.")]


def _post_again(part: PartSeen) -> list[str]:
    found = _forms(part)
    if part.open_complaints:
        found.append(_("Còn %s khiếu nại chưa trả lời.") % len(part.open_complaints))
    if part.counts.unvoted and not found:
        message = _(
            "%s hộ có kết quả mới, chưa họp dân và cũng không thuộc khiếu nại đã trả lời: hãy họp dân về các hộ này."
        )
        found.append(message % part.counts.unvoted)
    return found


_RULES: dict[str, Callable[[PartSeen], list[str]]] = {
    "meet": _meet,
    "post": _post,
    "answer": _answer,
    "take_down": _take_down,
    "post_again": _post_again,
    "take_down_again": _take_down_again,
    "end_recheck": _post_again,
}
