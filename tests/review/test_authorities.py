"""Whose opinion the law asks for: the district's chair until 30/6/2025, the province's since."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.answering import agree
from households.review.actions.asking import ask_opinion
from households.review.actions.compiling import compile_list
from households.review.models import Dossier
from povertyportal.core.accounts import system_user
from tests.access.people import AREAS, NATION, person
from tests.review.ready import ANSWERED, AT, Case, ready
from tests.review.steps import asked, fresh
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db
OLD, DISTRICT = "01392", "045"  # xã Trường Hà of Hà Quảng, until 30/6/2025
THEN = datetime(2024, 11, 20, 3, tzinfo=UTC)
POOR = Case("poor")


def test_since_july_2025_the_province_answers() -> None:
    dossier = asked(ready(POOR))
    agree(dossier=dossier.pk, on=ANSWERED, by=person("district_reviewer", AREAS.PROVINCE), at=AT)
    assert fresh(dossier).state == "answered"


def test_the_ministry_does_not_answer_for_the_province() -> None:
    dossier, ministry = asked(ready(POOR)), person("province_reviewer", NATION)
    with pytest.raises(PermissionDenied, match="người cho ý kiến về kết quả rà soát là Chủ tịch UBND cấp tỉnh"):
        agree(dossier=dossier.pk, on=ANSWERED, by=ministry, at=AT)


def test_another_province_does_not_answer() -> None:
    dossier, stranger = asked(ready(POOR)), person("province_reviewer", AREAS.FOREIGN_PROVINCE)
    with pytest.raises(PermissionDenied):
        agree(dossier=dossier.pk, on=ANSWERED, by=stranger, at=AT)


def test_in_2024_the_district_answers_and_the_province_does_not() -> None:
    dossier = _asked_in_2024()
    day = date(2024, 11, 14)
    with pytest.raises(PermissionDenied, match="là Chủ tịch UBND cấp huyện"):
        agree(dossier=dossier.pk, on=day, by=person("province_reviewer", AREAS.PROVINCE, day=day), at=THEN)
    agree(dossier=dossier.pk, on=day, by=person("district_reviewer", DISTRICT, day=day), at=THEN)
    assert fresh(dossier).state == "answered"


def test_what_a_district_answered_is_recorded_later_by_the_province() -> None:
    dossier = _asked_in_2024()
    agree(dossier=dossier.pk, on=date(2024, 11, 14), by=person("province_reviewer", AREAS.PROVINCE), at=AT)
    assert fresh(dossier).opinions.get().answered_on == date(2024, 11, 14)


def _asked_in_2024() -> Dossier:
    round = a_round("2024-periodic", area=OLD, on=date(2024, 9, 1))
    dossier = ready(POOR, round=round, commune=OLD, before_on=date(2023, 12, 12), lived_since=date(2023, 1, 1))
    who = {"by": system_user(), "at": THEN}
    compile_list(dossier=dossier.pk, on=date(2024, 11, 8), **who)
    ask_opinion(dossier=dossier.pk, letter_number="9/UBND", on=date(2024, 11, 11), **who)
    return fresh(dossier)
