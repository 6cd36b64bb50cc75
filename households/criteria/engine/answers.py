"""Answers of a household as docs/classify.schema.json gives them, read and checked: nothing is ignored, all faults are named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.engine.ages import Calendar
from households.criteria.engine.births import read_birth
from households.criteria.engine.evaluate import BAND, Member
from households.criteria.engine.faults import AnswerFault, BadAnswersError
from households.criteria.engine.fields import (
    NO_MEMBER,
    PLAIN_MEMBER,
    as_compared,
    is_name,
    shown,
    unknown_key,
)
from households.criteria.engine.forms import (
    FORM_WORDS,
    KEYS,
    NO_FORM,
    NUMBERS,
    REQUIRED,
    SURVEY,
    TITLES,
    form_of,
    read_number,
)
from households.criteria.engine.income import per_month, total_of
from households.criteria.engine.refusals import say_of_household, say_of_member
from households.criteria.engine.scoring import count_items
from households.criteria.engine.sheets import Say, read_annual, read_items, read_ticks
from households.criteria.engine.words import EARLIEST, LATEST, member_words, money
from households.criteria.law.parts import Standard

MOST_MEMBERS = 60


@dataclass(slots=True)
class Answers:
    """``household`` without its three sheets, which are ``items`` (Phiếu A), ``ticks`` (B1) and ``annual`` (Phụ lục VIII:
    net đồng by source); None where the sheet was not filled in. Areas in hundredths of m²."""

    form: str
    b1: int | None = None
    b2: int | None = None
    income_month: int | None = None
    deprivations: int | None = None
    a: int | None = None
    members: list[Member] = field(default_factory=list)
    household: Mapping[str, Any] = field(default_factory=dict)
    items: Mapping[str, bool | None] | None = None
    ticks: Mapping[str, tuple[str, ...] | None] | None = None
    annual: Mapping[str, int | None] | None = None


@dataclass(frozen=True)
class Reader:
    """Reads households for one standard on one day."""

    standard: Standard
    calendar: Calendar
    b1_table: B1Table | None
    variant: str

    def read(self, raw: Any) -> Answers:
        faults: list[AnswerFault] = []

        def say(where: str, words: str, text: str) -> None:
            faults.append(AnswerFault(where, f"{words}: {text}"))

        answers = self._read(raw, say)
        if faults:
            raise BadAnswersError(faults)
        return answers

    def _read(self, raw: Any, say: Say) -> Answers:
        if not isinstance(raw, Mapping):
            say("", "Hộ", f"{shown(raw)} không nhận; mỗi hộ là một đối tượng {{…}}.")
            return Answers(SURVEY)
        if not raw:
            say("", "Hộ", NO_FORM)
            return Answers(SURVEY)
        form = form_of(raw)
        for key in raw:
            if key not in KEYS[form]:
                say(str(key), f"Hộ {FORM_WORDS[form]}", unknown_key(key, KEYS[form]))
        answers = Answers(form)
        for key in NUMBERS[form]:
            if raw.get(key) is not None or key in REQUIRED[form]:
                setattr(answers, key, read_number(raw, key, self.standard, say))
        if form == SURVEY:
            self._members(raw.get("members"), answers, say)
            self._household(raw.get("household"), answers, say)
            _say_of_contradictions(answers, self.standard, say)
        return answers

    def _members(self, raw: Any, answers: Answers, say: Say) -> None:
        if not isinstance(raw, list):
            say("members", "Thành viên", "phải là một danh sách, mỗi thành viên một đối tượng.")
            return
        if not raw:
            say("members", "Thành viên", "hộ phải có ít nhất một thành viên.")
        elif len(raw) > MOST_MEMBERS:
            say("members", "Thành viên", f"có {len(raw)} thành viên; một hộ nhiều nhất {MOST_MEMBERS}.")
            return
        answers.members = [self._member(one, index, say) for index, one in enumerate(raw)]

    def _member(self, raw: Any, index: int, say: Say) -> Member:
        if type(raw) is not dict:
            say(
                f"members[{index}]", member_words(index, None), f"{shown(raw)} không nhận; phải là một đối tượng {{…}}."
            )
            return NO_MEMBER
        member = {**NO_MEMBER, **raw}
        if len(member) > len(NO_MEMBER) or not PLAIN_MEMBER(member) or not is_name(member["name"]):
            say_of_member(raw, index, say)
        earliest, latest = read_birth(raw, index, self.calendar, say)
        member[EARLIEST], member[LATEST] = earliest, latest
        member[BAND] = self.calendar.bands(earliest, latest)
        return member

    def _household(self, raw: Any, answers: Answers, say: Say) -> None:
        if type(raw) is not dict:
            say("household", "Hộ", "thiếu phần câu trả lời của hộ (household), phải là một đối tượng {…}.")
            return
        household = as_compared(raw)
        if household is None:
            say_of_household(raw, say)
        else:
            answers.household = household
        answers.items = read_items(raw.get("a"), self.standard.sheet_a, say)
        answers.ticks = read_ticks(raw.get("b1"), self.b1_table, self.variant, say)
        answers.annual = read_annual(raw.get("annual_income"), self.standard.income_survey, say)


RIGHT = "ghi một trong hai cho đúng."


def _say_of_contradictions(answers: Answers, standard: Standard, say: Say) -> None:
    """What is said in two ways and not alike: neither is quietly taken for the other."""
    if answers.a is not None and answers.items is not None:
        _agree_on_items(answers.a, answers.items, say)
    if answers.b1 is not None and answers.ticks is not None:
        say("b1", TITLES["b1"], "đã ghi tổng điểm mà còn chọn ô của Phiếu B1; ghi một trong hai.")
    survey = standard.income_survey
    if survey and answers.income_month is not None and answers.annual is not None and answers.members:
        _agree_on_income(answers.income_month, answers.annual, len(answers.members), say, survey.called)


def _agree_on_items(given: int, items: Mapping[str, bool | None], say: Say) -> None:
    least, most = count_items(None, items) or (given, given)
    if not least <= given <= most:
        ticked = f"{least}" if least == most else f"từ {least} đến {most}"
        say("a", TITLES["a"], f"{given} trái với các tiêu chí đã chọn ({ticked}); {RIGHT}")


def _agree_on_income(given: int, annual: Mapping[str, int | None], size: int, say: Say, called: str) -> None:
    """A month's share may be rounded either way."""
    total = total_of(annual)
    if total is not None and given not in (per_month(total, size), -per_month(-total, size)):
        share = money(per_month(total, size))
        say("income_month", TITLES["income_month"], f"{money(given)} trái với {called} (bình quân {share}); {RIGHT}")
