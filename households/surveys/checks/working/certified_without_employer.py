from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("chỉ số 5 đòi doanh nghiệp tuyển dụng và chứng nhận đào tạo tại chỗ; tự làm thì không có")


def certified_without_employer(seen: Seen, known: Known) -> Iterator[Finding]:
    """Trained on the job by an enterprise for which he does not work."""
    for row in seen.rows:
        if row.yes("certified_on_job") and row.says("work", "own", "seeking", "none"):
            message = f"{row.called} được doanh nghiệp tuyển dụng, chứng nhận đào tạo mà không làm công cho ai: đã xem giấy chưa?"
            rests = row.fields("certified_on_job", "work")
            yield question("certified_without_employer", row.field("certified_on_job"), message, BASIS, *rests)
