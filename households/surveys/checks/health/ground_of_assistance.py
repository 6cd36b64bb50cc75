from collections.abc import Iterator
from datetime import date

from households.surveys.checks.basis import ASSISTANCE
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

OLD, SOCIAL_PENSION, BEFORE = 60, 75, 80
SINCE = date(2025, 7, 1)


def ground_of_assistance(seen: Seen, known: Known) -> Iterator[Finding]:
    """An allowance makes an old person a dependant, which counts: below the age at which all get it there is a decision."""
    general = SOCIAL_PENSION if seen.on >= SINCE else BEFORE
    for row in seen.rows:
        if not row.yes("monthly_assistance") or row.yes("disabled") or not row.at_least(16) or not row.under(general):
            continue
        rests = row.fields("monthly_assistance", "disabled", "birth")
        message = (
            f"{row.called} ({row.age_words}) hưởng trợ cấp xã hội hằng tháng theo diện nào? Hãy xem quyết định trợ cấp."
        )
        say = question if row.at_least(OLD) else hint
        yield say("ground_of_assistance", row.field("monthly_assistance"), message, ASSISTANCE, *rests)
