"""Another class than the computed one: as long as the household's own village has not posted its list."""

import pytest

from households.review.actions.proposing import propose_class
from households.review.models import ProposedClass
from households.review.refusals import ReviewRefusedError
from households.surveys.form_models import SurveyForm
from tests.registry.people import COMMUNE
from tests.review.dossiers import MET, VILLAGE, done, dossier, meet, on, post, rows, waiting
from tests.review.ready import Case, ready

pytestmark = pytest.mark.django_db


def proposed(form: SurveyForm, klass: str = "near_poor", reason: str = "Nhà cháy ngày 02/10") -> ProposedClass:
    return propose_class(form=form.pk, purpose="closing", klass=klass, reason=reason, **on(MET))


def test_another_class_is_proposed_with_its_reason_and_taken_back_by_the_computed_one() -> None:
    of, form = dossier(), done()
    proposed(form)
    assert [(one.klass, one.differs, one.reason) for one in rows(of)] == [("near_poor", True, "Nhà cháy ngày 02/10")]
    proposed(form, "poor", "Biên bản ghi nhầm")
    assert [(one.klass, one.differs) for one in rows(of)] == [("poor", False)]


def test_it_is_the_stage_of_the_households_own_village_that_counts() -> None:
    """Households listed without a village are a part of their own, which may be further on or behind."""
    of, here, elsewhere = dossier(), done(), done("Lò Thị Xa", area=COMMUNE)
    meet(of, COMMUNE), post(of, COMMUNE)
    with pytest.raises(ReviewRefusedError, match="danh sách đã niêm yết"):
        proposed(elsewhere)
    proposed(here)
    other = done("Lò Văn Muộn", area=COMMUNE)
    meet(of, VILLAGE), post(of, VILLAGE)
    with pytest.raises(ReviewRefusedError, match="danh sách đã niêm yết"):
        proposed(here)
    with pytest.raises(ReviewRefusedError, match="danh sách đã niêm yết"):
        proposed(other)


def test_where_no_village_meets_the_stage_is_the_communes() -> None:
    of = ready(Case("average", "", why="average"), procedure="average", stage="posted", voted=False)
    with pytest.raises(ReviewRefusedError, match="danh sách đã niêm yết"):
        proposed(of.round.forms.get(), "not_poor")


def test_nothing_is_proposed_of_a_form_that_is_not_done_or_has_no_class() -> None:
    dossier()
    with pytest.raises(ReviewRefusedError, match="Phiếu chưa xong"):
        proposed(waiting())
    with pytest.raises(ReviewRefusedError, match="dừng ở Phiếu A"):
        proposed(done("Lý A Dừng", "", why="request"))
    with pytest.raises(ReviewRefusedError, match="Hãy chọn một phân loại"):
        proposed(done("Lý A Sai"), "giàu")
    with pytest.raises(ReviewRefusedError, match="Hãy ghi lý do"):
        proposed(done("Lý A Không"), reason=" ")
