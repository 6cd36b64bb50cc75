from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import fold

BASIS = experience("giới tính hay chọn nhầm dòng; đệm “Thị” gần như luôn là nữ, “Văn” là nam")
USUAL = {"thi": "female", "van": "male"}


def sex_of_name(seen: Seen, known: Known) -> Iterator[Finding]:
    """A middle name of the other sex."""
    for row in seen.rows:
        middle = fold(row.text("name")).split()[1:-1]
        told = {sex for word, sex in USUAL.items() if word in middle}
        if len(told) == 1 and row.text("sex") and row.text("sex") not in told:
            words = "nam" if row.says("sex", "male") else "nữ"
            yield hint("sex_of_name", row.field("sex"), f"{row.called} ghi là {words}: có đúng không?", BASIS)
