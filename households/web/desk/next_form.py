"""Which form to take next: of the same village, mine or nobody's, those sent back first."""

from django.db.models import Case, Q, Value, When

from households.surveys.form_models import State, SurveyForm
from povertyportal.core.models import User

ORDER = (State.RETURNED, State.TYPING, State.WAITING)


def next_form(form: SurveyForm, user: User) -> SurveyForm | None:
    """1 query."""
    rows = SurveyForm.objects.filter(round=form.round_id, area_code=form.area_code, state__in=ORDER)
    mine = rows.filter(Q(assigned_to=user) | Q(assigned_to=None)).exclude(pk=form.pk)
    turn = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(ORDER)))
    return mine.order_by(turn, "household", "pk").first()
