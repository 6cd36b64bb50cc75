"""People who open the pages, and the figures that the test database holds."""

import pytest
from django.test import Client

from reports.reported.models import ReportedFigure
from tests.access.people import NATION, person, signed_in


def client_of(username: str, role: str, area: str = NATION) -> Client:
    return signed_in(person(role, area, username=username, full_name="Nông Thị Bảo"))


@pytest.fixture
def reader(db: None) -> Client:
    return client_of("nguoi-doc", "auditor")


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("nguoi-nhap", "province_reviewer")


@pytest.fixture
def loans(db: None) -> ReportedFigure:
    """9.231 households of Hà Quảng that took a loan, as the examples hold it."""
    return ReportedFigure.objects.get(area_code="045", measure="loan_households")
