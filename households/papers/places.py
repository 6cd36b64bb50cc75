"""The lines at the head of a form that name where the household lives."""

from collections.abc import Mapping

from households.areas.units import Level
from households.criteria.law.parts import Purpose, Standard

LAST_YEAR_OF_DISTRICTS = 2024  # no district since 1/7/2025
TITLES = {
    Level.PROVINCE: "Tỉnh/thành phố",
    Level.DISTRICT: "Huyện/quận/thị xã",
    Level.COMMUNE: "Xã/phường",
    Level.VILLAGE: "Thôn/tổ dân phố",
}


def place_lines(standard: Standard, names: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """What each line is called and what stands on it, by level; nothing on a blank form."""
    last = max((one.last for one in standard.applications if one.purpose is Purpose.CLOSING), default=0)
    known = names or {}
    return tuple(
        (title, known.get(level.value, ""))
        for level, title in TITLES.items()
        if level is not Level.DISTRICT or level.value in known or 0 < last <= LAST_YEAR_OF_DISTRICTS
    )
