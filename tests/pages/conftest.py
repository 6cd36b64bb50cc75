import pytest
from django.test import Client

from povertyportal.core.models import User

PASSWORD = "ruộng bậc thang 2026"


@pytest.fixture
def official(db) -> User:
    return User.objects.create_user("can-bo", password=PASSWORD, full_name="Nông Thị Bích Đào")


@pytest.fixture
def superuser(db) -> User:
    return User.objects.create_superuser("quan-tri", password=PASSWORD, full_name="Lê Quang Trị")


@pytest.fixture
def signed_in(official) -> Client:
    client = Client()
    client.force_login(official)
    return client
