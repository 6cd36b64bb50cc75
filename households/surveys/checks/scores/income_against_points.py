from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_number

BASIS = experience("điểm B1 thay cho thu nhập; hai cách ước lượng không được trái nhau")
FIELD = "income_month"


def income_against_points(seen: Seen, known: Known) -> Iterator[Finding]:
    """The income that was asked for another standard, against the points of the closing one."""
    outcome, income = seen.outcome(), seen.number(FIELD)
    if outcome is None or outcome.told is None or income is None:
        return
    points, mark, line = outcome.told.result.scores.b1, seen.score_line_of(outcome), seen.line_of(outcome)
    if points is None or mark is None or line is None or (points <= mark) == (income <= line):
        return
    above = "trên" if income > line else "từ chuẩn trở xuống"
    message = (
        f"Thu nhập {format_number(income)} đồng/người/tháng là {above} chuẩn {format_number(line)}, trong khi B1 "
        f"{points} điểm (ngưỡng {mark}) cho kết quả ngược lại: ô nào chưa đúng?"
    )
    yield question(
        "income_against_points", FIELD, message, BASIS, FIELD, f"{outcome.applied.code}:b1", facts=str(points)
    )
