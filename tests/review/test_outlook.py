"""What the board says of the days left, on different days of one autumn."""

from datetime import date

import pytest

from households.review.actions.complaints import answer_complaint
from households.review.calendar.shipped import shipped
from households.review.models import Dossier
from households.review.outlook import Outlook, outlook
from tests.review.dossiers import OTHER, complain, done, dossier, end_posting, meet, on, post, stands, waiting

pytestmark = pytest.mark.django_db


def seen(of: Dossier, day: date) -> Outlook:
    found = outlook(stands(of, day), calendar=shipped())
    assert found is not None
    return found


def due(of: Dossier, day: date) -> list[str]:
    return [one.move for one in seen(of, day).due]


def test_of_an_autumn_in_which_nothing_was_done_each_day_tells_more() -> None:
    of, _one = dossier(), waiting()
    for day in (date(2026, 9, 1), date(2026, 11, 10), date(2026, 11, 18)):
        told = seen(of, day)
        assert (list(told.due), told.risky, told.over) == ([], False, False), day
    told = seen(of, date(2026, 11, 19))
    assert (list(told.due), told.risky) == ([], True)
    told = seen(of, date(2026, 12, 3))
    assert [one.move for one in told.late] == ["meet", "post"]
    assert [one.move for one in told.soon] == ["take_down", "compile", "ask"]
    told = seen(of, date(2026, 12, 14))
    assert [(one.move, one.days_left) for one in told.soon] == [("agree", 0), ("decide", 0)]
    told = seen(of, date(2026, 12, 20))
    assert (told.over, told.soon, [one.move for one in told.late][-1]) == (True, [], "decide")


def test_where_somebody_complained_the_steps_that_come_of_it_have_their_days() -> None:
    of, one = dossier(), done()
    done("Lý Thị Bình", area=OTHER)
    meet(of)
    post(of)
    found = complain(of, one)
    end_posting(of)
    day = date(2026, 12, 1)
    assert due(of, day) == ["meet", "post", "answer", "post_again", "take_down", "compile", "ask", "take_down_again"]
    answer_complaint(complaint=found.pk, outcome="kept", answer="Đã xem lại", answered_on=day, late="Mưa lũ", **on(day))
    post(of, day=day, turn=2)
    assert due(of, day) == ["meet", "post", "take_down", "compile", "ask", "take_down_again"]
    end_posting(of, day=date(2026, 12, 5), turn=2)
    assert due(of, date(2026, 12, 5)) == ["meet", "post", "take_down", "compile", "ask"]
