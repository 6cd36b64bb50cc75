"""Points of Phiếu A and of a B1 table, each as the range in which the sum must lie."""

from collections.abc import Mapping
from dataclasses import dataclass

from households.criteria.b1.parts import B1Table, Group, Option
from households.criteria.engine.evaluate import Answered, Check, Fitting, Member, Place, Tests, Waits
from households.criteria.engine.logic import Truth, all_of
from households.criteria.law.parts import SheetA

Range = tuple[int, int]
Ticks = Mapping[str, tuple[str, ...] | None]
SURVEY, STOP = "survey", "stop"


def count_items(given: int | None, items: Mapping[str, bool | None] | None) -> Range | None:
    """Ticks of Phiếu A, at least and at most; None where the sheet was not filled in."""
    if given is not None:
        return given, given
    if items is None:
        return None
    answers = list(items.values())
    sure = answers.count(True)
    return sure, sure + answers.count(None)


def gate(sheet: SheetA, count: Range) -> str | None:
    if count[0] >= sheet.stop_at:
        return STOP
    return SURVEY if count[1] < sheet.stop_at else None


@dataclass(frozen=True, slots=True)
class ReadyOption:
    option: Option
    points: int
    check: Check | None  # None: ticked
    waits: Waits | None


@dataclass(frozen=True, slots=True)
class ReadyGroup:
    group: Group
    options: tuple[ReadyOption, ...]
    zero_if_all: Fitting | None
    zero_waits: Waits | None

    def waits(self, members: list[Member], answered: Answered) -> list[Place]:
        """For the answers in the roster that the boxes wait for."""
        every = [self.zero_waits, *(one.waits for one in self.options)]
        return [place for waits in every if waits for place in waits(members, answered)]

    def points(self, members: list[Member], answered: Answered, ticked: tuple[str, ...] | None) -> Range:
        none = self._no_points(members)
        if none is True:
            return 0, 0
        truths = [self._holds(one, members, answered, ticked) for one in self.options]
        low, high = self._sum(truths) if self.group.multiple else self._first(truths)
        return (min(low, 0), max(high, 0)) if none is None else (low, high)

    def _no_points(self, members: list[Member]) -> Truth:
        return False if self.zero_if_all is None else all_of(self.zero_if_all.of(members))

    def _holds(
        self, one: ReadyOption, members: list[Member], answered: Answered, ticked: tuple[str, ...] | None
    ) -> Truth:
        if one.check is not None:
            return one.check(members, answered)
        return None if ticked is None else one.option.code in ticked

    def _sum(self, truths: list[Truth]) -> Range:
        pairs = list(zip(truths, (one.points for one in self.options), strict=True))
        sure = sum(points for truth, points in pairs if truth)
        opened = [points for truth, points in pairs if truth is None]
        return sure + sum(min(one, 0) for one in opened), sure + sum(max(one, 0) for one in opened)

    def _first(self, truths: list[Truth]) -> Range:
        """Of the boxes of which one counts: the first that holds."""
        possible = []
        for truth, one in zip(truths, self.options, strict=True):
            if truth is not False:
                possible.append(one.points)
            if truth is True:
                return min(possible), max(possible)
        return min([0, *possible]), max([0, *possible])


@dataclass(frozen=True, slots=True)
class ReadyTable:
    table: B1Table
    groups: tuple[ReadyGroup, ...]

    def by_group(self, members: list[Member], answered: Answered, ticks: Ticks) -> dict[str, Range]:
        return {one.group.code: one.points(members, answered, ticks.get(one.group.code)) for one in self.groups}


def ready_table(table: B1Table, variant: str, tests: Tests) -> ReadyTable:
    """Boxes that have no points in the variant are not on its form."""
    return ReadyTable(table, tuple(_ready_group(group, variant, tests) for group in table.groups))


def _ready_group(group: Group, variant: str, tests: Tests) -> ReadyGroup:
    options = tuple(
        _ready_option(option, points, tests)
        for option in group.options
        if (points := option.points.get(variant)) is not None
    )
    who = group.zero_if_all
    if who is None:
        return ReadyGroup(group, options, None, None)
    return ReadyGroup(group, options, tests.fitting(who), tests.waits_for_members(who))


def _ready_option(option: Option, points: int, tests: Tests) -> ReadyOption:
    if option.when is None:
        return ReadyOption(option, points, None, None)
    return ReadyOption(option, points, tests.check(option.when), tests.waits(option.when))
