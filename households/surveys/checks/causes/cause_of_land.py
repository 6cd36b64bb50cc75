from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import fold

BASIS = experience("không có đất mà có thu trồng trọt, lâm nghiệp thì là thuê, mượn đất, hoặc chọn nhầm nguyên nhân")
FIELD = "s-causes"
SOURCES = ("y-crops-revenue", "y-forestry-revenue")


def cause_of_land(seen: Seen, known: Known) -> Iterator[Finding]:
    """No land, and income from it."""
    codes = {code for code, words in seen.codes("causes").items() if "khong co dat" in fold(words)}
    if codes.intersection(seen.ticked(FIELD)) and any((seen.number(name) or 0) > 0 for name in SOURCES):
        message = "Chọn nguyên nhân không có đất sản xuất mà có thu từ trồng trọt, lâm nghiệp: đất của ai?"
        yield question("cause_of_land", FIELD, message, BASIS, FIELD, *SOURCES)
