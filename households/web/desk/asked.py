"""What the work list is asked for, and whose turn a form is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from households.access.scope import Scope
from households.registry.finding.terms import looks_like_number
from households.registry.visible import WRITE
from households.surveys.findings import how_many
from households.surveys.form_models import OPEN_STATES, State, SurveyForm
from households.surveys.forms.called import called
from households.surveys.forms.reach import reach_in
from households.surveys.forms.steps import FILL
from households.web.desk.rounds import Chosen
from povertyportal.core.models import User
from povertyportal.vietnamese import tidy

ASKS = ("round", "area", "who", "state", "q", "page")
ME, NOBODY, ALL, LATE = "me", "nobody", "all", "late"
LONGEST_TEXT = 100
TO_FILL = (State.WAITING, State.TYPING, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Asked:
    """``who``: ME, NOBODY, ALL or a user name; ``state``: a state, LATE, or "" for any; ``text``: name or code of a household."""

    who: str
    state: str
    area: str
    text: str = ""

    @property
    def mine(self) -> bool:
        return self.who == ME

    @property
    def narrow(self) -> bool:
        """Not of everybody, or not in every state."""
        return self.who != ALL or bool(self.state)

    def forms(self, mine: Q, day: date, *, wide: bool) -> Q:
        """``mine``: what waits for the account; ``wide``: in a province or more, where a name costs 1 query."""
        found = late_on(day) if self.state == LATE else Q(state=self.state) if self.state else Q()
        if self.text:
            found &= called(self.text, day, wide=wide)
        if self.who == ALL:
            return found
        if self.who == NOBODY:
            return found & Q(assigned_to=None)
        return found & (mine if self.mine else Q(assigned_to__username=self.who))


def asked_of(request: HttpRequest, *, may_fill: bool) -> Asked:
    """Raises BadRequest."""
    state = request.GET.get("state", "")
    if state and state != LATE and state not in State.values:
        raise BadRequest(_("“%s” không phải tình trạng của phiếu.") % state[:20])
    text = tidy(request.GET.get("q", ""))[:LONGEST_TEXT]
    if looks_like_number(text):
        raise BadRequest(_("Số định danh không được ghi trong địa chỉ trang; hãy tìm theo số ở trang Hộ gia đình."))
    who = request.GET.get("who", "") or (ME if may_fill else ALL)
    return Asked(who, state, request.GET.get("area", "").strip(), text)


def address_asked(request: HttpRequest) -> str:
    """What was sent by the box, as an address: a personal number never comes into one."""
    asked = {name: value for name in ASKS if (value := tidy(request.POST.get(name, "")))}
    if looks_like_number(asked.get("q", "")):
        asked.pop("q")
        messages.warning(
            request, _("Ô tìm của trang này nhận tên chủ hộ hoặc mã hộ; tìm theo số định danh ở trang Hộ gia đình.")
        )
    return reverse("surveys:list") + (f"?{urlencode(asked)}" if asked else "")


def waiting_for(user: User, seen: Chosen, scopes: Mapping[str, Scope]) -> Q:
    """Forms given to this account, nobody's where it may fill, and those handed over where it may write to the registry."""
    fill, write = reach_in(seen.rounds, scopes[FILL]), reach_in(seen.rounds, scopes[WRITE])
    given = Q(assigned_to=user, state__in=TO_FILL)
    anybody = Q(assigned_to=None, state__in=TO_FILL) & fill.forms()
    return given | anybody | (Q(state=State.HANDED) & fill.forms() & write.forms())


def late_on(day: date) -> Q:
    return Q(state__in=OPEN_STATES) & (Q(due__lt=day) | Q(due=None, round__days__endswith__lte=day))


def in_order(forms: "QuerySet[SurveyForm]", day: date) -> "QuerySet[SurveyForm]":
    """What came back first, then what is late, then the other open ones; in each village by village."""
    turn = Case(
        When(state=State.RETURNED, then=Value(0)),
        When(late_on(day), then=Value(1)),
        When(state__in=OPEN_STATES, then=Value(2)),
        default=Value(3),
    )
    return forms.order_by(turn, "area_code", "pk")


def counts_of(seen: Chosen, mine: Q, day: date, **more: Q) -> dict[str, int]:
    """Of what waits for the account: all, what is late, what came back; and what else is asked for; 1 query."""
    late, returned = mine & late_on(day), mine & Q(state=State.RETURNED)
    return how_many(SurveyForm.objects.filter(seen.reach.forms()), forms=mine, late=late, returned=returned, **more)
