from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("số người đổi nhiều thường là tách hộ, nhập hộ chưa ghi, hoặc bỏ sót dòng khi nhập")
MOST = 3


def many_came_or_went(seen: Seen, known: Known) -> Iterator[Finding]:
    """Three or more people of difference to the registry."""
    here, now = len(known.members), len(seen.rows)
    if here and now and abs(now - here) >= MOST:
        message = f"Sổ hộ có {here} người, phiếu có {now}: bỏ sót dòng, hay hộ đã tách, nhập mà chưa ghi biến động?"
        rests = [row.field("name") for row in seen.rows]
        yield question("many_came_or_went", rests[0], message, BASIS, *rests, facts=f"{here}")
