from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_number

BASIS = experience("hay ghi nhầm diện tích bình quân một người, hoặc diện tích đất, vào ô diện tích nhà ở")
LEAST_EACH, MOST_EACH, MOST = 4, 100, 400


def floor_area(seen: Seen, known: Known) -> Iterator[Finding]:
    """The whole house, neither a share of it nor the plot."""
    area, people = seen.number("h-floor_area"), len(seen.rows)
    if area is None or not people:
        return
    each = area / people
    if each < LEAST_EACH:
        told = f"chỉ {format_number(round(each, 1))} m² một người: có ghi nhầm diện tích bình quân không?"
    elif each > MOST_EACH or area > MOST:
        told = f"{format_number(round(each, 1))} m² một người: có ghi nhầm diện tích đất không?"
    else:
        return
    rests = ("h-floor_area", *(row.field("name") for row in seen.rows))
    yield question(
        "floor_area", "h-floor_area", f"Nhà {format_number(area)} m² cho {people} người, {told}", BASIS, *rests
    )
