"""Who stands on the list of an invented round, why, and as what he is to come out of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from households.areas.models import Area
from households.areas.units import Level
from households.registry.models import Recognition, Residence
from households.surveys.codes import CLOSING, OPENING
from households.surveys.form_models import Why
from households.surveys.models import SurveyRound
from households.surveys.queries import communes_of
from povertyportal.core.periods import on as holding_on

LISTED_AFTER, DECIDED_FROM = timedelta(days=3), (12, 1)
LISTED = ("poor", "near_poor")
FOUND, STOPPED, REFUSED = 0.2, 0.02, 0.02  # of new ones: found on the way; asked in vain, for each household listed
NEW, AVERAGE, WORKER = 0.12, 0.02, 0.01  # in the running round, for each household listed
# What becomes of a household in a year: class of before → shares of the classes after.
NEXT: Mapping[str, Mapping[str, float]] = {
    "poor": {"poor": 0.72, "near_poor": 0.16, "not_poor": 0.10, "average": 0.02},
    "near_poor": {"poor": 0.06, "near_poor": 0.64, "not_poor": 0.26, "average": 0.04},
    "": {"poor": 0.35, "near_poor": 0.35, "not_poor": 0.15, "stopped": 0.15},
}
Kind = tuple[str, str]  # class, and kind of poverty where the standard has kinds


@dataclass(frozen=True, slots=True)
class Place:
    village: str
    local_code: str


@dataclass(frozen=True, slots=True)
class Listed:
    """``home``: what it is known by in any copy of the demonstration. ``classes``: by purpose; empty where it was gone before
    anything was decided. ``stopped``: at Phiếu A."""

    household: int
    why: str
    place: Place
    commune: str
    classes: Mapping[str, Kind] = field(default_factory=dict)
    stopped: bool = False

    @property
    def home(self) -> str:
        return f"{self.place.village} {self.place.local_code}"


class Census:
    """The households of a round's area on the day of listing."""

    def __init__(self, round: SurveyRound, seed: int) -> None:
        self.round, self.seed = round, seed
        self.day: date = round.days.lower + LISTED_AFTER
        self._communes = _villages(round)
        rows = holding_on(Residence.objects.filter(area_code__in=list(self._communes)), self.day)
        self._places = {
            household: Place(village, local)
            for household, village, local in rows.values_list("household_id", "area_code", "local_code")
        }

    def managed(self) -> dict[int, str]:
        """Recognised as poor or near-poor when the round begins: by the latest decision, as no invented one corrects another.
        Simpler than ``listing.LISTABLE``, which is slow before the server has counted the rows of this transaction."""
        rows = holding_on(Recognition.objects.all(), self.round.days.lower).order_by("validity__startswith", "pk")
        latest = dict(rows.values_list("household_id", "klass"))
        return {one: klass for one, klass in latest.items() if klass in LISTED and one in self._places}

    def others(self, listed: Mapping[int, object]) -> list[int]:
        """In an order that depends on the seed alone."""
        found = sorted(self._places.keys() - listed.keys(), key=self._known_by)
        self.rng("others").shuffle(found)
        return found

    def rng(self, *what: object) -> Random:
        return Random(f"{self.seed} {self.round.code} {self.round.area_code} {what}")  # noqa: S311  # nothing secret

    def lives_here(self, household: int) -> bool:
        return household in self._places

    def listed(self, household: int, why: str, classes: Mapping[str, Kind], *, stopped: bool = False) -> Listed:
        place = self._places[household]
        return Listed(household, why, place, self._communes[place.village], classes, stopped)

    def in_order(self, rows: Sequence[Listed]) -> list[Listed]:
        return sorted(rows, key=lambda one: (one.commune, *self._known_by(one.household)))

    def _known_by(self, household: int) -> tuple[str, str, int]:
        """Two of one village may bear one local code; the older one has the lower key in any copy."""
        place = self._places[household]
        return place.village, place.local_code, household


def _villages(round: SurveyRound) -> dict[str, str]:
    """Village → commune."""
    communes = [one.code for one in communes_of(round)]
    rows = holding_on(Area.objects.filter(level=Level.VILLAGE, parent_code__in=communes), round.area_on)
    return dict(rows.values_list("code", "parent_code"))


def finished(census: Census) -> list[Listed]:
    """Of a round whose results were decided: as the decisions say."""
    decided, managed = _decided(census.round), census.managed()
    found = [census.listed(one, why, decided.get(one, {})) for one, why in managed.items()]
    new = [one for one in decided if one not in managed and census.lives_here(one) and _is_listed(decided[one])]
    rng = census.rng("new")
    for one in sorted(new):
        found.append(census.listed(one, Why.FOUND if rng.random() < FOUND else Why.REQUEST, decided[one]))
    return census.in_order([*found, *_in_vain(census, {**managed, **decided}, len(found))])


def _is_listed(classes: Mapping[str, Kind]) -> bool:
    return any(klass in LISTED for klass, _kind in classes.values())


def _in_vain(census: Census, known: Mapping[int, object], listed: int) -> Iterator[Listed]:
    """They asked for a review and were found not to be poor, or were stopped at Phiếu A."""
    bound = dict.fromkeys(_purposes(census.round), ("not_poor", ""))
    stopped, refused = round(listed * STOPPED), round(listed * REFUSED)
    for turn, one in enumerate(census.others(known)[: stopped + refused]):
        yield census.listed(one, Why.REQUEST, bound, stopped=turn < stopped)


def _decided(found: SurveyRound) -> dict[int, dict[str, Kind]]:
    """By household and purpose, in December."""
    purposes = _purposes(found)
    rows = Recognition.objects.filter(year=found.year, standard__in=purposes.values(), corrected_by=None)
    rows = rows.filter(decision_date__gte=date(found.year, *DECIDED_FROM))
    decided: dict[int, dict[str, Kind]] = {}
    for household, standard, klass, kind in rows.values_list("household_id", "standard", "klass", "kind"):
        decided.setdefault(household, {}).update(
            {one: (klass, kind) for one, code in purposes.items() if code == standard}
        )
    for classes in decided.values():
        for purpose in purposes:
            classes.setdefault(purpose, ("not_poor", ""))
    return decided


def _purposes(found: SurveyRound) -> dict[str, str]:
    """Purpose → code of the standard; of the nation's only, as the invented decisions know no other."""
    return {one: row.code for one in (CLOSING, OPENING) if (row := getattr(found, one)) is not None}


def running(census: Census) -> list[Listed]:
    """Of a round that is under way: nobody knows yet what it comes to."""
    managed = census.managed()
    found = [_next(census, one, why, why) for one, why in managed.items()]
    others = iter(census.others(managed))
    for whys, share in (
        ((Why.REQUEST, Why.REQUEST, Why.FOUND), NEW),
        ((Why.AVERAGE,), AVERAGE),
        ((Why.WORKER,), WORKER),
    ):
        for turn in range(round(len(managed) * share)):
            if (one := next(others, None)) is not None:
                found.append(_next(census, one, whys[turn % len(whys)], ""))
    return census.in_order(found)


def _next(census: Census, household: int, why: str, before: str) -> Listed:
    blank = census.listed(household, why, {})
    shares = NEXT[before]
    drawn = census.rng(blank.home).choices(list(shares), list(shares.values()))[0]
    klass = "average" if why in (Why.AVERAGE, Why.WORKER) else drawn
    told = "not_poor" if klass == "stopped" else klass
    classes = dict.fromkeys(_purposes(census.round), (told, ""))
    return census.listed(household, why, classes, stopped=klass == "stopped")
