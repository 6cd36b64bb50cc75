from collections.abc import Iterator

from households.surveys.checks.basis import FORM_B
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Row, Seen

ASKED = {"relation": "quan hệ với chủ hộ", "sex": "giới tính"}
NOT_SAID = ("", "unknown")


def roster_complete(seen: Seen, known: Known) -> Iterator[Finding]:
    """Name, relation and sex of everybody, the ethnicity of the head: lists and tables are made of these."""
    for row in seen.rows:
        for column, words in _asked(row).items():
            if row.text(column) in NOT_SAID:
                message = f"{row.called[:1].upper()}{row.called[1:]}: chưa ghi {words}."
                yield error("roster_complete", row.field(column), message, FORM_B)


def _asked(row: Row) -> dict[str, str]:
    found = {"name": "họ và tên"} | ASKED
    return found | {"ethnicity": "dân tộc của chủ hộ"} if row.relation == "head" else found
