"""People who open the pages, and the figures that the test database holds."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from reports.reported.models import ReportedFigure
from tests.people import account


def client_of(username: str, *rights: str) -> Client:
    user = account(username, full_name="Nông Thị Bảo")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader(db: None) -> Client:
    return client_of("nguoi-doc")


@pytest.fixture
def editor(db: None) -> Client:
    return client_of("nguoi-nhap", "add_reportedfigure")


@pytest.fixture
def loans(db: None) -> ReportedFigure:
    """9.231 households of Hà Quảng that took a loan, as the examples hold it."""
    return ReportedFigure.objects.get(area_code="045", measure="loan_households")
