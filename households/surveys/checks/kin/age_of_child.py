from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen, years_between

BASIS = experience("cha mẹ hơn con ít nhất 13 tuổi, trừ con riêng, con nuôi; hay nhầm em, cháu thành con")
LEAST = 13


def age_of_child(seen: Seen, known: Known) -> Iterator[Finding]:
    """A child hardly younger than the head, and than the head's wife or husband where there is one."""
    parents = [row for row in (seen.head, *seen.related("spouse")) if row]
    if seen.head is None:
        return
    for child in seen.related("child"):
        if parents and all(_too_near(one, child) for one in parents):
            message = (
                f"{child.called} ({child.age_words}) ghi là con của {seen.head.called} ({seen.head.age_words}): "
                "xem lại ngày sinh hoặc quan hệ."
            )
            rests = [one.field("birth") for one in (child, *parents)]
            yield question("age_of_child", child.field("birth"), message, BASIS, child.field("relation"), *rests)


def _too_near(parent: Row, child: Row) -> bool:
    years = years_between(parent, child)
    return years is not None and years[1] < LEAST
