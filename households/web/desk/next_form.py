"""Which form to take next: of the same village, mine or nobody's; what only an official can finish comes first."""

from django.db.models import Case, Q, Value, When

from households.surveys.form_models import State, SurveyForm
from povertyportal.core.models import User

ORDER = (State.HANDED, State.RETURNED, State.TYPING, State.WAITING)


def next_form(form: SurveyForm, user: User, *, may_write: bool) -> SurveyForm | None:
    """``may_write``: into the registry, for which forms were handed over; 1 query."""
    rows = SurveyForm.objects.filter(round=form.round_id, area_code=form.area_code, state__in=ORDER)
    own = (Q(assigned_to=user) | Q(assigned_to=None)) & ~Q(state=State.HANDED)
    mine = rows.filter(own | Q(state=State.HANDED) if may_write else own).exclude(pk=form.pk)
    turn = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(ORDER)))
    return mine.order_by(turn, "household", "pk").first()
