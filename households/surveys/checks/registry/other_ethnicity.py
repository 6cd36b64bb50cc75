from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience(
    "dân tộc theo giấy khai sinh, căn cước; đổi trên phiếu thường là chọn nhầm, có khi để hưởng chính sách"
)


def other_ethnicity(seen: Seen, known: Known) -> Iterator[Finding]:
    """Another ethnicity than the registry has."""
    for row in seen.rows:
        person, now = known.persons.get(row.person or 0), row.text("ethnicity")
        if person and person.ethnicity and now and now != person.ethnicity:
            message = f"Dân tộc của {row.called} khác sổ hộ: hãy xem giấy khai sinh, căn cước."
            yield question("other_ethnicity", row.field("ethnicity"), message, BASIS, facts=person.ethnicity)
