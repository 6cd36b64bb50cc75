from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("hộ có lương nhà nước, lương hưu hiếm khi nghèo; người dân hay khiếu nại trường hợp này")


def pay_of_the_state(seen: Seen, known: Known) -> Iterator[Finding]:
    """A pension or a post in the service of the state in a household that comes out poor or near-poor."""
    if not seen.poor_or_near:
        return
    for row in seen.rows:
        if row.yes("pension") or row.says("nonfarm_work", "state"):
            what = "hưởng lương hưu" if row.yes("pension") else "là công chức, viên chức"
            column = "pension" if row.yes("pension") else "nonfarm_work"
            message = f"{row.called} {what} mà hộ xếp vào hộ nghèo, hộ cận nghèo: lương bao nhiêu, nuôi mấy người?"
            yield question("pay_of_the_state", row.field(column), message, BASIS, row.field(column), facts=seen.klass)
