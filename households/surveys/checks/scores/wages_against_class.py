from collections.abc import Iterator
from datetime import date

from households.surveys.checks.basis import MINIMUM_WAGE
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_number

# Đồng a month in region IV, the lowest, from the day on.
WAGES = (
    (date(2016, 1, 1), 2_400_000), (date(2017, 1, 1), 2_580_000), (date(2018, 1, 1), 2_760_000),
    (date(2019, 1, 1), 2_920_000), (date(2020, 1, 1), 3_070_000), (date(2022, 7, 1), 3_250_000),
    (date(2024, 7, 1), 3_450_000), (date(2026, 1, 1), 3_700_000),
)  # fmt: skip


def wages_against_class(seen: Seen, known: Known) -> Iterator[Finding]:
    """Those in paid work with a contract alone lift the household over the line, by the least that the law lets be paid."""
    outcome, workers = seen.outcome(), [row for row in seen.rows if row.says("work", "contract")]
    wage = max((amount for since, amount in WAGES if since <= seen.on), default=None)
    line = seen.line_of(outcome) if outcome else None
    if not workers or wage is None or line is None or not seen.poor_or_near:
        return
    each = len(workers) * wage // len(seen.rows)
    if each > line:
        message = (
            f"{len(workers)} người làm công có hợp đồng lao động, ít nhất {format_number(wage)} đồng/tháng, đã là "
            f"{format_number(each)} đồng/người/tháng, trên chuẩn {format_number(line)}: B1 hoặc cột việc làm chưa đúng?"
        )
        rests = [row.field("work") for row in seen.rows] + [f"{outcome.applied.code}:b1" if outcome else ""]
        yield question("wages_against_class", workers[0].field("work"), message, MINIMUM_WAGE, *rests)
