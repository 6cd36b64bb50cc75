"""What signing out does to what pages kept on the device."""

import pytest
from django.test import Client

from tests.access.people import AREAS, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_an_official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


def test_signing_out_tells_the_browser_to_clear_what_was_kept(client_of_an_official: Client) -> None:
    answer = client_of_an_official.post("/sign-out/", headers={"host": "localhost:8000"})
    assert answer["Clear-Site-Data"] == '"storage"'


def test_what_others_could_not_send_is_left_where_the_page_says_so(client_of_an_official: Client) -> None:
    answer = client_of_an_official.post("/sign-out/", {"device": "kept"}, headers={"host": "localhost:8000"})
    assert "Clear-Site-Data" not in answer


def test_plain_http_from_another_machine_is_told_nothing_that_browsers_refuse(client_of_an_official: Client) -> None:
    assert "Clear-Site-Data" not in client_of_an_official.post("/sign-out/")
    assert client_of_an_official.post("/sign-out/", secure=True)["Clear-Site-Data"] == '"storage"'
