from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("hộ chỉ có trẻ em thường là tách hộ trên giấy, hoặc trẻ mồ côi cần người giám hộ và trợ cấp")


def children_alone(seen: Seen, known: Known) -> Iterator[Finding]:
    """Nobody of 16 or older."""
    if seen.rows and all(row.under(16) for row in seen.rows):
        message = "Hộ chỉ có trẻ em dưới 16 tuổi: ai đang nuôi các cháu, và người ấy có phải thành viên hộ không?"
        rests = [row.field("birth") for row in seen.rows]
        yield question("children_alone", seen.rows[0].field("birth"), message, BASIS, *rests)
