from collections.abc import Iterator

from households.surveys.checks.basis import NUMBER
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import fold


def number_of_another(seen: Seen, known: Known) -> Iterator[Finding]:
    """The number stands with another person of the registry. His name is told only where it is the same."""
    for row in seen.rows:
        field = row.field("identity")
        other = known.others.get(field)
        if other is None or field not in seen.answers:
            continue
        if fold(other) == fold(row.text("name")):
            message = "Số này đã có trong sổ ở một người cùng tên: có thể là một người ghi ở hai hộ; hãy hỏi lại hộ."
        else:
            message = "Số này đã có trong sổ ở một người khác: xem lại số trên thẻ căn cước."
        yield question("number_of_another", field, message, NUMBER, field, row.field("name"))
