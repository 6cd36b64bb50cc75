"""Pages in which people type while the network does what it likes: a form's saves in every order in which they may come.

A page works as static/js/desk/saver.js does: one save on its way at a time, unchanged until it is answered, with what was
typed on top of it in the next. The network loses questions and answers and brings a question several times.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from households.surveys.form_models import SurveyForm
from households.surveys.forms.merging import plain
from households.surveys.forms.saving import Change, Saved, save_answers, since
from povertyportal.core.models import User

START = datetime(2026, 10, 5, 10, tzinfo=UTC)
FIELDS = ("s-note", "s-respondent", "m0-name", "m1-name", "h-toilet")


@dataclass(frozen=True)
class Sent:
    key: UUID
    base: int
    changes: tuple[Change, ...]


@dataclass
class Page:
    """``known``: what the server has, as far as the page was told; ``shown``: what stands in its fields."""

    by: User
    version: int = 0
    known: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    queue: list[Sent] = field(default_factory=list)

    def expected(self, name: str) -> list[str]:
        sent = (one for save in reversed(self.queue) for one in save.changes if one.name == name)
        found = next(sent, None)
        return list(found.after) if found else self.known.get(name, [])

    def close(self, decides: dict[str, list[str]] | None = None) -> None:
        """What was typed becomes a save that does not change any more."""
        changes = [
            Change(name, tuple(self.expected(name)), tuple(self.shown.get(name, [])))
            for name in FIELDS
            if self.shown.get(name, []) != self.expected(name) and name not in (decides or {})
        ]
        changes += [
            Change(name, tuple(theirs), tuple(self.shown.get(name, [])), True)
            for name, theirs in (decides or {}).items()
        ]
        if changes:
            self.queue.append(Sent(uuid4(), self.version, tuple(changes)))

    def hear(self, save: Sent, answer: Saved) -> None:
        if save not in self.queue:
            return  # answered before
        self.queue.remove(save)
        self.version = answer.version
        self.known |= {change.name: list(change.after) for change in save.changes}
        self._take(answer, {change.name for change in save.changes})

    def look(self, answer: Saved) -> None:
        self.version = answer.version
        self._take(answer, set())

    def _take(self, answer: Saved, mine: set[str]) -> None:
        clashes = {one.name for one in answer.conflicts}
        waiting = {change.name for save in self.queue for change in save.changes}
        for name, values in answer.values.items():
            if name in waiting:
                continue
            untouched = self.shown.get(name, []) == self.known.get(name, [])
            if untouched:
                self.shown[name] = list(values)
            if untouched or (name in mine and name not in clashes):
                self.known[name] = list(values)


class Evening:
    """Several people on one form."""

    def __init__(self, form: SurveyForm, people: list[User], seed: int) -> None:
        self.form, self.random = form, random.Random(seed)  # noqa: S311  # chance, no secret
        self.pages = [Page(user) for user in people]
        self.seconds, self.words = 0, 0
        self.sent: dict[UUID, Sent] = {}
        self.senders: dict[UUID, int] = {}
        self.done: Counter[str] = Counter()

    def run(self, steps: int) -> None:
        acts = (self.type, self.type, self.type, self.send, self.send, self.lose, self.repeat, self.look, self.decide)
        for _one in range(steps):
            act = self.random.choice(acts)
            if act(self.random.choice(self.pages)):
                self.done[act.__name__] += 1
        for _round in range(2):
            for page in self.pages:
                page.close()
                while page.queue:
                    self.send(page)
        for page in self.pages:
            page.look(since(form=self.form.pk, base=page.version))

    def type(self, page: Page) -> bool:
        name = self.random.choice(FIELDS)
        self.words += 1
        page.shown[name] = [] if self.random.random() < 0.2 else [f"lời {self.words}"]
        if self.random.random() < 0.4:
            page.close()
        return True

    def send(self, page: Page) -> bool:
        if not page.queue:
            page.close()
        if page.queue:
            page.hear(page.queue[0], self._arrives(page, page.queue[0]))
        return bool(self.sent)

    def lose(self, page: Page) -> bool:
        """It arrives, and the answer does not; or it does not arrive at all."""
        if not page.queue:
            page.close()
        if page.queue and self.random.random() < 0.7:
            self._arrives(page, page.queue[0])
        return bool(page.queue)

    def repeat(self, page: Page) -> bool:
        """A question that a proxy kept comes once more, however old it is, and nobody hears the answer."""
        own = [save for key, save in self.sent.items() if self.senders[key] == page.by.pk]
        if own:
            self._arrives(page, self.random.choice(own))
        return bool(own)

    def look(self, page: Page) -> bool:
        if not page.queue:
            page.look(since(form=self.form.pk, base=page.version))
        return True

    def decide(self, page: Page) -> bool:
        conflicts = since(form=self.form.pk, base=page.version).conflicts
        if not conflicts or page.queue:
            return False
        one = self.random.choice(conflicts)
        page.shown[one.name] = self.random.choice([one.yours, one.theirs])
        page.close({one.name: one.theirs})
        return True

    def _arrives(self, page: Page, save: Sent) -> Saved:
        self.seconds += 1
        self.sent[save.key] = save
        self.senders[save.key] = page.by.pk
        at = START + timedelta(seconds=self.seconds)
        return save_answers(form=self.form.pk, key=save.key, base=save.base, changes=save.changes, by=page.by, at=at)

    def values_sent(self) -> Iterator[tuple[str, list[str]]]:
        for save in self.sent.values():
            for change in save.changes:
                yield change.name, plain(change.after)
