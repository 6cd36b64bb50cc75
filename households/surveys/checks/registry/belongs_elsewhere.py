from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Seen

BASIS = experience("một người tính ở hai hộ làm sai cả hai hộ; mỗi ngày một người chỉ thuộc một hộ")


def belongs_elsewhere(seen: Seen, known: Known) -> Iterator[Finding]:
    """Whoever belongs to another household on the day has to leave it first."""
    for row in seen.rows:
        person = known.persons.get(row.person or 0)
        if person and person.elsewhere:
            message = f"{person.name} đang thuộc một hộ khác vào ngày điều tra: ghi rời hộ đó trước, hoặc xóa dòng này."
            yield error("belongs_elsewhere", row.field("name"), message, BASIS)
