from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import fold

BASIS = experience("người trả lời nên là chủ hộ hoặc người lớn trong hộ, biết rõ thu nhập")
FIELD, GROWN_UP = "s-respondent", 15


def respondent_of_household(seen: Seen, known: Known) -> Iterator[Finding]:
    """A grown-up of the household answers for it."""
    name = fold(seen.text(FIELD))
    found = [row for row in seen.rows if name and fold(row.text("name")) == name]
    if found and all(row.under(GROWN_UP) for row in found):
        message = f"Người cung cấp thông tin mới {found[0].age_words}: có người lớn nào trả lời không?"
        yield question("respondent_of_household", FIELD, message, BASIS, FIELD, found[0].field("birth"))
    elif name and not found:
        yield hint("respondent_of_household", FIELD, "Người cung cấp thông tin không có trong danh sách hộ.", BASIS)
