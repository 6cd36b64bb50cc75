from collections.abc import Iterator

from households.surveys.checks.basis import FAMILY
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen

MAN, WOMAN = 20, 18


def age_to_marry(seen: Seen, known: Known) -> Iterator[Finding]:
    """Married below the age of the law: a slip, or a child marriage that the commune has to know of."""
    married = seen.related("spouse", "child_in_law")
    if seen.head and seen.related("spouse"):
        married = [seen.head, *married]
    for row in married:
        if row.under(_least(row)):
            message = (
                f"{row.called} mới {row.age_words} mà đã có vợ (chồng): xem lại ngày sinh và quan hệ; nếu là tảo hôn "
                "thì ghi đúng thực tế kèm lý do."
            )
            rests = row.fields("birth", "sex", "relation")
            yield question("age_to_marry", row.field("birth"), message, FAMILY, *rests)


def _least(row: Row) -> int:
    return MAN if row.says("sex", "male") else WOMAN
