"""A registry of two million invented people in a database of its own, for benchmarks/search.py.

Written by COPY as the owner with the history triggers off: what is measured is finding, not writing. Names come from the
demonstration's lists; villages are made in every commune of some provinces."""

import hmac
import io
import random
import secrets
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate, count, islice
from typing import Any

from django.core.management import call_command
from django.db import connections

from households.areas.models import Area
from households.registry.demonstration.naming import names
from households.registry.finding.name_keys import keys_of
from povertyportal.core.crypto import _keys
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import fold, sort_key

DATABASE = "benchmark_search"
DAY = date(2026, 11, 20)
PROVINCES = ("04", "08", "11", "14", "15")
VILLAGES, LARGE_COMMUNE = 10, "01392"
LARGE_HOUSEHOLDS = 5_000
GROUPS = {"kinh": 45, "tay": 15, "nung": 10, "hmong": 12, "thai": 8, "dao": 5, "muong": 3, "khmer": 1, "e_de": 1}
SIZES = (1, 2, 3, 4, 5, 6, 7, 8)
SIZE_WEIGHTS = (8, 14, 19, 26, 16, 9, 5, 3)
NAME_LISTS = ("nà", "bản", "khuổi", "pác", "lũng", "cốc", "thôm", "phia", "nặm", "tả")
SECOND = ("tềnh", "lìn", "hía", "bó", "mạ", "sâm", "giàng", "cáp", "rặc", "vài", "kéo", "đỏng", "ngần", "phục", "van")


def use_database(*, households: int, fresh: bool) -> None:
    """Both aliases work on the benchmark's database from here on; it is filled unless an earlier run left it full."""
    if own_database(DATABASE, fresh=fresh):
        call_command("load_areas", commit=True, stdout=io.StringIO())
        fill(households, random.Random(7))  # noqa: S311  # invented people


def own_database(name: str, *, fresh: bool) -> bool:
    """Both aliases work on it from here on; whether it was made just now."""
    owner = connections["owner"]
    owner.settings_dict["TEST"]["NAME"] = name
    with owner._nodb_cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        is_new = fresh or not cursor.fetchone()[0]
    if is_new:
        owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connections["default"].close()
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    if not is_new:
        call_command("migrate", verbosity=0)
    return bool(is_new)


def fill(households: int, rng: random.Random) -> None:
    villages = make_villages(rng)
    owner = connections["owner"]
    constraints = heavy_constraints(owner)
    for table in TABLES:
        statement(owner, f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for table, name, _definition in constraints:
        statement(owner, f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    people = People(villages, households, rng)
    copy(owner, "households_household", "id, validity, invented", people.households())
    copy(owner, "households_residence", "household_id, area_code, local_code, address, validity", people.residences())
    copy(owner, "households_sealednumber", "id, kind, sealed, fingerprint", people.sealed())
    copy(owner, "households_person", PERSON, people.persons())
    copy(owner, "households_membership", "household_id, person_id, relation, validity", people.memberships())
    for table, name, definition in constraints:
        statement(owner, f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for table in TABLES:
        statement(owner, f"ALTER TABLE {table} ENABLE TRIGGER USER")
    owner.close()


def heavy_constraints(owner: Any) -> list[tuple[str, str, str]]:
    """Table, name and definition of exclusions and foreign keys: checked in one go when the rows are there, in a tenth of the
    time."""
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype IN ('x', 'f') AND conrelid::regclass::text = ANY(%s)",
            [list(TABLES)],
        )
        return list(cursor.fetchall())


TABLES = ("households_household", "households_person", "households_membership", "households_residence")
PERSON = "id, full_name, search_key, sort_key, sex, birth_year, ethnicity, identity_id, no_identity_reason, died_on, invented"


def make_villages(rng: random.Random) -> dict[str, list[str]]:
    """Villages' codes by commune."""
    communes = valid_on(Area.objects.filter(parent_code__in=PROVINCES, level="commune"), DAY).order_by("code")
    codes = [commune.code for commune in communes]
    made = {code: [f"{code}-{number:03}" for number in range(1, VILLAGES + 1)] for code in codes}
    rows = []
    for code in codes:
        called = rng.sample([f"{a} {b}".title() for a in NAME_LISTS for b in SECOND], VILLAGES)
        for village, name in zip(made[code], called, strict=True):
            key, sort = fold(f"Thôn {name}"), sort_key(name)
            rows.append(
                (village, "village", "Thôn", name, code, "[2025-07-01,)", "phép đo", "phép đo", "entered", key, sort)
            )
    owner = connections["owner"]
    statement(owner, "ALTER TABLE areas_area DISABLE TRIGGER USER")
    columns = "code, level, type, name, parent_code, validity, legal_basis, source, origin, search_key, sort_key"
    copy(owner, "areas_area", columns, rows)
    statement(owner, "ALTER TABLE areas_area ENABLE TRIGGER USER")
    return made


class People:
    def __init__(self, villages: dict[str, list[str]], households: int, rng: random.Random) -> None:
        self.rng = rng
        self.where = [rng.choice(villages[LARGE_COMMUNE]) for _ in range(min(LARGE_HOUSEHOLDS, households))]
        every = [village for listed in villages.values() for village in listed]
        self.where += [rng.choice(every) for _ in range(households - len(self.where))]
        self.sizes = rng.choices(SIZES, SIZE_WEIGHTS, k=households)
        self.first = [0, *accumulate(self.sizes)]
        self.groups = rng.choices(list(GROUPS), list(GROUPS.values()), k=households)

    def households(self) -> Iterator[tuple[Any, ...]]:
        return ((number, "[2022-01-01,)", True) for number in range(1, len(self.where) + 1))

    def residences(self) -> Iterator[tuple[Any, ...]]:
        taken: dict[str, Iterator[int]] = {}
        for number, village in enumerate(self.where, 1):
            code = f"{village}-{next(taken.setdefault(village, count(1))):04}"
            yield number, village, code, "", "[2022-01-01,)"

    def sealed(self) -> Iterator[tuple[Any, ...]]:
        """What is sealed is noise: nothing here opens it."""
        key = _keys("fingerprint personal number")[0]
        for person in range(1, self.first[-1] + 1):
            found = hmac.digest(key, number_of(person).encode(), "sha256")
            yield person, "personal", f"\\x{secrets.token_hex(49)}", f"\\x{found.hex()}"

    def persons(self) -> Iterator[tuple[Any, ...]]:
        listed, rng = names(), self.rng
        for at, (group, size) in enumerate(zip(self.groups, self.sizes, strict=True)):
            family = listed[group].families.draw(rng)
            for member in range(size):
                female = member == 1 or (member > 1 and rng.random() < 0.5)
                name = listed[group].draw(rng, female=female, family=family)
                year = rng.randint(1945, 1995) if member < 2 else rng.randint(1990, 2026)
                died = DAY - timedelta(days=rng.randint(30, 900)) if rng.random() < 0.01 and year < 2020 else None
                keys = keys_of(name)
                person = self.first[at] + member + 1
                sex = "female" if female else "male"
                yield person, name, keys.search_key, keys.sort_key, sex, year, group, person, "", died, True

    def memberships(self) -> Iterator[tuple[Any, ...]]:
        for at, size in enumerate(self.sizes):
            for member in range(size):
                relation = ("head", "spouse")[member] if member < 2 else "child"
                yield at + 1, self.first[at] + member + 1, relation, "[2022-01-01,)"


def number_of(person: int) -> str:
    return f"004{person:09}"


def copy(connection: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", Lines(rows))


class Lines(io.RawIOBase):
    """Rows as COPY reads them, a few thousand at a time."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.lines = ("\t".join(map(field, row)) + "\n" for row in rows)
        self.left = b""

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < size:
            part = "".join(islice(self.lines, 2_000))
            if not part:
                break
            self.left += part.encode()
        taken, self.left = self.left[:size], self.left[size:]
        return taken


def field(value: object) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\")


def statement(connection: Any, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
