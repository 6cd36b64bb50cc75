"""Who a paper comes from: the commune on a day's map, what lies above it, and its values in a text."""

from dataclasses import dataclass
from datetime import date

from households.areas.units import VILLAGE_TYPES, Level, split_name
from households.papers.review.layout.parts import Head
from households.registry.places import Named, PlaceName, named_place
from povertyportal.documents.unit_names import in_date_line, named
from povertyportal.documents.wording import NBSP, body_name
from povertyportal.vietnamese import date_in_words

BLANK_DATE = "ngày ..... tháng ..... năm ........"
BOARD = "Ban Chỉ đạo rà soát"


@dataclass(frozen=True, slots=True)
class Issuer:
    """``commune``, ``parent``: as a sentence names them ("xã Trường Hà", "tỉnh Cao Bằng"); ``place``: in front of a date;
    ``above``: of a place to live in, "huyện Hà Quảng, tỉnh Cao Bằng"."""

    code: str
    commune: str
    parent: str
    place: str
    above: str = ""

    def lived(self, address: str, village: str) -> str:
        """Where somebody lives, as a sentence names it; a commune without villages is named once."""
        near = village_in_text(village)
        return ", ".join(filter(None, (address, near if near != self.commune else "", self.commune, self.above)))

    @property
    def committee(self) -> str:
        return committee(self.commune)

    def head(self, *, reference: str = "", on: date | None = None, body: str = "") -> Head:
        """``body``: another than the committee, which then stands above it."""
        above = self.committee if body else (committee(self.parent) if self.parent else "")
        return Head(body_name(above), body_name(body or self.committee), reference, self.place, day_line(on))

    def board(self, *, on: date | None = None) -> Head:
        return self.head(on=on, body=f"{BOARD} {self.commune.replace(' ', NBSP)}")

    def values(self) -> dict[str, str | None]:
        return {"xa": self.commune, "uy_ban": self.committee, "cap_tren": self.parent}


def committee(unit: str) -> str:
    return f"Ủy ban nhân dân {unit}"


def day_line(on: date | None) -> str:
    return date_in_words(on) if on else BLANK_DATE


def issuer(code: str, *, on: date) -> Issuer:
    """Of a commune's code on the map of the day; 1 query."""
    return issuer_of(named_place(code, on=on))


def issuer_of(place: PlaceName) -> Issuer:
    commune = place.commune
    if commune is None:
        return Issuer(place.code, place.near, "", place.near)
    above = _above(place, commune)
    kind, name = split_name(commune.name)
    return Issuer(
        commune.code, named(kind, name), above[0] if above else "", in_date_line(kind, name), ", ".join(above)
    )


def _above(place: PlaceName, commune: Named) -> list[str]:
    """The district while there are any, the province."""
    later = place.chain[place.chain.index(commune) + 1 :]
    return [named(*split_name(one.name)) for one in later if one.level in (Level.DISTRICT, Level.PROVINCE)]


def superior_issuer(place: PlaceName, level: str) -> Issuer:
    """Who answers: the unit of this level above the commune, with what lies above it."""
    own = next((one for one in place.chain if one.level == level), None)
    if own is None:
        return Issuer("", "", "", "")
    kind, name = split_name(own.name)
    above = next((one for one in place.chain if own.level == Level.DISTRICT and one.level == Level.PROVINCE), None)
    return Issuer(
        own.code, named(kind, name), named(*split_name(above.name)) if above else "", in_date_line(kind, name)
    )


def village_in_text(name: str) -> str:
    """ "thôn Nà Mạ" inside a sentence."""
    kind = next((one for one in sorted(VILLAGE_TYPES, key=len, reverse=True) if name.startswith(f"{one} ")), "")
    return named(kind, name[len(kind) + 1 :]) if kind else name
