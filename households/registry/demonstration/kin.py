"""Invented people and how they are related. Plain Python; relations are the words of registry/codes.py."""

from dataclasses import dataclass
from datetime import date

HEAD, SPOUSE, CHILD, CHILD_IN_LAW = "head", "spouse", "child", "child_in_law"
PARENT, PARENT_IN_LAW, GRANDCHILD, GRANDPARENT = "parent", "parent_in_law", "grandchild", "grandparent"
SIBLING, OTHER_RELATIVE = "sibling", "other_relative"


@dataclass(slots=True, eq=False)
class Person:
    """``family``: the name that children take on. ``born``: where the day is not known, any day of that year."""

    key: int
    full_name: str
    family: str
    female: bool
    born: date
    group: str
    day_known: bool = True
    father: "Person | None" = None
    mother: "Person | None" = None
    partner: "Person | None" = None
    identity: str = ""
    old_identity: str = ""
    insurance: str = ""
    no_identity_reason: str = ""
    died_on: date | None = None

    @property
    def parents(self) -> "tuple[Person, ...]":
        return tuple(one for one in (self.father, self.mother) if one is not None)

    def age(self, day: date) -> int:
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


def marry(one: Person, other: Person) -> None:
    one.partner, other.partner = other, one


def relation(head: Person, other: Person) -> str:
    """What ``other`` is to the head of the household."""
    if other is head:
        return HEAD
    if other.partner is head:
        return SPOUSE
    return _of_descent(head, other) or _by_marriage(head, other) or OTHER_RELATIVE


def _of_descent(head: Person, other: Person) -> str:
    if head in other.parents or (head.partner is not None and head.partner in other.parents):
        return CHILD
    if other in head.parents:
        return PARENT
    if any(head in one.parents or (head.partner and head.partner in one.parents) for one in other.parents):
        return GRANDCHILD
    if any(other in one.parents for one in head.parents):
        return GRANDPARENT
    return SIBLING if set(head.parents) & set(other.parents) else ""


def _by_marriage(head: Person, other: Person) -> str:
    partner = other.partner
    if partner is not None and _of_descent(head, partner) == CHILD:
        return CHILD_IN_LAW
    return PARENT_IN_LAW if head.partner is not None and other in head.partner.parents else ""
