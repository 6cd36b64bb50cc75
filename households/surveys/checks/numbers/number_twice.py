from collections.abc import Iterator

from households.surveys.checks.basis import NUMBER
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Seen


def number_twice(seen: Seen, known: Known) -> Iterator[Finding]:
    """One number in two rows."""
    first = dict[str, int]()
    for row in seen.rows:
        token = row.text("identity")
        if token and token in first:
            message = f"Số này đã ghi ở dòng {first[token]}; mỗi người một số, hãy xem lại cả hai."
            yield error("number_twice", row.field("identity"), message, NUMBER)
        first.setdefault(token, row.place)
