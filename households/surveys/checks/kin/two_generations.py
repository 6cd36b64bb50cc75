from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen, years_between

BASIS = experience("ông bà hơn cháu ít nhất 28 tuổi; “cháu” gọi theo họ hàng thì chọn “người thân khác”")
LEAST = 28


def two_generations(seen: Seen, known: Known) -> Iterator[Finding]:
    """Grandchildren and grandparents two generations away from the head, or from the head's wife or husband."""
    couple = [row for row in (seen.head, *seen.related("spouse")) if row]
    pairs = [(row, [(one, row) for one in couple]) for row in seen.related("grandchild")]
    pairs += [(row, [(row, one) for one in couple]) for row in seen.related("grandparent")]
    for row, beside in pairs:
        if beside and all(_too_near(*one) for one in beside):
            message = (
                f"{row.called} ({row.age_words}) quá gần tuổi chủ hộ để là ông bà, cháu: xem lại ngày sinh, quan hệ."
            )
            rests = [one.field("birth") for one in (row, *couple)]
            yield question("two_generations", row.field("relation"), message, BASIS, row.field("relation"), *rests)


def _too_near(older: Row, younger: Row) -> bool:
    years = years_between(older, younger)
    return years is not None and years[1] < LEAST
