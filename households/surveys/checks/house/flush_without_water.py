from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("nhà tiêu tự hoại, dội nước cần nguồn nước tại nhà")


def flush_without_water(seen: Seen, known: Known) -> Iterator[Finding]:
    """A toilet that is flushed where no clean water is."""
    if seen.says("h-toilet", "septic", "pour_flush") and seen.says("h-water_source", "other"):
        message = "Nhà tiêu tự hoại hoặc dội nước mà nước sinh hoạt là khe, sông, hồ: hỏi lại nguồn nước chính."
        yield hint("flush_without_water", "h-water_source", message, BASIS)
