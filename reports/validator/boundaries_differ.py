from collections.abc import Iterator

from povertyportal.vietnamese import format_date
from reports.tables import Finding
from reports.validator.evidence import Evidence, finding


def boundaries_differ(evidence: Evidence) -> Iterator[Finding]:
    """Figures of the same territory that were stated on several days' maps, or on another day than the report's map."""
    days = sorted({figure.key.boundary_on for figure in evidence.figures})
    asked = evidence.report.scope.boundary_on
    if days and days != [asked]:
        named = ", ".join(format_date(day) for day in days)
        message = (
            f"Báo cáo lập theo địa giới ngày {format_date(asked)}; số liệu được công bố theo địa giới ngày {named}. "
            "Đơn vị hành chính không thay đổi giữa các ngày này theo danh mục của cổng thông tin."
        )
        yield finding("boundaries_differ", "note", message, evidence)
