"""What people enter about persons and places, before anything of it is checked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from households.registry.codes import Relation

KEEP: Final = "="  # in place of a number: as it is


@dataclass(frozen=True, slots=True)
class MemberData:
    """``person``: the key of somebody the portal knows already, and whose details stand; then only ``relation`` counts.

    ``despite_twin``: the number is known to stand with another person too, and is written all the same.
    """

    full_name: str = ""
    relation: str = Relation.UNKNOWN.value
    sex: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    ethnicity: str = ""
    identity: str = field(default="", repr=False)
    old_identity: str = field(default="", repr=False)
    insurance: str = field(default="", repr=False)
    no_identity_reason: str = ""
    person: int | None = None
    despite_twin: bool = False


@dataclass(frozen=True, slots=True)
class PersonData:
    """A person as he should stand. A number: ``KEEP``, "" (taken away) or as typed."""

    full_name: str
    sex: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    ethnicity: str = ""
    identity: str = field(default=KEEP, repr=False)
    old_identity: str = field(default=KEEP, repr=False)
    insurance: str = field(default=KEEP, repr=False)
    no_identity_reason: str = ""
    despite_twin: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """``area_code``: a village's, or its commune's where the village is not known."""

    area_code: str
    address: str = ""
    local_code: str = ""
