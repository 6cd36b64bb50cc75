from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import LOW, Seen, klass_of
from households.surveys.codes import CLOSING
from povertyportal.vietnamese import format_number

BASIS = experience("mức thu nhập của chuẩn kia cao hơn hoặc bằng, hộ dưới mức thấp thì cũng dưới mức cao")


def standards_apart(seen: Seen, known: Known) -> Iterator[Finding]:
    """Poor or near-poor by the closing standard, and not by another whose line is no lower."""
    closing = seen.outcome()
    line = seen.line_of(closing) if closing else None
    if not seen.poor_or_near or line is None:
        return
    for purpose, other in seen.outcomes:
        its_line, klass = seen.line_of(other), klass_of(other)
        if purpose != CLOSING and its_line is not None and its_line >= line and klass and klass not in LOW:
            message = (
                f"Theo chuẩn chốt năm hộ dưới mức {format_number(line)} đồng, theo “{other.applied.standard.title}” lại trên "
                f"mức {format_number(its_line)} đồng: thu nhập và điểm B1 không khớp nhau."
            )
            facts = f"{other.applied.code} {seen.klass} {klass}"
            yield question("standards_apart", "income_month", message, BASIS, "income_month", facts=facts)
