"""The lines at the head of a form that name where the household lives."""

from households.criteria.law.parts import Purpose, Standard

LAST_YEAR_OF_DISTRICTS = 2024  # no district since 1/7/2025


def place_lines(standard: Standard) -> tuple[str, ...]:
    last = max((one.last for one in standard.applications if one.purpose is Purpose.CLOSING), default=0)
    district = ("Huyện/quận/thị xã",) if last and last <= LAST_YEAR_OF_DISTRICTS else ()
    return ("Tỉnh/thành phố", *district, "Xã/phường", "Thôn/tổ dân phố")
