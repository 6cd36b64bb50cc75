from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("tiền công của người đi làm thuê là khoản hay bị bỏ sót nhất khi hỏi thu nhập")
FIELD = "y-wages"


def wages_of_nobody(seen: Seen, known: Known) -> Iterator[Finding]:
    """Wages where nobody works for wages, or workers without any. Only where both were asked."""
    wages, said = seen.number(FIELD), [row for row in seen.rows if row.text("work")]
    workers = [row for row in said if row.says("work", "contract", "no_contract")]
    rests = (FIELD, *(row.field("work") for row in said))
    if not said or wages is None:
        return
    if wages > 0 and not workers:
        message = "Hộ có tiền lương, tiền công mà danh sách không ai làm công hưởng lương: của ai?"
        yield question("wages_of_nobody", FIELD, message, BASIS, *rests)
    if wages == 0 and workers:
        message = f"{workers[0].called} làm công hưởng lương mà tiền lương, tiền công ghi 0: có bỏ sót không?"
        yield question("wages_of_nobody", FIELD, message, BASIS, *rests)
