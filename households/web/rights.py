"""The tables of rights: what each role allows; who holds which in an area, to read, print and sign half-yearly."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from households.access.models import Reach, RightsReview
from households.access.rights import (
    READ,
    SIGN,
    ReviewState,
    RightsRefusedError,
    content_of,
    review_state,
    reviews_of,
    sign_rights,
    standing_grants,
)
from households.access.roles import NATION, catalogue
from households.access.scope import grants_with, scope_of
from households.areas.models import Area
from households.areas.queries import called
from households.web.access_forms import SignForm
from households.web.grants import row_of
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.paging import page_asked
from povertyportal.core.periods import on as valid_on
from povertyportal.core.session_guard import account_of
from povertyportal.records.proposals import digest_of
from povertyportal.vietnamese import fold

PAGE_SIZE = 100
FOUND = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A unit (None: the nation) whose table one may read, with the state of its review."""

    area: Area | None
    name: str
    url: str
    state: ReviewState | None = None


def place_of(area: Area | None, state: ReviewState | None = None) -> Place:
    name = area.full_name if area else str(Reach.NATION.label).capitalize()
    return Place(area, name, reverse("access:rights_area", args=[area.code if area else NATION]), state)


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    text = request.GET.get("q", "").strip()
    scope = scope_of(user, READ, day=day)
    found = valid_on(scope.areas() if fold(text) else Area.objects.none(), day).filter(called(text))
    known = catalogue()
    context = {
        "roles": list(known.roles.values()),
        "lines": [
            (action, [code in role.actions for role in known.roles.values()]) for code, action in known.actions.items()
        ],
        "places": own_places(user, day),
        "may_search": bool(scope),
        "text": text,
        "found": [place_of(area) for area in found.order_by("level", "sort_key")[:FOUND]],
        "asked": "q" in request.GET,
    }
    return render(request, "households/rights.html", context)


def own_places(user: User, day: date) -> list[Place]:
    """The units on which the person's grants to read the table stand."""
    grants = grants_with(user, READ, day=day).select_related("area").order_by("area__code")
    areas = {grant.area_id: grant.area for grant in grants}
    return [place_of(area, review_state(area, day=day)) for area in areas.values()]


@require_http_methods(["GET", "HEAD", "POST"])
def rights_area(request: HttpRequest, code: str) -> HttpResponse:
    user, day = account_of(request), today()
    area = _area(user, code, day)
    state = review_state(area, day=day)
    digest = digest_of(content_of(area, day=day))
    form = SignForm(request.POST or None, initial={"digest": digest})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sign_rights(area=area, digest=data["digest"], note=data["note"], by=user, at=now())
        except RightsRefusedError as refused:
            messages.warning(request, str(refused))
            form = SignForm(initial={"digest": digest, "note": data["note"]})
        else:
            messages.success(request, _("Đã ký bảng phân quyền %s.") % state.period)
            return redirect("access:rights_area", code)
    page = page_asked(request, standing_grants(area, day=day), PAGE_SIZE)
    context = {
        "place": place_of(area, state),
        "code": code,
        "day": day,
        "page": page,
        "rows": [row_of(grant, day) for grant in page],
        "reviews": reviews_of(area)[:20],
        "form": form,
        "may_sign": scope_of(user, SIGN, day=day).holds(area),
    }
    return render(request, "households/rights_area.html", context)


def _area(user: User, code: str, day: date) -> Area | None:
    """The unit of today with this code, None for the nation. Raises PermissionDenied outside the scope."""
    scope = scope_of(user, READ, day=day)
    if code == NATION:
        if not scope.nation:
            raise PermissionDenied(_("Bảng phân quyền toàn quốc chỉ dành cho người có quyền toàn quốc."))
        return None
    area = valid_on(Area.objects.filter(code=code), day).first()
    if area is None and scope.nation:
        raise Http404(_("Hôm nay không có đơn vị hành chính mang mã %s.") % code[:40])
    if area is None or not scope.holds(area):
        raise PermissionDenied(_("Địa bàn mã %s không thuộc phạm vi được giao cho bạn.") % code[:40])
    return area


@require_safe
def rights_review(request: HttpRequest, pk: int) -> HttpResponse:
    """A table as it was signed, whatever has changed since."""
    scope = scope_of(account_of(request), READ, day=today())
    review = RightsReview.objects.select_related("area", "by").filter(pk=pk).first()
    if review is None or not scope.holds(review.area):
        raise Http404(_("Trong địa bàn của bạn không có lần ký số %s.") % pk)
    actions = catalogue().actions
    titles = {code: role["title"] for code, role in review.content["roles"].items()}
    context = {
        "review": review,
        "lines": [_signed_line(line, titles) for line in review.content["lines"]],
        "roles": [
            (role["title"], [actions[code].title if code in actions else code for code in role["actions"]])
            for role in review.content["roles"].values()
        ],
    }
    return render(request, "households/rights_review.html", context)


def _signed_line(line: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    until = date.fromisoformat(line["until"]) if line["until"] else None
    return line | {"title": titles[line["role"]], "start": date.fromisoformat(line["from"]), "end": until}
