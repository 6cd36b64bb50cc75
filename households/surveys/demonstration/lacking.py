"""What an invented household may lack, each as a change of its answers. Plain Python."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from households.criteria.questionnaire.sheet import NONE_OF_ALL
from households.surveys.demonstration.people import NO, PUPIL, VOCATIONAL, WORKING, YES, YOUNG, Soul

Flat = dict[str, str]
Lack = Callable[[Flat, Sequence[Soul], Random], None]
LEFT, LEFT_EARLY = 0.6, 0.3  # of the young, where somebody left school: shares of them


def house_of(people: int, rng: Random, this_year: Random) -> Flat:
    """Of a household that lacks nothing; by name of the question. ``this_year``: for what may be another next year."""
    return {
        "walls": "durable", "columns": "durable", "roof": "durable",
        "house_class": "solid" if rng.random() < 0.3 else "semi_solid",
        "floor_area": str(max(people * 9, rng.randint(36, 98))),
        "water_source": _one(rng, "tap", "drilled_well", "protected_spring", "protected_spring"),
        "toilet": _one(rng, "septic", "pour_flush", "double_vault"),
        "internet": YES, "phone": YES, "devices": _one(this_year, "tv,smartphone", "smartphone", "tv,telephone,smartphone"),
        "loudspeaker": YES, "farming": YES if rng.random() < 0.85 else NO,
    }  # fmt: skip


def _one(rng: Random, *words: str) -> str:
    return words[int(rng.random() * len(words))]


def _of_somebody(column: str, value: str, low: int, high: int, share: float) -> Lack:
    """One of the members of that age, others with some chance."""

    def lack(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
        for turn, one in enumerate(sorted(_aged(souls, low, high), key=lambda one: rng.random())):
            if turn == 0 or rng.random() < share:
                flat[one.cell(column)] = value

    return lack


def _aged(souls: Sequence[Soul], low: int, high: int) -> list[Soul]:
    return [one for one in souls if low <= one.years < high]


def _work(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    able = [one for one in _aged(souls, WORKING, 55) if flat.get(one.cell("work")) == "own"]
    if able:
        flat[able[int(rng.random() * len(able))].cell("work")] = "seeking" if rng.random() < 0.4 else "no_contract"


def _schooling(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    """Some left school early; each stays with the diploma that he has."""
    for one in _aged(souls, PUPIL - 1, YOUNG):
        chance = one.chance("left school")
        if chance > LEFT or one.chance("vocational") < VOCATIONAL:
            continue
        flat[one.cell("education")] = "primary" if chance < LEFT_EARLY else "lower_secondary"
        if one.years < PUPIL:  # the last year of those who still learn
            flat[one.cell("studying")] = "lower_secondary" if chance < LEFT_EARLY else "upper_secondary"
            continue
        flat[one.cell("studying")] = NO
        if flat.get(one.cell("work")) == "none" and flat.get(one.cell("can_work")) == YES:
            flat[one.cell("work")] = "own"


def _attendance(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    for one in _aged(souls, 3, PUPIL)[:1]:
        flat[one.cell("studying")] = NO


def _house(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    flat |= {"h-walls": "not_durable", "h-columns": "not_durable", "h-house_class": _one(rng, "temporary", "simple")}
    if rng.random() < 0.4:
        flat["h-roof"] = "not_durable"


def _room(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    flat["h-floor_area"] = str(max(6, len(souls) * rng.randint(5, 7)))


def _toilet(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    flat["h-toilet"] = "none" if rng.random() < 0.3 else "other"


def _water(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    """Nor is there water to flush with."""
    flat |= {"h-water_source": "other", "h-toilet": "double_vault"}


def _internet(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    flat |= {
        "h-internet": NO,
        "h-phone": YES if rng.random() < 0.3 else NO,
        "h-devices": _one(rng, "tv", "tv,telephone"),
    }


def _means(flat: Flat, souls: Sequence[Soul], rng: Random) -> None:
    flat |= {"h-devices": NONE_OF_ALL, "h-loudspeaker": NO, "h-internet": NO}


LASTING = ("schooling", "house", "room", "water", "toilet")  # the same from year to year, whatever else changes
# How often a poor household lacks it, beside the others; in this order, as some answers depend on each other.
LACKS: Mapping[str, tuple[float, Lack]] = {
    "water": (0.2, _water),
    "toilet": (0.3, _toilet),
    "internet": (1.0, _internet),
    "means": (0.8, _means),
    "work": (1.0, _work),
    "nutrition": (0.5, _of_somebody("nutrition", "stunted", 0, PUPIL, 0.1)),
    "attendance": (0.15, _attendance),
    "insurance": (0.06, _of_somebody("health_insurance", NO, 19, 75, 0.3)),
    "care": (0.25, _of_somebody("health_care", "untreated", 0, 100, 0.05)),
    "schooling": (0.3, _schooling),
    "house": (0.2, _house),
    "room": (0.1, _room),
}
