"""The households that are there when a demonstration begins. Plain Python."""

from random import Random

from households.registry.demonstration.kin import Person, marry
from households.registry.demonstration.naming import weighted
from households.registry.demonstration.people import Nursery

# How often a household is of a kind, out of 100.
_KINDS = weighted({"alone": 8, "one_parent": 6, "couple": 58, "three_generations": 20, "with_parent": 8})
OLDEST_CHILD, YOUNGEST_FATHER = 24, 20
Family = tuple[Person, list[Person]]  # the head; all of them, head first


def family(nursery: Nursery, group: str) -> Family:
    return _MADE[_KINDS.draw(nursery.rng)](nursery, group)


def _alone(nursery: Nursery, group: str) -> Family:
    rng = nursery.rng
    age = rng.uniform(60, 86) if rng.random() < 0.75 else rng.uniform(28, 60)
    one = nursery.person(female=rng.random() < 0.6, age=age, group=group)
    return one, [one]


def _one_parent(nursery: Nursery, group: str) -> Family:
    mother = nursery.person(female=True, age=nursery.rng.uniform(26, 50), group=group)
    return mother, [mother, *children(nursery, None, mother, most=3)]


def _couple(nursery: Nursery, group: str) -> Family:
    husband, wife = nursery.couple(age=_middle_age(nursery.rng), group=group)
    return husband, [husband, wife, *children(nursery, husband, wife, most=5)]


def _three_generations(nursery: Nursery, group: str) -> Family:
    husband, wife = nursery.couple(age=nursery.rng.uniform(49, 70), group=group)
    younger = min(husband.age(nursery.day), wife.age(nursery.day))
    age = max(22.0, younger - nursery.rng.uniform(20.5, 27))
    son = nursery.person(female=False, age=age, group=group, family=husband.family)
    son.father, son.mother = husband, wife
    bride = nursery.person(female=True, age=max(19.0, son.age(nursery.day) - nursery.rng.uniform(0, 4)), group=group)
    marry(son, bride)
    return husband, [husband, wife, son, bride, *children(nursery, son, bride, most=3)]


def _with_parent(nursery: Nursery, group: str) -> Family:
    head, everybody = _couple(nursery, group)
    age = head.age(nursery.day) + nursery.rng.uniform(21, 30)
    if age > 92:
        return head, everybody
    mother = nursery.person(female=True, age=age, group=group)
    head.mother = mother
    return head, [*everybody, mother]


_MADE = {
    "alone": _alone,
    "one_parent": _one_parent,
    "couple": _couple,
    "three_generations": _three_generations,
    "with_parent": _with_parent,
}


def children(nursery: Nursery, father: Person | None, mother: Person, *, most: int) -> list[Person]:
    """Those who live at home: the eldest was born when the mother was about twenty, each two to five years after the last."""
    rng, found = nursery.rng, list[Person]()
    age = mother.age(nursery.day) - rng.uniform(18.5, 25)
    if father is not None:
        age = min(age, father.age(nursery.day) - YOUNGEST_FATHER)
    for _turn in range(most):
        if age <= 0 or rng.random() < 0.12:
            break
        if age < OLDEST_CHILD:
            born = nursery.day.toordinal() - max(1, int(age * 365.2425))
            found.append(nursery.child(father, mother, nursery.day.fromordinal(born), on=nursery.day, siblings=found))
        age -= rng.uniform(1.6, 5)
    return found


def _middle_age(rng: Random) -> float:
    return min(68.0, max(21.0, rng.gauss(41, 10)))
