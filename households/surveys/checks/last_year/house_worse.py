from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("nhà, nước, nhà tiêu tốt lên theo năm; xấu đi thì phải có thiên tai, hỏa hoạn, chuyển nhà")
GOOD = {
    "h-walls": ("Tường", {"durable"}),
    "h-columns": ("Cột", {"durable"}),
    "h-roof": ("Mái", {"durable"}),
    "h-water_source": (
        "Nguồn nước", {"tap", "drilled_well", "protected_well", "protected_spring", "rain", "bottled"},
    ),
    "h-toilet": ("Nhà tiêu", {"septic", "pour_flush", "improved_pit", "double_vault"}),
}  # fmt: skip


def house_worse(seen: Seen, known: Known) -> Iterator[Finding]:
    """Something of the house that was good the year before, and no longer is."""
    before = known.before.answers if known.before else {}
    for name, (words, good) in GOOD.items():
        then = next(iter(before.get(name, ())), "")
        if then in good and seen.text(name) and seen.text(name) not in good:
            message = f"{words} năm trước đạt, năm nay không: vì sao (thiên tai, chuyển nhà), hay năm nào ghi sai?"
            yield question("house_worse", name, message, BASIS, facts=then)
