"""No step of a village or a dossier out of turn, by the wrong person, or on a page that is no longer true."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from households.access.roles import catalogue
from households.review.models import Dossier, DossierPart, ReviewStep
from households.review.moving import moving
from households.review.procedures.parts import Holder, Move, Procedure
from households.review.procedures.shelf import PROCEDURES, procedure
from households.review.refusals import ReviewRefusedError
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from povertyportal.core.models import User
from tests.access.people import person
from tests.registry.people import village
from tests.review.dossiers import VILLAGE, at, dossier
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def a_village(db: None) -> None:
    """The one whose code is VILLAGE."""
    village("Nà Tềnh")


def in_state(known: Procedure, move: Move, state: str) -> Dossier:
    found, _made = Dossier.objects.update_or_create(
        round=a_round(), area_code="01392", procedure=known.code,
        defaults={"state": known.first_of(Holder.DOSSIER).code, "opened_by": system_user(), "opened_at": at(DAY)},
    )  # fmt: skip
    if move.holder is Holder.DOSSIER:
        Dossier.objects.filter(pk=found.pk).update(state=state)
    else:
        DossierPart.objects.update_or_create(dossier=found, area_code=VILLAGE, defaults={"state": state})
    return found


def make(of: Dossier, move: str, by: User, expected: int | None = None) -> None:
    with moving(dossier=of.pk, move=move, part=VILLAGE, on=DAY, by=by, at=at(DAY), expected=expected):
        pass


@pytest.mark.parametrize("code", [one.code for one in PROCEDURES])
def test_a_step_is_made_in_its_stages_and_in_no_other(code: str) -> None:
    known, by = procedure(code), system_user()
    moves = [one for one in known.moves if one.holder is not Holder.INTAKE]
    made = 0
    with acting(by=by, reason="Phép thử"):
        for move in moves:
            for stage in (one for one in known.stages if one.holder is move.holder):
                of = in_state(known, move, stage.code)
                if stage.code in move.from_:
                    make(of, move.code, by)
                    made += 1
                    assert ReviewStep.objects.latest("pk").to_state == (move.to or stage.code)
                else:
                    with pytest.raises(ReviewRefusedError, match="Chưa làm được"):
                        make(of, move.code, by)
    assert ReviewStep.objects.filter(dossier__procedure=code).count() == made


def test_a_step_asks_for_its_right_and_every_role_without_it_is_refused() -> None:
    known, roles = procedure("periodic"), catalogue()
    of = dossier()
    for role in ("village_reviewer", "commune_official", "commune_leader", "auditor", "administrator"):
        user = person(role, "01392")
        for move in (one for one in known.moves if one.holder is not Holder.INTAKE):
            with acting(by=system_user(), reason="Phép thử"):
                of = in_state(known, move, move.from_[0])
            if role in roles.with_action(move.action):
                make(of, move.code, user)
            else:
                with pytest.raises(PermissionDenied):
                    make(of, move.code, user)


def test_a_step_is_made_only_on_what_the_page_showed() -> None:
    of = dossier()
    make(of, "meet", system_user(), expected=0)
    with pytest.raises(ReviewRefusedError, match="người khác làm thêm một bước"):
        make(of, "post", system_user(), expected=0)
    make(of, "post", system_user(), expected=1)


def test_a_step_that_fails_halfway_leaves_nothing() -> None:
    of = dossier()

    def half_made() -> None:
        told = {"on": DAY, "by": system_user(), "at": at(DAY)}
        with moving(dossier=of.pk, move="meet", part=VILLAGE, **told) as work:  # type: ignore[arg-type]
            work.dossier.parts.create(area_code="01392-002", state="closed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_made()
    of.refresh_from_db()
    assert (of.version, of.parts.exists(), ReviewStep.objects.exists()) == (0, False, False)
