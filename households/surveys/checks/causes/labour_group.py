from collections.abc import Iterator

from households.surveys.checks.basis import GROUPS
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Row, Seen

FIELD, CODE = "s-target_groups", "no_labour"
WORKING = ("contract", "no_contract", "own", "seeking")


def labour_group(seen: Seen, known: Known) -> Iterator[Finding]:
    """The group of those without anybody able to work, against who works."""
    if CODE not in seen.codes("target_groups") or not seen.rows:
        return
    ticked, able = CODE in seen.ticked(FIELD), [row for row in seen.rows if _able(row)]
    if ticked and able:
        message = f"Chọn nhóm hộ không có khả năng lao động mà {able[0].called} đang làm hoặc tìm việc: ô nào đúng?"
        rests = (FIELD, *(row.field("work") for row in able))
        yield question("labour_group", FIELD, message, GROUPS, *rests)
    if not ticked and seen.poor_or_near and all(_unable(row) for row in seen.rows):
        message = "Cả hộ không ai có khả năng lao động: xem lại nhóm “hộ không có khả năng lao động”."
        yield hint("labour_group", FIELD, message, GROUPS)


def _able(row: Row) -> bool:
    return row.at_least(15) and row.under(60) and row.says("work", *WORKING) and not row.no("can_work")


def _unable(row: Row) -> bool:
    return row.under(15) or row.no("can_work") or (row.yes("disabled") and row.says("work", "none")) or row.at_least(70)
