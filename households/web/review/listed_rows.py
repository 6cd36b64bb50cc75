"""Households of a list as pages show them: the words of their classes, what differs, where to look further."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.registry.codes import RecognisedClass
from households.review.listed import LISTED_CLASSES, Listed

WORDS = dict(RecognisedClass.choices)


def klass_words(klass: str) -> str:
    """ "" where nothing is known."""
    if klass == "worker":
        return _("người lao động có thu nhập thấp")
    return str(WORDS.get(klass, klass))


@dataclass(frozen=True, slots=True)
class Row:
    """``remark``: typed by the superior; ``found``: some finding is about it."""

    row: Listed
    remark: str = ""
    found: bool = False

    @property
    def klass(self) -> str:
        return klass_words(self.row.klass or self.row.about)

    @property
    def before(self) -> str:
        return klass_words(self.row.before)

    @property
    def computed(self) -> str:
        return klass_words(self.row.computed)


@dataclass(frozen=True, slots=True)
class Summed:
    """How many of the list are what; only for the head of a page."""

    title: str
    count: int


def summed(rows: Sequence[Listed]) -> list[Summed]:
    """By what would be recognised, those that left last."""
    assessed = [one for one in rows if one.assessed]
    found = [
        Summed(klass_words(klass), len([one for one in assessed if one.klass == klass and not one.about]))
        for klass in LISTED_CLASSES
    ]
    left = [one for one in assessed if one.left]
    others = [one for one in assessed if one.klass not in LISTED_CLASSES and not one.left]
    found += [Summed(_("ra khỏi danh sách"), len(left)), Summed(_("các hộ khác"), len(others))]
    return [one for one in found if one.count]


SHOWS = ("all", "poor", "near_poor", "left", "differs", "found")


def chosen(rows: Iterable[Listed], show: str, found: Iterable[int] = ()) -> list[Listed]:
    """``found``: households of the findings."""
    keys = frozenset(found)
    assessed = [one for one in rows if one.assessed]
    if show in LISTED_CLASSES:
        return [one for one in assessed if one.klass == show]
    if show == "left":
        return [one for one in assessed if one.left]
    if show == "differs":
        return [one for one in assessed if one.differs]
    if show == "found":
        return [one for one in assessed if one.form in keys]
    return assessed


def show_choices() -> list[tuple[str, str]]:
    return [
        ("all", _("Mọi hộ")), ("poor", _("Hộ nghèo")), ("near_poor", _("Hộ cận nghèo")),
        ("left", _("Ra khỏi danh sách")), ("differs", _("Khác kết quả tính")), ("found", _("Có điều cần xem")),
    ]  # fmt: skip
