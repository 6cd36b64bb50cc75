"""Persons by name, the likeliest first: one small statement for each way in which a text may be somebody's name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from households.registry import misspelt
from households.registry.finding_models import NameWord
from households.registry.search_rows import BY_NAME, Condition, Hit, Rows
from households.registry.search_terms import other_orders

FEW = 5  # so many good hits, and nobody asks whether something else was meant
MOST_MEANT = 10  # persons for each corrected reading
LAST = "\x7f"  # sorts after every letter of a key
PRESENT_FIRST = f"s.gone, {BY_NAME}"
BY_GIVEN, BY_FAMILY = "s.reverse_key", "s.name_key"


class Why(TextChoices):
    NUMBER = "number", _("đúng số")
    HOUSEHOLD = "household", _("đúng số hộ")
    LOCAL_CODE = "local_code", _("đúng mã hộ")
    MARKED = "marked", _("đúng họ tên")
    FOLDED = "folded", _("đúng họ tên, bỏ dấu")
    ORDER = "order", _("cùng các chữ, khác thứ tự")
    GIVEN = "given", _("đúng tên")
    FAMILY = "family", _("đúng họ và đệm")
    WORDS = "words", _("có các chữ này")
    PLACE = "place", _("tên và nơi ở")
    BEGUN = "begun", _("bắt đầu bằng các chữ này")
    MEANT = "meant", _("gần giống")
    LIVES = "lives", _("chủ hộ ở đây")


@dataclass(frozen=True, slots=True)
class Name:
    """``words``: folded, as typed; ``marked``: the sort key of the text, by which tones count."""

    words: tuple[str, ...]
    marked: str

    @property
    def folded(self) -> str:
        return " ".join(self.words)

    @property
    def given(self) -> str:
        """The words from the last to the first, as reverse keys begin."""
        return " ".join(reversed(self.words))


Way = Callable[[Rows, Name, int], list[Hit]]


def by_marks(rows: Rows, name: Name, limit: int) -> list[Hit]:
    return rows.take(Condition("s.sort_key = %s", (name.marked,)), limit=limit, order=PRESENT_FIRST)


def by_letters(rows: Rows, name: Name, limit: int) -> list[Hit]:
    return rows.take(Condition("s.name_key = %s", (name.folded,)), limit=limit, order=PRESENT_FIRST)


def in_another_order(rows: Rows, name: Name, limit: int) -> list[Hit]:
    orders = other_orders(name.words)
    return rows.take(Condition("s.name_key = ANY(%s)", (orders,)), limit=limit, order=PRESENT_FIRST) if orders else []


def by_given_name_with_marks(rows: Rows, name: Name, limit: int) -> list[Hit]:
    """The given name as it is written; of the words before it the letters only."""
    given = " ".join(name.marked.split(" ")[:2])
    wanted = _range("s.sort_key", f"{given} ")
    if len(name.words) > 1:
        wanted = _both(wanted, _range("s.reverse_key", f"{name.given} "))
    return rows.take(wanted, limit=limit)


def by_given_name(rows: Rows, name: Name, limit: int) -> list[Hit]:
    return rows.take(_range("s.reverse_key", f"{name.given} "), limit=limit, order=BY_GIVEN)


def by_family_name(rows: Rows, name: Name, limit: int) -> list[Hit]:
    return rows.take(_range("s.name_key", f"{name.folded} "), limit=limit, order=BY_FAMILY)


def by_some_words(rows: Rows, name: Name, limit: int) -> list[Hit]:
    """All of the words, others between them: the last one typed is the given name, or the first one."""
    if len(name.words) < 2:
        return []
    found = rows.take(_given_and_others(name.words), limit=limit, order=BY_GIVEN)
    return found + rows.take(_given_and_others((*name.words[1:], name.words[0])), limit=limit, order=BY_GIVEN)


def by_beginning(rows: Rows, name: Name, limit: int) -> list[Hit]:
    """The last word is not yet typed to its end."""
    found = rows.take(_range("s.name_key", name.folded), limit=limit, order=BY_FAMILY)
    *others, last = name.words
    if len(found) <= limit:
        begun = _both(_range("s.reverse_key", last), *(_contains(word) for word in others))
        found += rows.take(begun, limit=limit, order=BY_GIVEN)
    return found


def by_any_word(rows: Rows, name: Name, limit: int) -> list[Hit]:
    """The words stand anywhere in the name, as the given name of "Y Bhăm Niê Kđăm" does."""
    wanted = Condition("string_to_array(s.name_key, ' ') @> %s::text[]", (list(name.words),))
    return rows.take(wanted, limit=limit, order=PRESENT_FIRST)


GOOD_WAYS: tuple[tuple[Why, Way], ...] = (
    (Why.MARKED, by_marks),
    (Why.FOLDED, by_letters),
    (Why.ORDER, in_another_order),
    (Why.GIVEN, by_given_name_with_marks),
    (Why.GIVEN, by_given_name),
    (Why.FAMILY, by_family_name),
    (Why.WORDS, by_some_words),
)


def good_hits(rows: Rows, name: Name, limit: int) -> Iterator[Hit]:
    """Best first; whoever is found in two ways comes twice. Asks on only while the caller takes more."""
    for why, way in GOOD_WAYS:
        for hit in _as_typed(way(rows, name, limit), name):
            yield replace(hit, why=why)


def begun_hits(rows: Rows, name: Name, limit: int) -> Iterator[Hit]:
    for hit in _as_typed(by_beginning(rows, name, limit), name):
        yield replace(hit, why=Why.BEGUN)


def inner_hits(rows: Rows, name: Name, limit: int) -> Iterator[Hit]:
    for hit in _as_typed(by_any_word(rows, name, limit), name):
        yield replace(hit, why=Why.WORDS)


def meant_hits(rows: Rows, name: Name, limit: int) -> Iterator[Hit]:
    """Persons whose name the text may have been meant for: one typing slip, or letters left by the keyboard."""
    readings = misspelt.meant(name.words, _known(name.words))
    found = _of_readings(rows, readings)
    for _at, hit in sorted(found, key=lambda pair: (pair[0], pair[1].gone, pair[1].sort_key))[:limit]:
        yield replace(hit, why=Why.MEANT)


def _known(words: Sequence[str]) -> set[str]:
    return set(NameWord.objects.filter(word__in=sorted(misspelt.guesses(words))).values_list("word", flat=True))


def _of_readings(rows: Rows, readings: Sequence[tuple[str, ...]]) -> list[tuple[int, Hit]]:
    """Who bears exactly one of these names, then who bears all words of one; with the reading's place in the list."""
    if not readings:
        return []
    places = {" ".join(reading): at for at, reading in reversed(list(enumerate(readings)))}
    exact = rows.take(Condition("s.name_key = ANY(%s)", (list(places),)), limit=MOST_MEANT * 2, order=PRESENT_FIRST)
    found = [(places[hit.name_key], hit) for hit in exact]
    if len(found) < FEW:
        for at, reading in enumerate(readings):
            hits = rows.take(_given_and_others(reading), limit=MOST_MEANT, order=BY_GIVEN)
            found += [(len(readings) + at, hit) for hit in hits]
    return found


def _as_typed(hits: Sequence[Hit], name: Name) -> list[Hit]:
    """People who are here before those who have gone, given names written as typed (marks included) before others."""
    given = name.marked.split(" ")[:2]
    return sorted(hits, key=lambda one: (one.gone, one.sort_key.split(" ")[:2] != given, one.sort_key, one.person))


def _given_and_others(words: Sequence[str]) -> Condition:
    *others, given = words
    return _both(
        Condition(
            "(s.reverse_key = %s OR s.reverse_key >= %s AND s.reverse_key < %s)",
            (given, f"{given} ", f"{given} {LAST}"),
        ),
        *(_contains(word) for word in others),
    )


def _range(column: str, start: str) -> Condition:
    """``column`` begins with ``start``: keys are sorted byte by byte."""
    return Condition(f"{column} >= %s AND {column} < %s", (start, start + LAST))


def _contains(word: str) -> Condition:
    return Condition("' ' || s.reverse_key || ' ' LIKE %s", (f"% {word} %",))


def _both(*conditions: Condition) -> Condition:
    return Condition(" AND ".join(one.sql for one in conditions), tuple(v for one in conditions for v in one.values))
