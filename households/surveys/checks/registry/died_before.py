from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_date

BASIS = experience("người đã mất còn trong phiếu làm sai số nhân khẩu và bình quân đầu người")


def died_before(seen: Seen, known: Known) -> Iterator[Finding]:
    """Nobody stands on the roster who died before the survey."""
    for row in seen.rows:
        person = known.persons.get(row.person or 0)
        if person and person.died_on and person.died_on <= seen.on:
            message = f"Sổ hộ đã ghi {person.name} mất ngày {format_date(person.died_on)}; hãy xóa dòng này khỏi phiếu."
            yield error("died_before", row.field("name"), message, BASIS)
