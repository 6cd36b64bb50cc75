from collections.abc import Iterator

from households.surveys.checks.basis import ASSISTANCE
from households.surveys.checks.health.entitled import age_of_allowance
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

OLD = 60


def ground_of_assistance(seen: Seen, known: Known) -> Iterator[Finding]:
    """An allowance makes an old person a dependant, which counts: below the age at which all get it there is a decision."""
    general = age_of_allowance(known, seen.on)
    for row in seen.rows:
        if not row.yes("monthly_assistance") or row.yes("disabled") or not row.at_least(16) or not row.under(general):
            continue
        rests = row.fields("monthly_assistance", "disabled", "birth")
        message = (
            f"{row.called} ({row.age_words}) hưởng trợ cấp xã hội hằng tháng theo diện nào? Hãy xem quyết định trợ cấp."
        )
        say = question if row.at_least(OLD) else hint
        yield say(
            "ground_of_assistance", row.field("monthly_assistance"), message, ASSISTANCE, *rests, facts=known.recognised
        )
