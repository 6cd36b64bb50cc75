from collections.abc import Iterator
from itertools import combinations

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, error, question
from households.surveys.checks.seen import Row, Seen
from povertyportal.vietnamese import fold

BASIS = experience("một người ghi hai dòng làm sai số nhân khẩu; sinh đôi thì trùng ngày sinh nhưng khác tên")


def same_person_twice(seen: Seen, known: Known) -> Iterator[Finding]:
    """Two rows of one person of the registry, or of one name and birth."""
    for first, second in combinations(seen.rows, 2):
        if first.person is not None and first.person == second.person:
            message = f"Dòng này và dòng {first.place} là cùng một người trong sổ hộ; hãy xóa một dòng."
            yield error("same_person_twice", second.field("name"), message, BASIS)
        elif _alike(first, second):
            message = f"Dòng này cùng họ tên và ngày sinh với dòng {first.place}: có ghi hai lần không?"
            rests = (*first.fields("name", "birth"), *second.fields("name", "birth"))
            yield question("same_person_twice", second.field("name"), message, BASIS, *rests)


def _alike(first: Row, second: Row) -> bool:
    name = fold(first.text("name"))
    return bool(name) and name == fold(second.text("name")) and first.text("birth") == second.text("birth")
