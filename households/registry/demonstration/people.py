"""Invented people as they come into being: born, married in, or there from the beginning. Plain Python."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from households.registry.demonstration.invented_numbers import InventedNumbers
from households.registry.demonstration.kin import Person, marry
from households.registry.demonstration.naming import groups_of, names

NEIGHBOURS = {"04": ("06", "20", "02"), "22": ("31", "30", "24")}  # where some of the older people were born
ADULT, GROWN, YEAR = 16, 18, 365.2425
DRAWN_AGAIN = 8
SHARE_NO_NUMBER, SHARE_YEAR_ONLY, SHARE_FROM_ELSEWHERE = 0.03, 0.3, 0.06
YEAR_ONLY_BEFORE = 1962


@dataclass
class Nursery:
    """Makes people of one province. ``day``: the day on which the first households are there."""

    rng: Random
    household_keys: Iterator[int]
    keys: Iterator[int]
    numbers: InventedNumbers
    province: str
    day: date

    def group(self) -> str:
        return groups_of(self.province).draw(self.rng)

    def person(self, *, female: bool, age: float, group: str, family: str = "", on: date | None = None) -> Person:
        """Of that age on the day, give or take half a year."""
        spread = timedelta(days=int((age + self.rng.random() - 0.5) * YEAR))
        return self._made(female, (on or self.day) - max(spread, timedelta(days=1)), group, family, on or self.day)

    def child(
        self, father: Person | None, mother: Person, born: date, *, on: date, siblings: Iterable[Person] = ()
    ) -> Person:
        """Called like neither a parent nor one of the ``siblings``."""
        female = self.rng.random() < 0.485  # girls among the born
        family = (father or mother).family
        one = self._made(female, born, (father or mother).group, family, on)
        one.father, one.mother = father, mother
        self._call_apart(one, [*one.parents, *siblings])
        return one

    def couple(self, *, age: float, group: str, on: date | None = None, family: str = "") -> tuple[Person, Person]:
        husband = self.person(female=False, age=age, group=group, on=on, family=family)
        wife = self.person(
            female=True,
            age=max(GROWN + 0.6, age - 2 + max(-5, min(5, self.rng.gauss(0, 2.5)))),
            group=self._also(group),
            on=on,
        )
        marry(husband, wife)
        return husband, wife

    def bride(self, groom: Person, day: date) -> Person:
        age = max(GROWN + 0.6, min(38.0, groom.age(day) - 2 + self.rng.gauss(0, 2)))
        wife = self.person(female=True, age=age, group=self._also(groom.group), on=day)
        marry(groom, wife)
        return wife

    def _also(self, group: str) -> str:
        return group if self.rng.random() < 0.88 else self.group()

    def _made(self, female: bool, born: date, group: str, family: str, day: date) -> Person:
        """What is known of the person on the day on which it is first written down."""
        stock = names()[group]
        family = family or stock.families.draw(self.rng)
        one = Person(next(self.keys), stock.draw(self.rng, female=female, family=family), family, female, born, group)
        one.day_known = born.year > YEAR_ONLY_BEFORE or self.rng.random() > SHARE_YEAR_ONLY
        self._number(one, one.age(day))
        return one

    def _call_apart(self, one: Person, others: Iterable[Person]) -> None:
        taken = {other.full_name.rpartition(" ")[2] for other in others}
        for _turn in range(DRAWN_AGAIN):
            if one.full_name.rpartition(" ")[2] not in taken:
                return
            one.full_name = names()[one.group].draw(self.rng, female=one.female, family=one.family)

    def _number(self, one: Person, age: int) -> None:
        chance = self.rng.random()
        if chance < SHARE_NO_NUMBER:
            one.no_identity_reason = "Trẻ em chưa được cấp số" if age < ADULT else "Chưa làm thủ tục cấp căn cước"
        else:
            one.identity = self.numbers.personal(self._birth_place(age), year=one.born.year, female=one.female)
        if age > ADULT and chance > 0.92:
            one.old_identity = self.numbers.old()
        if chance < 0.1:
            one.insurance = self.numbers.insurance()

    def _birth_place(self, age: int) -> str:
        near = NEIGHBOURS.get(self.province, ())
        if age > ADULT and near and self.rng.random() < SHARE_FROM_ELSEWHERE:
            return near[int(self.rng.random() * len(near))]
        return self.province
