from collections.abc import Iterator

from povertyportal.vietnamese import day_in_text
from reports.tables import Finding
from reports.validator.evidence import Evidence, finding


def boundaries_differ(evidence: Evidence) -> Iterator[Finding]:
    """Figures stated on several days' maps, or on another day than the report's map: of a unit that is known to have been
    the same on those days, or of one of which that is not known."""
    days = sorted({figure.key.boundary_on for figure in evidence.figures})
    scope = evidence.report.scope
    if days and days != [scope.boundary_on]:
        told = (
            f"Báo cáo lập theo địa giới ngày {day_in_text(scope.boundary_on)}; "
            f"số liệu được công bố theo địa giới ngày {', '.join(map(day_in_text, days))}. "
        )
        known = {figure.same_since for figure in evidence.figures} == {scope.same_since}
        yield finding("boundaries_differ", "note", told + (_SAME if known else _NOT_KNOWN), evidence)


_SAME = "Đơn vị hành chính không thay đổi giữa các ngày này theo danh mục của cổng thông tin."
_NOT_KNOWN = (
    "Chưa rõ đơn vị hành chính có thay đổi giữa các ngày này hay không: danh mục của cổng thông tin không có nguồn cho mọi "
    "ngày đó. Số liệu theo các địa giới này không được trừ cho nhau; cần kiểm tra địa giới trước khi so sánh."
)
