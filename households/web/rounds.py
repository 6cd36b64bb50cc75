"""Survey rounds: the list of a year, one round with the totals of its communes."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Page
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from households.access.scope import Scope, scopes_of
from households.criteria.models import LegalStandard
from households.registry.places import named_places
from households.surveys.awaited import awaited
from households.surveys.binding import bindable
from households.surveys.form_models import SurveyForm
from households.surveys.forms.reach import READ as READ_FORMS
from households.surveys.forms.reach import reach_in
from households.surveys.models import RoundTotals, SurveyRound
from households.surveys.queries import CommuneOfRound, RoundSeen, communes_of, entries_of, rounds_ever, rounds_in
from households.surveys.rounds import OPEN
from households.surveys.totals import ENTER
from households.surveys.withdrawing import in_the_way
from households.web.areas import address
from povertyportal.core.clock import today
from povertyportal.core.paging import page_asked
from povertyportal.vietnamese import fold, format_date, format_number

READ = "rounds.read"
ROUNDS_A_PAGE, COMMUNES_A_PAGE = 50, 100


@dataclass(frozen=True, slots=True)
class RoundRow:
    seen: RoundSeen
    area: str

    @property
    def round(self) -> SurveyRound:
        return self.seen.round

    @property
    def last_day(self) -> Any:
        return self.round.days.upper - timedelta(days=1)

    @property
    def standards(self) -> list[tuple[str, LegalStandard]]:
        return bound_standards(self.round)


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """``entries``: everything entered for it, the one that counts first."""

    commune: CommuneOfRound
    url: str
    entries: list[RoundTotals]

    @property
    def now(self) -> RoundTotals | None:
        return self.entries[0] if self.entries else None

    @property
    def households(self) -> str:
        return format_number(self.entries[0].households)

    @property
    def persons(self) -> str:
        return format_number(self.entries[0].persons)

    @property
    def corrections(self) -> list[str]:
        """Newest first."""
        return [_corrected(after, before) for after, before in pairwise(self.entries)]


def _corrected(after: RoundTotals, before: RoundTotals) -> str:
    return _("Sửa %(day)s vì: %(reason)s. Trước đó %(households)s hộ, %(persons)s nhân khẩu (%(by)s).") % {
        "day": format_date(localdate(after.at)),
        "reason": after.reason.rstrip("."),
        "households": format_number(before.households),
        "persons": format_number(before.persons),
        "by": before.by,
    }


@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    scopes = scopes_of(request.user, [READ, OPEN], day=today())
    years = list(SurveyRound.objects.order_by("-year").values_list("year", flat=True).distinct())
    year, text = _year_asked(request, years), request.GET.get("area", "").strip()
    seen = rounds_in(scopes[READ], rounds_ever().filter(year=year)) if year else []
    rows = _named(seen)
    wanted = [row for row in rows if _called(row, text)]
    context = {
        "page": page_asked(request, wanted, ROUNDS_A_PAGE),
        "years": years,
        "year": year,
        "area": text,
        "none_at_all": not rows,
        "may_open": bool(scopes[OPEN]),
    }
    return render(request, "households/round_list.html", context)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    forms = Exists(SurveyForm.objects.filter(round=OuterRef("pk")))
    found = get_object_or_404(rounds_ever().annotate(has_forms=forms), pk=pk)
    scopes = scopes_of(request.user, [READ, ENTER, OPEN, READ_FORMS], day=today())
    ours = seen_communes(found, scopes[READ])
    entries = entries_of(found)
    rows = [CommuneRow(one, address(one.code, found.area_on), entries.get(one.code, [])) for one in ours]
    page: Page[Any] = page_asked(request, rows, COMMUNES_A_PAGE)
    may_open = not found.withdrawn_at and scopes[OPEN].covers(found.area_code, on=found.area_on)
    context = {
        **about(found),
        "page": page,
        "bindable": bindable(found) if may_open else [],
        "may_withdraw": may_open and not in_the_way(found),
        "entered": len([row for row in rows if row.now]),
        "missing": len([row for row in rows if not row.now]),
        "has_forms": _has_forms(found) and not found.withdrawn_at and bool(reach_in([found], scopes[READ_FORMS])),
        "may_enter": not found.withdrawn_at and any(scopes[ENTER].covers(one.code, on=found.area_on) for one in ours),
    }
    return render(request, "households/round_detail.html", context)


def _has_forms(found: SurveyRound) -> bool:
    """Of a round that was asked for together with whether it has any."""
    return bool(getattr(found, "has_forms"))  # noqa: B009  # an annotation


def about(found: SurveyRound) -> dict[str, Any]:
    """What every page of one round says of it; 2 queries."""
    place = named_places([(found.area_code, found.area_on)])[found.area_code, found.area_on]
    return {
        "round": found,
        "area": place,
        "area_url": address(found.area_code, found.area_on),
        "last_day": found.days.upper - timedelta(days=1),
        "standards": bound_standards(found),
        "awaited": [] if found.withdrawn_at else awaited(found),
    }


def bound_standards(found: SurveyRound) -> list[tuple[str, LegalStandard]]:
    titles = {
        "closing": _("chốt năm"),
        "opening": _("mở đầu giai đoạn sau"),
        "local_closing": _("của tỉnh, chốt năm"),
        "local_opening": _("của tỉnh, mở đầu giai đoạn sau"),
    }
    return [(title, row) for name, title in titles.items() if (row := getattr(found, name))]


def seen_communes(found: SurveyRound, scope: Scope) -> list[CommuneOfRound]:
    """Raises PermissionDenied where the scope covers none of the round's communes."""
    ours = [one for one in communes_of(found) if scope.covers(one.code, on=found.area_on)]
    if not ours:
        raise PermissionDenied(_("Đợt rà soát này không thuộc địa bàn của bạn."))
    return ours


def round_url(found: SurveyRound) -> str:
    return reverse("rounds:detail", args=[found.pk])


def _year_asked(request: HttpRequest, years: list[int]) -> int | None:
    """The newest that has rounds where none is asked for. Raises BadRequest."""
    text = request.GET.get("year", "").strip()
    if not text:
        return years[0] if years else None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadRequest(_("“%s” không phải một năm; hãy ghi bốn chữ số.") % text[:20])
    return int(text)


def _named(seen: list[RoundSeen]) -> list[RoundRow]:
    names = named_places([(one.round.area_code, one.round.area_on) for one in seen])
    return [RoundRow(one, names[one.round.area_code, one.round.area_on].full) for one in seen]


def _called(row: RoundRow, text: str) -> bool:
    return not text or row.round.area_code.startswith(text) or fold(text) in fold(row.area)
