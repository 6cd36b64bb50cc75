"""The server killed in the middle of a save, its database gone and back, the network cut: nothing typed is lost, and a save
that is sent again is stored once."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import Database, as_owner, cloned_database
from tests.faults.desk import Desk, Typist, desks
from tests.faults.server import Server, asked, held, until_somebody_waits

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("saves") as database:
        yield database


@pytest.fixture(scope="module")
def forms(database: Database) -> list[Desk]:
    """One for each test."""
    return desks(database, 7)


@pytest.fixture(scope="module")
def running(database: Database) -> Iterator[Server]:
    server = Server(database)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: Server) -> Server:
    if not running.is_up:
        running.start()
    return running


@pytest.fixture
def typist(server: Server, forms: list[Desk]) -> Typist:
    return Typist(server.url, forms.pop())


def stored(database: Database, made: Desk) -> tuple[dict[str, Any], list[str]]:
    """What stands on the form, and the keys of its saves."""
    ((answers,),) = asked(database, "SELECT answers FROM households_surveysheet WHERE form_id = %s", made.form)
    keys = asked(database, "SELECT key::text FROM households_surveysave WHERE form_id = %s ORDER BY id", made.form)
    return answers, [key for (key,) in keys]


def sent_and_killed(server: Server, typist: Typist, save: dict[str, Any], lock: str) -> None:
    """The server is killed while the save waits for the lock; whoever sent it gets no answer."""
    lost: list[BaseException] = []

    def send() -> None:
        try:
            typist.send(save)
        except (OSError, http.client.HTTPException) as error:
            lost.append(error)

    with held(server.database, lock, typist.desk.form):
        waiting = threading.Thread(target=send)
        waiting.start()
        until_somebody_waits(server.database)
        server.kill()
        waiting.join(timeout=30)
    assert lost


def test_a_server_killed_before_it_stored_the_save_leaves_nothing_half(server: Server, typist: Typist) -> None:
    save = typist.save("h-toilet", "septic", "none")
    sent_and_killed(server, typist, save, "SELECT 1 FROM households_surveysheet WHERE form_id = %s FOR UPDATE")
    assert stored(server.database, typist.desk)[1] == []
    server.start()
    assert typist.send(save)["repeated"] is False
    answers, keys = stored(server.database, typist.desk)
    assert (answers["h-toilet"], keys) == (["none"], [save["key"]])


def test_a_server_killed_after_it_stored_the_save_answers_the_same_save_as_stored(
    server: Server, typist: Typist, database: Database
) -> None:
    typist.send(typist.save("s-note", "", "Nhà mới"))
    asked(database, "UPDATE households_surveypresence SET at = at - interval '1 hour' RETURNING 1")
    save = typist.save("h-toilet", "septic", "none")
    lock = "SELECT 1 FROM households_surveypresence WHERE form_id = %s FOR UPDATE"
    sent_and_killed(server, typist, save, lock)
    server.start()
    answer = typist.send(save)
    answers, keys = stored(database, typist.desk)
    assert (answer["repeated"], answers["h-toilet"]) == (True, ["none"])
    assert keys[1:] == [save["key"]]


def test_killed_again_and_again_while_somebody_types(server: Server, typist: Typist) -> None:
    """Fifty saves, the server killed four times at any moment: each is stored once, in the order in which it was typed."""
    keys, ended = [], threading.Event()

    def kill_now_and_then() -> None:
        for pause_ in (0.3, 0.7, 0.2, 0.5):
            time.sleep(pause_)
            server.kill()
            server.start()
        ended.set()

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    number = 0
    while number < 50 or not ended.is_set():
        before, number = (f"lần {number}" if number else ""), number + 1
        save = typist.save("s-note", before, f"lần {number}")
        typist.insist(save)
        keys.append(save["key"])
    killer.join(timeout=60)
    assert stored(server.database, typist.desk) == (
        {**stored(server.database, typist.desk)[0], "s-note": [f"lần {number}"]},
        keys,
    )


def test_a_database_that_goes_away_and_comes_back_costs_nothing_that_was_typed(
    server: Server, typist: Typist, django_db_setup: None, django_db_blocker: Any
) -> None:
    name = server.database.name
    typist.send(typist.save("s-note", "", "trước"))
    save = typist.save("s-note", "trước", "sau")
    with django_db_blocker.unblock():
        as_owner(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        as_owner(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        status, _page = typist.ask("POST", f"/surveys/{typist.desk.form}/save/", "{}")
        assert status == 500
        as_owner(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert typist.insist(save)["repeated"] is False
    answers, keys = stored(server.database, typist.desk)
    assert (answers["s-note"], keys[1:]) == (["sau"], [save["key"]])


class CutLine:
    """Between page and server: carries questions there, and cuts the line before the answer is whole."""

    def __init__(self, server: Server, carries: int) -> None:
        self.to, self.carries = urlsplit(server.url).netloc.split(":"), carries
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        try:
            page, _address = self.door.accept()
        except OSError:
            return
        with page, socket.create_connection((self.to[0], int(self.to[1]))) as server:
            question = page.recv(65536)
            while b"\r\n\r\n" not in question or not question.endswith(b"}"):
                question += page.recv(65536)
            server.sendall(question)
            answer = server.recv(65536)
            page.sendall(answer[: self.carries])
        self.door.close()


@pytest.mark.parametrize("carries", [0, 100, 3000])
def test_a_line_cut_before_the_answer_came_is_no_second_save(server: Server, typist: Typist, carries: int) -> None:
    save = typist.save("h-toilet", "septic", "none")
    line = CutLine(server, carries)
    with pytest.raises((OSError, http.client.HTTPException)):
        Typist(line.url, typist.desk, token=typist.token).send(save)
    assert typist.send(save)["repeated"]
    assert stored(server.database, typist.desk)[1] == [save["key"]]
