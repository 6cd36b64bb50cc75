from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen, years_between

BASIS = experience("cha mẹ hơn con ít nhất 13 tuổi, trừ cha dượng, mẹ kế")
LEAST = 13


def age_of_parent(seen: Seen, known: Known) -> Iterator[Finding]:
    """A parent hardly older than the head, a parent-in-law than the head's wife or husband."""
    spouse = next(iter(seen.related("spouse")), None)
    for relation, child in (("parent", seen.head), ("parent_in_law", spouse)):
        for parent in seen.related(relation):
            if child and _too_near(parent, child):
                message = (
                    f"{parent.called} ({parent.age_words}) ghi là cha mẹ của {child.called} ({child.age_words}): "
                    "xem lại ngày sinh hoặc quan hệ."
                )
                rests = (parent.field("relation"), parent.field("birth"), child.field("birth"))
                yield question("age_of_parent", parent.field("birth"), message, BASIS, *rests)


def _too_near(parent: Row, child: Row) -> bool:
    years = years_between(parent, child)
    return years is not None and years[1] < LEAST
