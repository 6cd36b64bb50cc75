from collections.abc import Iterator

from households.surveys.checks.basis import MINORITY
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

FIELD, CODE, MAJORITY = "s-target_groups", "ethnic_minority", "kinh"


def minority_group(seen: Seen, known: Known) -> Iterator[Finding]:
    """The group of ethnic minorities against the ethnicity of the head and of the head's wife or husband."""
    if CODE not in seen.codes("target_groups") or seen.head is None or not seen.all(FIELD):
        return
    couple = [row for row in (seen.head, *seen.related("spouse")) if row.text("ethnicity")]
    minority = [row for row in couple if not row.says("ethnicity", MAJORITY)]
    ticked = CODE in seen.ticked(FIELD)
    if ticked == bool(minority) or not couple:
        return
    if ticked:
        message = "Chọn nhóm hộ dân tộc thiểu số mà chủ hộ và vợ (chồng) là người Kinh: ô nào đúng?"
    else:
        message = (
            f"{minority[0].called} là người dân tộc thiểu số mà chưa chọn nhóm hộ dân tộc thiểu số: có bỏ sót không?"
        )
    yield question("minority_group", FIELD, message, MINORITY, FIELD, *(row.field("ethnicity") for row in couple))
