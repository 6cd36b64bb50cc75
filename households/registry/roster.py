"""Who belongs to a household from when to when, as one list that is changed and then written. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

HEAD, UNKNOWN = "head", "unknown"


class ContradictionError(Exception):
    """What was recorded for a later day cannot stay true. ``day``: of what was recorded; ``person``: whom it is about."""

    def __init__(self, day: date, person: int) -> None:
        self.day, self.person = day, person
        super().__init__(f"{person} on {day}")


@dataclass(frozen=True, slots=True)
class Span:
    """``key``: of the row that it stands in, None for a new one."""

    person: int
    relation: str
    start: date
    end: date | None
    key: int | None = None

    def on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


class Roster:
    """``until``: the day on which the household ends, None while it lasts."""

    def __init__(self, spans: Iterable[Span], until: date | None = None) -> None:
        self.spans = sorted(spans, key=lambda span: (span.start, span.person))
        self.until = until
        self.later: dict[date, dict[int, str]] = {}

    def on(self, day: date) -> dict[int, str]:
        return {span.person: span.relation for span in self.spans if span.on(day)}

    def head(self, day: date) -> int | None:
        return next((person for person, relation in self.on(day).items() if relation == HEAD), None)

    def join(self, person: int, relation: str, on: date) -> None:
        """Where another becomes the head later, the relation to him is not known: see ``later``."""
        day, known, turns = on, relation, self._heads_after(on)
        for turn in turns:
            self.spans.append(Span(person, known, day, turn))
            day, known = turn, UNKNOWN
            self._say(turn, person, UNKNOWN)
        self.spans.append(Span(person, known, day, self.until))

    def leave(self, person: int, on: date) -> None:
        """Raises ContradictionError where he is a head later, went or came back later, or was there when the household
        ended: whatever became of him then would no longer be true."""
        own = [span for span in self.spans if span.person == person and (span.end is None or span.end > on)]
        for before, after in pairwise(own):
            if before.end != after.start or after.relation == HEAD:
                raise ContradictionError(after.start, person)
        if not own or own[0].start > on:
            raise ContradictionError(own[0].start if own else on, person)
        if own[-1].end is not None:
            raise ContradictionError(own[-1].end, person)
        if own[0].relation == HEAD and own[1:]:
            raise ContradictionError(own[1].start, person)
        for span in own:
            self._replace(span, [replace(span, end=on)] if span.start < on else [])

    def relate(self, relations: Mapping[int, str], on: date) -> None:
        """Raises ContradictionError where another relation was recorded for a later day."""
        for person, relation in relations.items():
            own = next(span for span in self.spans if span.person == person and span.on(on))
            if own.relation == relation:
                continue
            if later := [one for one in self.spans if one.person == person and one.start == own.end]:
                raise ContradictionError(later[0].start, person)
            if own.start == on:
                self._replace(own, [replace(own, relation=relation)])
            else:
                self._replace(own, [replace(own, end=on), Span(person, relation, on, own.end)])

    def new_head(self, person: int, relations: Mapping[int, str], on: date) -> dict[int, str]:
        """The relations that change on the day: those given, and "unknown" for whom none is given. Whoever comes later is
        related to the new head in a way that is not known. Raises ContradictionError."""
        if turns := self._heads_after(on):
            raise ContradictionError(turns[0], self.head(turns[0]) or person)
        if (gone := self._gone_after(person, on)) != self.until and gone is not None:
            raise ContradictionError(gone, person)
        now = self.on(on)
        wanted = {one: relations.get(one, UNKNOWN) for one in now} | {person: HEAD}
        changed = {one: relation for one, relation in wanted.items() if now[one] != relation}
        self.relate(changed, on)
        for span in [one for one in self.spans if one.start > on and one.relation != UNKNOWN]:
            relation = relations.get(span.person, UNKNOWN)
            if relation != span.relation:
                self._replace(span, [replace(span, relation=relation)])
                self._say(span.start, span.person, relation)
        return changed

    def close(self, on: date) -> None:
        """Raises ContradictionError for whatever was recorded after the day."""
        for span in self.spans:
            if span.start > on:
                raise ContradictionError(span.start, span.person)
            if span.end is not None and span.end > on:
                raise ContradictionError(span.end, span.person)
        self.spans = [replace(one, end=min(one.end or on, on)) for one in self.spans if one.start < on]

    def _gone_after(self, person: int, on: date) -> date | None:
        """The day from which he, a member on the day, no longer is one, though he may come back."""
        until = next(span.end for span in self.spans if span.person == person and span.on(on))
        while after := next((one for one in self.spans if (one.person, one.start) == (person, until)), None):
            until = after.end
        return until

    def _heads_after(self, on: date) -> list[date]:
        """Days on which another becomes the head."""
        heads = [span for span in self.spans if span.relation == HEAD and (span.end is None or span.end > on)]
        return [after.start for before, after in pairwise(heads) if after.start > on and before.person != after.person]

    def _replace(self, old: Span, new: list[Span]) -> None:
        at = self.spans.index(old)
        self.spans[at : at + 1] = new

    def _say(self, day: date, person: int, relation: str) -> None:
        self.later.setdefault(day, {})[person] = relation
