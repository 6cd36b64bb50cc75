"""A demonstration as a whole: villages, households, the rounds of its years with their totals, all or nothing.

Everything it makes is marked as invented and says from which seed it comes. It begins in December before the first year
with the stock of that year's review, so that the first year has something to move from.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.areas.changes.writing import one_at_a_time
from households.areas.models import Area
from households.criteria.queries import standards_on
from households.registry.demonstration.classes import YearLaw
from households.registry.demonstration.district import DistrictPlan, Stock, live
from households.registry.demonstration.invented_numbers import InventedNumbers
from households.registry.demonstration.loading import Loader, keys
from households.registry.demonstration.mapping import Asked, Ground, ground, make_villages
from households.registry.models import Household
from households.surveys.codes import RoundCode
from households.surveys.demonstration.rounds import fill_rounds
from households.surveys.models import SurveyRound
from households.surveys.queries import all_rounds
from households.surveys.rounds import open_round
from households.surveys.totals import Entry, enter_many
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on
from povertyportal.vietnamese import format_number

MOST_HOUSEHOLDS = 600_000  # about 2,400,000 people
FIRST_YEAR = 2021  # before it Hà Quảng was another district
END_OF_DISTRICTS = 2025
NOT_REVIEWED = (0.7, 1.5)  # households of a commune that are in no review, for one that is
PERSONS_A_HOUSEHOLD = 4.2


class DemonstrationRefusedError(Exception):
    """The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    seed: int
    households: int
    first: int
    last: int

    @property
    def mark(self) -> str:
        """Written on every round, and what a second run is known by."""
        return f"Dữ liệu minh họa, hạt giống {self.seed}, {self.households} hộ, {self.first}..{self.last}"


@dataclass
class Made:
    """``rows``: how many the registry's tables got; none of it is stored unless ``stored``."""

    wish: Wish
    stored: bool = False
    unchanged: bool = False
    districts: list[str] = field(default_factory=list)
    communes: int = 0
    villages: int = 0
    households: int = 0
    persons: int = 0
    rounds: int = 0
    forms: int = 0
    rows: int = 0


def make(wish: Wish, *, by: User, at: datetime, commit: bool, forms: bool = True) -> Made:
    """``by``: whom the history names; ``forms``: with what was answered in the last round, and a round that is under way.
    Raises DemonstrationRefusedError. Without ``commit`` it only says where they would live."""
    made = Made(wish)
    with transaction.atomic(), acting(by=by, reason=wish.mark):
        one_at_a_time()
        if made_before(wish):
            made.unchanged = True
            return made
        asked = _asked(wish, timezone.localdate(at))
        found = ground(asked)
        _told(made, found, wish)
        if commit:
            areas = _store(made, found, asked, by, at)
            if forms:
                made.forms = fill_rounds(wish.seed, wish.mark, areas, year=wish.last, by=by, at=at)
            made.stored = True
    return made


def made_before(wish: Wish) -> bool:
    """Raises DemonstrationRefusedError where there is something else."""
    marks = set(SurveyRound.objects.filter(invented=True).values_list("legal_basis", flat=True))
    if wish.mark in marks:
        return True
    if marks or Household.objects.filter(invented=True).exists():
        told = "; ".join(sorted(marks)) or _("không rõ nguồn")
        raise DemonstrationRefusedError(
            _("Cổng đã có dữ liệu minh họa khác (%s); hãy dùng thư mục dữ liệu mới.") % told
        )
    if Household.objects.exists():
        raise DemonstrationRefusedError(_("Cổng đang giữ hồ sơ hộ thật: không thêm dữ liệu minh họa vào đó."))
    if real := all_rounds().filter(year__range=(wish.first, wish.last)).order_by("code", "area_code").first():
        message = _(
            "Cổng đã mở đợt rà soát thật (%s): không thêm dữ liệu minh họa cạnh đó; hãy dùng thư mục dữ liệu mới."
        )
        raise DemonstrationRefusedError(message % real)
    return False


def _asked(wish: Wish, today: date) -> Asked:
    if not 1 <= wish.households <= MOST_HOUSEHOLDS:
        message = _("Số hộ phải từ 1 đến %s.") % format_number(MOST_HOUSEHOLDS)
        raise DemonstrationRefusedError(message)
    if not FIRST_YEAR <= wish.first <= wish.last < today.year:
        told = {"first": FIRST_YEAR, "last": today.year - 1}
        raise DemonstrationRefusedError(_("Các năm phải nằm trong %(first)s..%(last)s, năm đầu trước năm cuối.") % told)
    laws = {year: _law(year) for year in range(wish.first - 1, wish.last + 1)}
    first_day = date(wish.first - 1, 12, 1)
    laws[first_day.year] = YearLaw(laws[first_day.year].closing)
    return Asked(wish.seed, wish.households, first_day, today, laws)


def _law(year: int) -> YearLaw:
    found = standards_on(year)
    if found.closing is None:
        raise DemonstrationRefusedError(_("Năm %s chưa có chuẩn nghèo; hãy chạy load_standards trước.") % year)
    return YearLaw(found.closing.code, found.opening.code if found.opening else "")


def _told(made: Made, found: Ground, wish: Wish) -> None:
    codes = [plan.code for plan in found.districts]
    made.districts = codes
    made.communes = sum(len(plan.communes) for plan in found.districts)
    made.villages = len({version.code for version in found.villages})
    made.households = sum(one.households for plan in found.districts for one in plan.communes)
    if made.households < wish.households:
        raise DemonstrationRefusedError(
            _("Các xã trên cổng chỉ đủ chỗ cho %s hộ; hãy chạy load_areas trước, hoặc ghi số nhỏ hơn.")
            % format_number(made.households)
        )


def _store(made: Made, found: Ground, asked: Asked, by: User, at: datetime) -> list[str]:
    """Areas of the last year's rounds."""
    make_villages(found, source=asked.source)
    _checked_at_once(True)
    numbers, loader = InventedNumbers(), Loader(source=asked.source, by=by, at=at)
    households, persons = keys("household"), keys("person")
    stocks: dict[tuple[int, str], list[Stock]] = defaultdict(list)
    made.households = 0
    for plan in found.districts:
        book, lived = live(plan, seed=asked.seed, households=households, persons=persons, numbers=numbers)
        loader.load(book)
        made.households += len(book.households)
        made.persons += len(book.people)
        for stock in lived:
            stocks[stock.year, _round_area(plan, stock.year)].append(stock)
    made.rows = loader.rows
    _checked_at_once(False)
    for (year, area_code), ours in sorted(stocks.items()):
        if year >= made.wish.first:
            _round(made.wish, year, area_code, ours, at)
            made.rounds += 1
    return sorted(area_code for year, area_code in stocks if year == made.wish.last)


def _checked_at_once(now: bool) -> None:
    """Else the database would keep millions of checks in mind until the end."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {'IMMEDIATE' if now else 'DEFERRED'}")


def _round_area(plan: DistrictPlan, year: int) -> str:
    """Districts open their own rounds as long as there are any; then provinces do, as the land lies by then."""
    if year < END_OF_DISTRICTS:
        return plan.code
    village = plan.communes[0].villages[0]
    unit = holding_on(Area.objects.filter(code=village.commune(date(year, 9, 1))), date(year, 9, 1)).get()
    return unit.parent_code


def _round(wish: Wish, year: int, area_code: str, stocks: list[Stock], at: datetime) -> None:
    by = system_user()  # no role may both open a round and enter its totals
    opened = open_round(
        code=str(RoundCode(year)), area_code=area_code, on=date(year, 9, 1), by=by, at=at, legal_basis=wish.mark,
        invented=True,
    )  # fmt: skip
    entries = list(_totals(wish, stocks))
    enter_many(round=opened, entries=entries, source=wish.mark, by=by, at=at)


def _totals(wish: Wish, stocks: list[Stock]) -> Iterator[Entry]:
    """Households under review, and those of the commune that never come up for one."""
    by_commune: dict[str, list[Stock]] = defaultdict(list)
    for stock in stocks:
        by_commune[stock.commune].append(stock)
    for commune, ours in sorted(by_commune.items()):
        rng = Random(f"{wish.seed} {commune} others")  # noqa: S311  # nothing secret
        reviewed = sum(stock.households for stock in ours)
        others = round(reviewed * rng.uniform(*NOT_REVIEWED))
        persons = sum(stock.persons for stock in ours) + round(others * PERSONS_A_HOUSEHOLD)
        yield Entry(commune, reviewed + others, persons)
