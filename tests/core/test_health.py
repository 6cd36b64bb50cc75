import pytest
from django.db import DatabaseError
from django.test import Client


@pytest.mark.django_db
def test_a_stranger_learns_that_the_database_is_reached() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "reached"})


def test_a_database_that_does_not_answer_is_said_with_503(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def cursor(self) -> None:
            raise DatabaseError

    monkeypatch.setattr("povertyportal.core.health.connection", Broken())
    assert Client().get("/healthz").status_code == 503


@pytest.mark.django_db
def test_health_is_only_read() -> None:
    assert Client().post("/healthz").status_code == 405
