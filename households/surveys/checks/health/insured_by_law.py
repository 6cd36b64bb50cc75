from collections.abc import Iterator

from households.surveys.checks.basis import INSURANCE
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen


def insured_by_law(seen: Seen, known: Known) -> Iterator[Finding]:
    """Whoever is insured by law and yet said to be without: a card not fetched, or a question not asked."""
    for row in seen.rows:
        why = _why(row)
        if row.no("health_insurance") and why:
            message = f"{row.called} {why} thì đã có thẻ bảo hiểm y tế theo luật: thẻ chưa nhận, hay hỏi chưa rõ?"
            rests = row.fields("health_insurance", "birth", "work", "monthly_assistance", "pension")
            yield question("insured_by_law", row.field("health_insurance"), message, INSURANCE, *rests)


def _why(row: Row) -> str:
    if row.under(6):
        return "dưới 6 tuổi"
    if row.says("work", "contract"):
        return "làm công có hợp đồng lao động"
    if row.yes("monthly_assistance"):
        return "hưởng trợ cấp xã hội hằng tháng"
    if row.yes("pension"):
        return "hưởng lương hưu"
    return "từ 80 tuổi" if row.at_least(80) else ""
