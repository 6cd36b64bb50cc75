from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("người thuê trọ, làm thuê ăn ở riêng không chung thu chi thì không phải thành viên hộ")


def not_related(seen: Seen, known: Known) -> Iterator[Finding]:
    """Somebody of no kin: a member only if they live on one purse."""
    for row in seen.related("not_related"):
        message = f"{row.called} không họ hàng với chủ hộ: có ăn ở, thu chi chung với hộ không?"
        yield hint("not_related", row.field("relation"), message, BASIS)
