import pytest
from django.test import Client

from households.access.roles import catalogue
from povertyportal.core.models import User
from tests.access.people import AREAS, NATION, granted, person
from tests.access.people import signed_in as client_of

PASSWORD = "ruộng bậc thang 2026"


@pytest.fixture
def official(db) -> User:
    return person("commune_official", AREAS.COMMUNE, username="can-bo", password=PASSWORD)


@pytest.fixture
def signed_in(official) -> Client:
    return client_of(official)


@pytest.fixture
def of_every_role(db) -> User:
    """Somebody to whom no entry of the menu is hidden."""
    user = person(username="moi-vai-tro")
    for role in catalogue().roles:
        granted(user, role, NATION)
    return user
