from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import fold

BASIS = experience("gõ người mới đè lên dòng người cũ: lịch sử và trợ cấp của người cũ sẽ sang người mới")


def another_person(seen: Seen, known: Known) -> Iterator[Finding]:
    """Another name and another year of birth in the row of somebody known: a slip corrected, or somebody else?"""
    for row in seen.rows:
        person = known.persons.get(row.person or 0)
        if person is None or not row.text("name") or row.birth_year is None or person.birth_year is None:
            continue
        if fold(person.name) != fold(row.text("name")) and person.birth_year != row.birth_year:
            message = (
                f"Dòng này trong sổ là {person.name} (sinh {person.birth_year}): sửa tên và năm sinh của chính người ấy, hay "
                "là người khác? Người khác thì xóa dòng, thêm dòng mới."
            )
            rests = row.fields("name", "birth")
            yield question("another_person", row.field("name"), message, BASIS, *rests, facts=person.name)
