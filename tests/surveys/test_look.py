"""What a form's answers come to while they are typed."""

from typing import Any

from households.surveys.classification import look
from households.surveys.form_models import SurveyForm
from tests.surveys.filled import answers, form, member


def test_a_household_of_low_points_that_lacks_nothing_is_near_poor(recorded: None) -> None:
    seen = look(form(), answers(b1="120"))
    assert seen.faults == {}
    assert seen.missing == ()
    assert seen.outcomes[0][1].told.result.klass == "near_poor"


def test_a_look_costs_four_queries_at_most(recorded: None, django_assert_max_num_queries: Any) -> None:
    made = form()
    look(made, answers())
    fresh = SurveyForm.objects.get(pk=made.pk)
    with django_assert_max_num_queries(4):
        look(fresh, answers(*[member(index) for index in range(5)]))
