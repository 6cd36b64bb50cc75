"""Who reports to whom, in the words of Decree 30/2020/NĐ-CP."""

from datetime import date

from povertyportal.documents.parts import Letterhead, Signatory
from povertyportal.documents.unit_names import in_date_line
from reports.definitions.base import Place
from reports.tables import Scope

# Poverty reduction moved between the ministries on this day (Decree 35/2025/NĐ-CP).
_MINISTRY_CHANGED = date(2025, 3, 1)


def committee(in_text: str) -> str:
    return f"Ủy ban nhân dân {in_text}"


def letterhead(place: Place, scope: Scope, subject: str) -> Letterhead:
    return Letterhead(
        parent_body=committee(place.parent_in_text) if place.parent_name else "",
        issuing_body=committee(place.in_text),
        symbol="BC-UBND",
        place=place_name(place),
        kind="Báo cáo",
        subject=subject,
        recipients=(
            _superior(place, max(scope.on, scope.period_to)),
            f"Các thành viên {committee(place.in_text)}",
            "Lưu: VT",
        ),
        signatory=Signatory("TM. Ủy ban nhân dân", "Chủ tịch"),
    )


def place_name(place: Place) -> str:
    return in_date_line(place.type, place.name)


def _superior(place: Place, on: date) -> str:
    if place.parent_name:
        return f"{committee(place.parent_in_text)} (để báo cáo)"
    old, new = "Bộ Lao động - Thương binh và Xã hội", "Bộ Nông nghiệp và Môi trường"
    return f"{old if on < _MINISTRY_CHANGED else new} (để báo cáo)"
