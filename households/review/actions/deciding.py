"""The chair decides: his decisions with their numbers, and what each household is recognised as. All of it or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.actions.order import check_in_order, check_late, problems_of_texts
from households.review.actions.planning import Key, Plan, planned
from households.review.actions.recording import Signed, hold_households, record
from households.review.actions.registers import is_number, is_taken
from households.review.actions.workers import Persons, chosen, problems_of_workers
from households.review.belonging import units_of
from households.review.models import Dossier
from households.review.moving import moving
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.superior_models import Decision, DecisionKind
from households.surveys.form_models import SurveyForm
from povertyportal.core.models import User
from povertyportal.vietnamese import tidy

LONGEST_BASIS, MOST_BASES = 400, 20


@dataclass(frozen=True, slots=True)
class Order:
    """``numbers``: of each decision of the plan, by kind and purpose ("recognised", "closing"); ``workers``: of a list of
    workers the persons, where they are not those that the plan proposes."""

    numbers: Mapping[Key, str]
    signer: str
    position: str
    bases: Sequence[str]
    late: str = ""
    workers: Persons = field(default_factory=dict)


def decide(
    *,
    dossier: int,
    order: Order,
    on: date,
    by: User,
    at: datetime,
    seen: str = "",
    expected: int | None = None,
) -> list[Decision]:
    """``seen``: fingerprint of the plan that whoever decides looked at.

    Raises ReviewRefusedError, PermissionDenied.
    """
    with numbered_once(), moving(dossier=dossier, move="decide", on=on, by=by, at=at, expected=expected) as work:
        check_in_order(work)
        _hold_forms(work.dossier)
        plan = with_workers(planned(work.dossier, on=on), order.workers)
        if problems := list(_problems(plan, order, seen, on)):
            raise ReviewRefusedError(problems)
        check_late(work, order.late, plan.late)
        hold_households(plan.drafts)
        signed = Signed(on, tidy(order.signer), tidy(order.position), cleaned(order.bases), work.late, by, at)
        made = [record(work.dossier, one, tidy(order.numbers[one.key]), signed) for one in plan.drafts]
        work.details = {"decisions": [one.pk for one in made]}
    return made


def with_workers(plan: Plan, persons: Persons) -> Plan:
    drafts = (
        replace(one, lines=chosen(one.lines, persons)) if one.kind == DecisionKind.WORKER else one
        for one in plan.drafts
    )
    return replace(plan, drafts=tuple(drafts))


def _hold_forms(dossier: Dossier) -> None:
    """Whoever sends one back meanwhile waits, and is then told that it was decided."""
    codes = [one.code for one in units_of(dossier)]
    rows = SurveyForm.objects.select_for_update().filter(round=dossier.round_id, area_code__in=codes)
    list(rows.order_by("pk").values_list("pk"))


def _problems(plan: Plan, order: Order, seen: str, on: date) -> Iterator[Problem]:
    yield from (Problem("", one) for one in plan.blocks)
    if seen and seen != plan.fingerprint:
        yield Problem("", _("Danh sách vừa thay đổi so với trang bạn đang xem; hãy xem lại rồi quyết định."))
    if not plan.drafts:
        return
    yield from problems_of_signing(order.signer, order.position, order.bases)
    yield from (
        problem
        for one in plan.drafts
        if one.kind == DecisionKind.WORKER
        for problem in problems_of_workers(one.lines, on)
    )
    taken = set[str]()
    for one in plan.drafts:
        number = tidy(order.numbers.get(one.key, ""))
        yield from problems_of_number(f"number-{one.kind}-{one.purpose}", number, plan.dossier.area_code, taken, on=on)
        taken.add(number)


def problems_of_signing(signer: str, position: str, bases: Sequence[str]) -> Iterator[Problem]:
    texts = {"signer": (signer, 120), "position": (position, 120)}
    needed = {"signer": _("Cần họ tên người ký."), "position": _("Cần chức vụ người ký, ví dụ Chủ tịch.")}
    yield from problems_of_texts(texts, needed=needed)
    for one in cleaned(bases):
        yield from problems_of_text("bases", one, LONGEST_BASIS)
    if not cleaned(bases):
        yield Problem("bases", _("Cần ít nhất một căn cứ, mỗi dòng một văn bản."))
    if len(cleaned(bases)) > MOST_BASES:
        yield Problem("bases", _("Nhiều nhất %s căn cứ.") % MOST_BASES)


def problems_of_number(
    field: str, number: str, area_code: str, others: Iterable[str] = (), *, on: date
) -> Iterator[Problem]:
    """``others``: numbers given at the same time."""
    asked = _("Cần số quyết định, ví dụ 128/QĐ-UBND.")
    yield from problems_of_texts({field: (number, 60)}, needed={field: asked})
    if number and not is_number(number):
        yield Problem(field, _("Số “%s” không bắt đầu bằng số thứ tự trong sổ; ví dụ 128/QĐ-UBND.") % number)
    elif number and is_taken(area_code, on.year, number, others):
        message = _("Số %(number)s đã dùng cho một quyết định khác của xã năm %(year)s.")
        yield Problem(field, message % {"number": number, "year": on.year})


def cleaned(bases: Sequence[str]) -> list[str]:
    return [told for one in bases if (told := tidy(one).rstrip(";.").strip())]


@contextmanager
def numbered_once() -> Iterator[None]:
    """Two dossiers of a commune that take one number at the same time: the database lets the first have it."""
    try:
        yield
    except IntegrityError as error:
        if "decision_numbered_once" not in str(error):
            raise
        raise refuse_step("", _("Số quyết định vừa được dùng cho một hồ sơ khác của xã; hãy chọn số khác.")) from error
