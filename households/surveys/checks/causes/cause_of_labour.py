from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen
from povertyportal.vietnamese import fold

BASIS = experience("“không có lao động” hay bị chọn cho hộ có người làm thuê, hoặc nhầm với “thiếu kỹ năng lao động”")
FIELD = "s-causes"
WORDS = ("khong co lao dong", "thieu lao dong")
WORKING = ("contract", "no_contract", "own", "seeking")


def cause_of_labour(seen: Seen, known: Known) -> Iterator[Finding]:
    """ "Nobody who works", where two or more of working age work or look for it."""
    codes = {code for code, words in seen.codes("causes").items() if fold(words) in WORDS}
    working = [row for row in seen.rows if _works(row)]
    if codes.intersection(seen.ticked(FIELD)) and len(working) > 1:
        names = ", ".join(row.called for row in working[:3])
        message = f"Chọn nguyên nhân không có lao động mà hộ có {len(working)} người đang làm hoặc tìm việc ({names})."
        yield question("cause_of_labour", FIELD, message, BASIS, FIELD, *(row.field("work") for row in seen.rows))


def _works(row: Row) -> bool:
    return row.at_least(15) and row.under(60) and row.says("work", *WORKING) and not row.no("can_work")
