from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("nhà kiên cố có đủ tường, cột, mái bền chắc; nhà đơn sơ thì không kết cấu nào bền chắc")
PARTS = ("h-walls", "h-columns", "h-roof")
DURABLE = {"solid": 3, "semi_solid": 2, "temporary": 1, "simple": 0}  # of the three parts, as housing statistics count


def class_of_house(seen: Seen, known: Known) -> Iterator[Finding]:
    """The class of the house against its walls, columns and roof."""
    wanted = DURABLE.get(seen.text("h-house_class"))
    said = [seen.text(part) for part in PARTS]
    if wanted is None or "" in said:
        return
    durable = said.count("durable")
    if durable != wanted:
        message = f"Loại nhà này thường có {wanted} trong 3 kết cấu bền chắc, phiếu ghi {durable}: ô nào đúng?"
        yield question("class_of_house", "h-house_class", message, BASIS, "h-house_class", *PARTS)
