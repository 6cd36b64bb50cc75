"""Persons by name, the likeliest first: one small statement for each way in which a text may be somebody's name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from households.registry.finding import misspelt
from households.registry.finding.rows import BY_NAME, Condition, Hit, Rows, fetch, first_of, text_array
from households.registry.finding.terms import other_orders

FEW = 5  # so many good hits, and nobody asks whether something else was meant
MOST_MEANT = 10  # persons for each corrected reading
MOST_LOOSE = 12  # readings of which also names with further words are looked for
TWICE = 2  # whole and in part: no person is found in many more ways
LAST = "\x7f"  # sorts after every letter of a key
MANY_SHARE = 2  # so many words are in the names of half a commune: "nguyen thi"
PRESENT_FIRST = f"s.gone, {BY_NAME}"
BY_GIVEN, BY_FAMILY, BY_CALLED = "s.reverse_key", "s.name_key", "n.reverse_key"


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
    """``words``: folded, as typed; ``marked``: the sort key of the text, by which marks count, where any was typed."""

    words: tuple[str, ...]
    marked: str
    with_marks: bool

    @property
    def folded(self) -> str:
        return " ".join(self.words)

    @property
    def given(self) -> str:
        """The words from the last to the first, as reverse keys begin."""
        return " ".join(reversed(self.words))


@dataclass(frozen=True, slots=True)
class Way:
    """How a name may be meant: whose row fulfils ``wanted``. ``rows``: where it is looked for."""

    why: Why
    wanted: Condition
    order: str
    name: Name
    rows: Rows


def good_ways(rows: Rows, name: Name) -> Iterator[Way]:
    """The likeliest first: the whole name as written, its letters, in another order; then a part of it."""
    if name.with_marks:
        yield Way(Why.MARKED, Condition("s.sort_key = %s", (name.marked,)), PRESENT_FIRST, name, rows)
    yield Way(Why.FOLDED, Condition("s.name_key = %s", (name.folded,)), PRESENT_FIRST, name, rows)
    if orders := other_orders(name.words):
        yield Way(Why.ORDER, Condition("s.name_key = ANY(%s)", (orders,)), PRESENT_FIRST, name, rows)
    if name.with_marks:
        yield Way(Why.GIVEN, _given_with_marks(name), BY_NAME, name, rows)
    yield Way(Why.GIVEN, _range("s.reverse_key", f"{name.given} "), BY_GIVEN, name, rows)
    yield Way(Why.FAMILY, _range("s.name_key", f"{name.folded} "), BY_FAMILY, name, rows)
    if len(name.words) > 1:
        first, *others = name.words
        yield Way(Why.WORDS, _given_and_others(name.words), BY_CALLED, name, rows)
        yield Way(Why.WORDS, _given_and_others((*others, first)), BY_CALLED, name, rows)


def begun_ways(rows: Rows, name: Name) -> Iterator[Way]:
    """The last word is not yet typed to its end."""
    *others, last = name.words
    yield Way(Why.BEGUN, _range("s.name_key", name.folded), BY_FAMILY, name, rows)
    yield Way(Why.BEGUN, _both(_range("n.reverse_key", last), *map(_contains, others)), BY_CALLED, name, rows)


_HAVING = """s.reverse_key IN (
    SELECT named.reverse_key FROM households_foldedname named WHERE string_to_array(named.reverse_key, ' ') @> %s::text[])"""


def inner_ways(rows: Rows, name: Name) -> Iterator[Way]:
    """The words stand anywhere in the name, as the given name of "Y Bhăm Niê Kđăm" does. An index tells which names have them
    all; where these may be very many and the place is small, it is quicker to read the name of everybody there."""
    few_names = rows.wide or len(name.words) > MANY_SHARE
    wanted = Condition(_HAVING, (list(name.words),)) if few_names else _both(*map(_contains, name.words))
    yield Way(Why.WORDS, wanted, PRESENT_FIRST, name, rows)


def hits_of(ways: Sequence[Way], limit: int) -> Iterator[Hit]:
    """By all of them in one statement, best first. The rows of the ways differ in their codes at most."""
    if not ways:
        return
    parts = [way.rows.some(at, way.wanted, order=way.order, limit=limit) for at, way in enumerate(ways)]
    found = ways[0].rows.read(first_of(parts, limit=limit * TWICE), *(way.rows for way in ways))
    for at, hit in sorted(found, key=lambda one: (*_rank(ways[one[0]], ways), *_as_typed(one[1], ways[one[0]].name))):
        yield replace(hit, why=ways[at].why)


def _rank(way: Way, ways: Sequence[Way]) -> tuple[int]:
    """Ways that are one kind of finding in two conditions stand together."""
    return (
        next(at for at, one in enumerate(ways) if one.why == way.why and one.name == way.name and _alike(one, way)),
    )


def _alike(one: Way, other: Way) -> bool:
    return one.why in (Why.WORDS, Why.BEGUN) or one.wanted == other.wanted


def _as_typed(hit: Hit, name: Name) -> tuple[bool, bool, str, int]:
    """People who are here before those who have gone, given names written as typed (marks included) before others."""
    return hit.gone, hit.sort_key.split(" ")[:2] != name.marked.split(" ")[:2], hit.sort_key, hit.person


_READINGS = """
SELECT r.at::int AS way, one.person_id
  FROM (SELECT at, given, words::text[] AS words
          FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS r (given, words, at) OFFSET 0) r
 CROSS JOIN LATERAL (SELECT s.person_id FROM {called} ORDER BY n.reverse_key LIMIT %s) one"""
_BY_READING = Condition("""n.reverse_key >= r.given AND n.reverse_key < r.given || chr(127)
   AND n.reverse_key || ' ' LIKE r.given || ' %%' AND ' ' || n.reverse_key || ' ' LIKE ALL (r.words)""")


def meant_hits(rows: Rows, name: Name, known: Callable[[], set[str]], limit: int) -> Iterator[Hit]:
    """Persons whose name the text may have been meant for: one typing slip, or letters left by the keyboard. Who bears
    exactly that name comes first, then who bears all of its words."""
    readings = misspelt.meant(name.words, known())
    if not readings:
        return
    texts = [" ".join(reading) for reading in readings]
    exact = rows.some(0, Condition("s.name_key = ANY(%s)", (texts,)), order=PRESENT_FIRST, limit=MOST_MEANT * 2)
    called, loose = rows.called(_BY_READING), readings[:MOST_LOOSE]
    words = [text_array([f"% {word} %" for word in one]) for one in loose]
    values = ([one[-1] for one in loose], words, *called.values, MOST_MEANT)
    others = Condition(_READINGS.format(called=called.sql), values)
    places = {text: at for at, text in reversed(list(enumerate(texts)))}
    found = rows.read(first_of([exact, others], limit=MOST_MEANT * 3))
    ranked = [(places.get(hit.name_key, len(texts) + way), hit) for way, hit in found]
    for _at, hit in sorted(ranked, key=lambda one: (one[0], one[1].gone, one[1].sort_key, one[1].person))[:limit]:
        yield replace(hit, why=Why.MEANT)


def known_words(words: Sequence[str]) -> set[str]:
    """Those that occur in names, of all that the words may have been meant for."""
    guessed = text_array(sorted(misspelt.guesses(words)))
    return {
        word for (word,) in fetch("SELECT word FROM households_nameword WHERE word = ANY(%s::varchar[])", [guessed])
    }


def _given_with_marks(name: Name) -> Condition:
    """The given name as it is written; of the words before it the letters only, by which then far fewer are looked at."""
    start = f"{' '.join(name.marked.split(' ')[:2])} "
    if len(name.words) == 1:
        return _range("s.sort_key", start)
    return _both(_range("s.reverse_key", f"{name.given} "), Condition("left(s.sort_key, %s) = %s", (len(start), start)))


def _given_and_others(words: Sequence[str]) -> Condition:
    *others, given = words
    return _both(_range("n.reverse_key", f"{given} "), *(_contains(word) for word in others))


def _range(column: str, start: str) -> Condition:
    """``column`` begins with ``start``: keys are sorted byte by byte."""
    return Condition(f"{column} >= %s AND {column} < %s", (start, start + LAST))


def _contains(word: str) -> Condition:
    return Condition("' ' || n.reverse_key || ' ' LIKE %s", (f"% {word} %",))


def _both(*conditions: Condition) -> Condition:
    return Condition(" AND ".join(one.sql for one in conditions), tuple(v for one in conditions for v in one.values))
