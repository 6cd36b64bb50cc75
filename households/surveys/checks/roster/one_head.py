from collections.abc import Iterator

from households.surveys.checks.basis import RESIDENCE
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Seen


def one_head(seen: Seen, known: Known) -> Iterator[Finding]:
    """A household has one head."""
    if seen.rows and not seen.heads:
        message = "Chưa có ai là chủ hộ; hãy chọn “chủ hộ” ở cột quan hệ cho đúng một người."
        yield error("one_head", seen.rows[0].field("relation"), message, RESIDENCE)
    for row in seen.heads[1:]:
        message = f"{seen.heads[0].called} đã là chủ hộ; chỉ một người là chủ hộ, hãy sửa quan hệ của một trong hai."
        yield error("one_head", row.field("relation"), message, RESIDENCE)
