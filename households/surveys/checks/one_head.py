from collections.abc import Iterator

from households.surveys.checks.parts import Finding, Known, Strength
from households.surveys.checks.seen import Seen

BASIS = "kinh nghiệm: mọi danh sách, quyết định, giấy chứng nhận đều ghi theo tên chủ hộ"


def one_head(seen: Seen, known: Known) -> Iterator[Finding]:
    """A household has one head."""
    if seen.rows and not seen.heads:
        message = "Chưa có ai là chủ hộ; hãy chọn “chủ hộ” ở cột quan hệ cho đúng một người."
        yield Finding("one_head", Strength.ERROR, seen.rows[0].field("relation"), message, BASIS)
    for row in seen.heads[1:]:
        message = f"{seen.heads[0].called} đã là chủ hộ; chỉ một người là chủ hộ, hãy sửa quan hệ của một trong hai."
        yield Finding("one_head", Strength.ERROR, row.field("relation"), message, BASIS)
