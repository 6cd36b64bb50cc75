from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("chỉ hộ làm nông, lâm, ngư, diêm nghiệp mới xét mức sống trung bình, nên ô này hay chọn theo ý muốn")
FIELD = "h-farming"
SOURCES = ("crops", "livestock", "farm_services", "forestry", "fishery", "salt")


def farming_by_sources(seen: Seen, known: Known) -> Iterator[Finding]:
    """A farming household without any income of a farm, or the other way round."""
    names = [f"y-{one}-revenue" for one in SOURCES]
    amounts = [amount for name in names if (amount := seen.number(name)) is not None]
    if not amounts or not seen.text(FIELD):
        return
    earns = any(amount > 0 for amount in amounts)
    if seen.says(FIELD, "no") and earns:
        message = "Hộ có thu từ nông, lâm, ngư, diêm nghiệp mà ghi không làm các nghề này: ô nào đúng?"
        yield question("farming_by_sources", FIELD, message, BASIS, FIELD, *names)
    if seen.says(FIELD, "yes") and not earns:
        message = "Ghi là hộ làm nông, lâm, ngư, diêm nghiệp mà không nguồn nào có thu: ô nào đúng?"
        yield question("farming_by_sources", FIELD, message, BASIS, FIELD, *names)
