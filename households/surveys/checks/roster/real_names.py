from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("hộ gõ thử còn sót trong dữ liệu thật; tên tắt làm hỏng danh sách và giấy chứng nhận")
TRIED = {"test", "thử", "abc", "xyz", "asd", "demo", "aaa"}  # with their marks: Thu is a name
INITIALS = {"a", "b", "c", "d", "x", "z"}  # as in "Nguyễn Văn A"; Ý and Y are names


def real_names(seen: Seen, known: Known) -> Iterator[Finding]:
    """Names that were typed to try the page, abbreviated, or of one word."""
    for row in seen.rows:
        words = row.text("name").lower().split()
        if words and (len(words) == 1 or words[-1] in INITIALS or TRIED.issuperset(words)):
            message = f"“{row.text('name')}” có phải họ tên đầy đủ như trên giấy tờ không?"
            yield question("real_names", row.field("name"), message, BASIS)
