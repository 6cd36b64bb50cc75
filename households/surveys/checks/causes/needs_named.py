from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("kế hoạch hỗ trợ năm sau lập từ ô này; “không có nhu cầu” cũng là một câu trả lời")
FIELD = "s-supports"


def needs_named(seen: Seen, known: Known) -> Iterator[Finding]:
    """What a poor or near-poor household needs."""
    if seen.poor_or_near and seen.codes("supports") and not seen.all(FIELD):
        yield hint("needs_named", FIELD, "Hộ cần hỗ trợ gì? Hãy hỏi và chọn, hoặc chọn “không có nhu cầu”.", BASIS)
