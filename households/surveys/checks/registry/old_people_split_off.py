from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_date

BASIS = experience("tách cha mẹ già thành hộ riêng trên giấy để được công nhận hộ nghèo, trong khi con vẫn nuôi")
OLD, DAYS = 60, 366


def old_people_split_off(seen: Seen, known: Known) -> Iterator[Finding]:
    """A household of old people only, split off within a year."""
    if not known.split or known.since is None or not seen.rows or (seen.on - known.since).days > DAYS:
        return
    if all(row.at_least(OLD) for row in seen.rows):
        message = (
            f"Hộ mới tách ngày {format_date(known.since)} và chỉ có người từ {OLD} tuổi: có thật sự ăn ở, thu chi riêng với "
            "con không?"
        )
        rests = [row.field("birth") for row in seen.rows]
        yield question("old_people_split_off", rests[0], message, BASIS, *rests, facts=known.since.isoformat())
