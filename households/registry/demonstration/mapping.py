"""Where a demonstration takes place: communes of the map, and villages for those that have none in the portal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise, zip_longest
from random import Random

from django.db.models import F, Q

from households.areas.changes.writing import new_row
from households.areas.models import Area, AreaSuccession
from households.areas.units import Confidence, Extent, Level, Version
from households.registry.demonstration.book import Village
from households.registry.demonstration.classes import YearLaw
from households.registry.demonstration.district import CommunePlan, DistrictPlan
from households.registry.demonstration.naming import village_names, village_type
from povertyportal.core.periods import on as holding_on

FIRST_PROVINCE, FIRST_DISTRICT, FIRST_COMMUNE = "04", "045", "01392"  # Cao Bằng; Hà Quảng; today's Trường Hà
IN_A_COMMUNE, LEAST_IN_A_COMMUNE = 300, 20  # households
IN_A_VILLAGE, MOST_VILLAGES = 25, 12
TOWNS = ("Thị trấn", "Phường")

Step = tuple[date, Area, AreaSuccession | None]  # from when on the land lies in the unit, by which act


@dataclass
class Ground:
    """``villages`` and ``links``: rows to be made, unsaved; a link's two versions by (code, start)."""

    districts: list[DistrictPlan] = field(default_factory=list)
    villages: list[Version] = field(default_factory=list)
    links: list[tuple[str, date, date, AreaSuccession]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """``today``: the villages are carried through every change of the map until then."""

    seed: int
    households: int
    first_day: date
    today: date
    laws: Mapping[int, YearLaw]

    @property
    def source(self) -> str:
        return f"Dữ liệu minh họa, hạt giống {self.seed}"


def ground(asked: Asked) -> Ground:
    """Hà Quảng first, then the other districts of Cao Bằng, then province by province, until all find room."""
    found, left = Ground(), asked.households
    for district in _districts(asked.first_day):
        if not left:
            break
        walks = _walks(district, asked)
        count = min(left, len(walks) * IN_A_COMMUNE)
        if count:
            found.districts.append(_district(district, walks, count, asked, found))
            left -= count
    return found


def _districts(day: date) -> list[Area]:
    rows = list(holding_on(Area.objects.filter(level=Level.DISTRICT), day))
    return sorted(
        rows, key=lambda one: (one.code != FIRST_DISTRICT, one.parent_code != FIRST_PROVINCE, one.parent_code, one.code)
    )


def _walks(district: Area, asked: Asked) -> list[list[Step]]:
    """Of each commune, what its land became; one of each of today's communes first, Trường Hà's before all."""
    rows = holding_on(Area.objects.filter(parent_code=district.code, level=Level.COMMUNE), asked.first_day)
    by_today: dict[str, list[list[Step]]] = defaultdict(list)
    for commune in rows.order_by("code"):
        walk = list(_walk(commune, asked))
        if _still_there(walk[-1][1], asked.today):
            by_today[walk[-1][1].code].append(walk)
    groups = [by_today[code] for code in sorted(by_today, key=lambda code: (code != FIRST_COMMUNE, code))]
    return [walk for walk in chain.from_iterable(zip_longest(*groups)) if walk]


def _walk(commune: Area, asked: Asked) -> Iterator[Step]:
    step: Step = (asked.first_day, commune, None)
    yield step
    while not _still_there(step[1], asked.today):
        links = step[1].successions.filter(on_date__lte=asked.today).select_related("to_area")
        link = links.order_by(F("extent").desc(), "to_area__code").first()  # "whole" comes before "part"
        if link is None:
            return
        step = (link.on_date, link.to_area, link)
        yield step


def _still_there(unit: Area, today: date) -> bool:
    return unit.validity.upper is None or unit.validity.upper > today


def _district(district: Area, walks: Sequence[list[Step]], count: int, asked: Asked, found: Ground) -> DistrictPlan:
    rng = Random(f"{asked.seed} {district.code} map")  # noqa: S311  # nothing secret
    sizes = _shared_out(count, walks, rng)
    homes = _Homes(district, asked, found, rng, sum(_villages_for(size) for size in sizes))
    communes = [
        CommunePlan(walk[0][1].code, tuple(homes.of_commune(walk, size)), size)
        for walk, size in zip(walks, sizes, strict=False)
    ]
    return DistrictPlan(district.code, district.parent_code, tuple(communes), asked.first_day, asked.laws)


def _shared_out(count: int, walks: Sequence[list[Step]], rng: Random) -> list[int]:
    """Not all alike, and none too small to be looked at."""
    communes = min(len(walks), max(1, count // LEAST_IN_A_COMMUNE))
    weights = [rng.uniform(0.6, 1.4) for _walk in range(communes)]
    bounds = [0, *(round(count * sum(weights[: turn + 1]) / sum(weights)) for turn in range(communes))]
    return [high - low for low, high in pairwise(bounds)]


def _villages_for(households: int) -> int:
    return max(2, min(MOST_VILLAGES, round(households / IN_A_VILLAGE)))


class _Homes:
    """Villages of one district: those that the portal has, else new ones, no two of one name."""

    def __init__(self, district: Area, asked: Asked, found: Ground, rng: Random, most: int) -> None:
        self._province, self._asked, self._found = district.parent_code, asked, found
        taken = Area.objects.filter(level=Level.VILLAGE, parent_code__startswith=FIRST_COMMUNE[:2])
        named = list(taken.values_list("name", flat=True).distinct())
        self._names = iter(village_names(rng, self._province, most, taken=named))

    def of_commune(self, walk: Sequence[Step], households: int) -> Iterable[Village]:
        count = _villages_for(households)
        known = list(self._known(walk[0][1].code))
        return known[:count] if known else [self._new(walk, number) for number in self._numbers(walk, count)]

    def _known(self, commune: str) -> Iterator[Village]:
        """Those of the first day that are still there."""
        rows = Area.objects.filter(level=Level.VILLAGE)
        first = holding_on(rows.filter(parent_code=commune), self._asked.first_day).order_by("code")
        for village in first:
            later = Q(validity__startswith__gt=self._asked.first_day, validity__startswith__lte=self._asked.today)
            lives = list(rows.filter(later, code=village.code).order_by("validity"))
            if _still_there([village, *lives][-1], self._asked.today):
                steps = [(self._asked.first_day, commune), *((one.validity.lower, one.parent_code) for one in lives)]
                yield Village(village.code, tuple(steps), village.type == village_type(self._province, town=True))

    def _numbers(self, walk: Sequence[Step], count: int) -> Iterator[str]:
        code = walk[0][1].code
        used = Area.objects.filter(code__startswith=f"{code}-").values_list("code", flat=True)
        last = max((int(one.partition("-")[2]) for one in used), default=0)
        return (f"{code}-{last + number:03}" for number in range(1, count + 1))

    def _new(self, walk: Sequence[Step], code: str) -> Village:
        town = walk[0][1].type in TOWNS
        kind, name = village_type(self._province, town=town), next(self._names)
        steps = [one for turn, one in enumerate(walk) if not turn or one[1].code != walk[turn - 1][1].code]
        for turn, (start, unit, link) in enumerate(steps):
            end = steps[turn + 1][0] if turn + 1 < len(steps) else None
            basis = link.legal_basis if link else self._asked.source
            self._found.villages.append(
                Version(code, Level.VILLAGE, kind, name, unit.code, start, end, basis, self._asked.source)
            )
            if link is not None:
                self._found.links.append((code, steps[turn - 1][0], start, link))
        return Village(code, tuple((start, unit.code) for start, unit, _link in steps), town)


def make_villages(found: Ground, *, source: str) -> None:
    """Call inside ``acting``, with nobody else at the map (areas.changes.writing.one_at_a_time)."""
    rows = Area.objects.bulk_create([new_row(version) for version in found.villages], batch_size=2000)
    by_start = {(row.code, row.validity.lower): row for row in rows}
    AreaSuccession.objects.bulk_create(
        [
            AreaSuccession(
                from_area=by_start[code, start], to_area=by_start[code, on], on_date=on, extent=Extent.WHOLE.value,
                legal_basis=link.legal_basis, source=source, confidence=Confidence.UNSURE.value,
            )
            for code, start, on, link in found.links
        ],
        batch_size=2000,
    )  # fmt: skip
