from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("gõ phiếu của hộ này vào phiếu hộ khác là lỗi khó thấy nhất khi nhập cả chồng phiếu")


def nobody_known(seen: Seen, known: Known) -> Iterator[Finding]:
    """None of those whom the registry has: the paper of another household?"""
    if seen.rows and known.members and not any(row.person in known.persons for row in seen.rows):
        names = ", ".join(one.name for one in known.members[:3])
        message = f"Không ai trong phiếu là thành viên sổ hộ đang có ({names}): có phải phiếu của hộ khác không?"
        rests = [row.field("name") for row in seen.rows]
        yield question("nobody_known", seen.rows[0].field("name"), message, BASIS, *rests)
