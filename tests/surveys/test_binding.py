"""A round is bound to the opening standard that was published after the round had opened."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from households.criteria.law.shelf import read_standard
from households.criteria.models import LegalStandard, Origin, State
from households.criteria.publishing import enter_standard, put_in_force
from households.criteria.queries import standard_in_force
from households.surveys.binding import bind_opening_standard, bindable
from households.surveys.models import SurveyRound
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import open_round
from households.surveys.withdrawing import withdraw_round
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
from povertyportal.core.models import User
from tests.access.people import AREAS, person, signed_in
from tests.criteria.published import MORNING, NOON, local_text
from tests.reading import seen

pytestmark = pytest.mark.django_db


def opened(code: str = "2026-periodic", area: str = AREAS.COMMUNE, on: date = date(2026, 9, 1)) -> SurveyRound:
    return open_round(code=code, area_code=area, on=on, by=system_user(), at=now())


APPLIES = """[[applies]]
purpose = "closing"
from = 2027
to = 2030
[[applies]]
purpose = "opening"
from = 2026
to = 2026

"""


def published(*, code: str = "chuan-2027", scope: str = "", opens: bool = True) -> LegalStandard:
    """Of the nation (word for word that of today) or of a province, by two persons."""
    today = LegalStandard.objects.get(code="nd07-2021", state=State.IN_FORCE)
    content = local_text(code=code, scope=scope) if scope else today.content.replace('"nd07-2021"', f'"{code}"', 1)
    applies = APPLIES if opens else APPLIES.partition('[[applies]]\npurpose = "opening"')[0]
    content = re.sub(r"\[\[applies\]\].*?(?=\[\[lines\]\])", applies, content, count=1, flags=re.DOTALL)
    standard = read_standard(content, name="thử", shelf={"nd07-2021": standard_in_force("nd07-2021")} if scope else {})
    by, other = person("administrator", "04"), person("province_reviewer", "04")
    row = enter_standard(standard=standard, content=content, origin=Origin.ENTERED, by=by, at=MORNING)
    put_in_force(row=row, standard=standard, by=other, at=NOON, approved_by=other)
    return row


def bind(found: SurveyRound, standard: LegalStandard, by: User | None = None) -> SurveyRound:
    return bind_opening_standard(round=found, standard=standard, by=by or system_user(), at=now())


def refused(words: str, found: SurveyRound, standard: LegalStandard) -> None:
    with pytest.raises(RoundRefusedError, match=words):
        bind(found, standard)


def test_the_decree_that_came_after_the_round_is_bound_to_it() -> None:
    found = opened()
    assert bindable(found) == []
    decree = published()
    assert bindable(found) == [decree]
    leader = person("commune_leader", AREAS.COMMUNE)
    bind(found, decree, leader)
    found.refresh_from_db()
    assert found.opening == decree
    assert found.history.latest("pgh_id").pgh_context["user"] == leader.pk
    assert bindable(found) == []


def test_the_province_has_an_opening_standard_of_its_own() -> None:
    found, own = opened(), published(scope="04")
    assert (bind(found, own).local_opening, found.opening) == (own, None)


def test_what_does_not_fit_is_refused_in_a_sentence() -> None:
    found, earlier = opened(), opened("2025-periodic", on=date(2025, 9, 1))
    decree, foreign = published(), published(code="tinh-khac-2027", scope="22")
    local = published(code="tinh-2027", scope="04", opens=False)
    refused("còn là bản thảo", found, LegalStandard.objects.get(code="nd351-2025"))
    refused("không dùng để lập số mở đầu ở đợt rà soát năm 2025", earlier, decree)
    refused("không dùng để lập số mở đầu", found, local)
    refused("là của tỉnh khác", found, foreign)
    refused("đợt trong năm", opened("2026-10-inyear", on=date(2026, 10, 15)), decree)


def test_what_is_bound_is_not_changed() -> None:
    decree = published()
    found = opened()
    assert found.opening == decree
    refused("đã gắn chuẩn mở đầu chuan-2027", found, decree)


def test_a_withdrawn_round_is_bound_to_nothing() -> None:
    found, decree = opened(), published()
    withdraw_round(round=found, reason="mở nhầm", by=system_user(), at=now())
    refused("rút ngày", found, decree)


def test_who_may_not_open_a_round_may_not_bind_it() -> None:
    found, decree = opened(), published()
    with pytest.raises(PermissionDenied, match="Mở đợt"):
        bind(found, decree, person("commune_official", AREAS.COMMUNE))


def test_the_leader_is_told_and_binds_it_on_its_page() -> None:
    found = opened()
    client = signed_in(person("commune_leader", AREAS.COMMUNE))
    detail, page = (reverse(f"rounds:{name}", args=[found.pk]) for name in ("detail", "bind"))
    assert "Hiện chưa có chuẩn mở đầu nào" in seen(client.get(page))
    decree = published()
    assert "Chuẩn chuan-2027 nay đã áp dụng trên cổng" in seen(client.get(detail))
    assert "Gắn chuẩn này" in seen(client.get(page))
    assert "Không có chuẩn “nd351-2025” đang áp dụng" in seen(client.post(page, {"standard": "nd351-2025"}))
    assert "Hãy chọn chuẩn" in seen(client.post(page))
    assert "không dùng để lập số mở đầu" in seen(client.post(page, {"standard": "qd59-2015"}))
    assert "Đã gắn chuẩn mở đầu chuan-2027" in seen(client.post(page, {"standard": decree.code}, follow=True))
