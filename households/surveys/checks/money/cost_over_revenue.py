from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("lỗ cả năm là có thật (dịch bệnh, thiên tai) nhưng thường là đổi chỗ hai ô thu và chi")
REVENUE, COST = "-revenue", "-cost"


def cost_over_revenue(seen: Seen, known: Known) -> Iterator[Finding]:
    """A source that cost more than it brought."""
    for name in sorted(seen.answers):
        if not name.startswith("y-") or not name.endswith(COST):
            continue
        revenue = name.removesuffix(COST) + REVENUE
        cost, brought = seen.number(name), seen.number(revenue) or 0
        if cost is not None and cost > brought:
            message = "Chi phí nhiều hơn tổng thu của nguồn này: lỗ thật, hay ghi nhầm ô?"
            yield question("cost_over_revenue", name, message, BASIS, name, revenue)
