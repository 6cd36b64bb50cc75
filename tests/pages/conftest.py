import pytest
from django.test import Client

from povertyportal.core.models import User
from tests.people import account

PASSWORD = "ruộng bậc thang 2026"


@pytest.fixture
def official(db) -> User:
    return account("can-bo", PASSWORD, full_name="Nông Thị Bích Đào")


@pytest.fixture
def signed_in(official) -> Client:
    client = Client()
    client.force_login(official)
    return client
