"""The search box over two million people: how long it takes, against bare look-ups by an index.

    .venv/bin/python -m benchmarks.search [--households 520000] [--queries 60] [--fresh]

Works on a database of its own on the portal's server, made by the first run and kept. Exit code 1 where a number or code
takes more than 3 times the bare look-up, or where 95 % of the names are not found within 100 ms.

All times are the processor's, in this process and in the database's, so that other work on the machine matters less (without
/proc: the clock's); how long a name took by the clock is said beside it."""

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

import benchmarks.django_ready  # noqa: F401  # before the models
from benchmarks.registry_rows import DAY, number_of, use_database
from benchmarks.typed import KINDS, WHOLE, Person
from households.access.scope import EVERYWHERE, Scope, reach_of
from households.areas.models import Area
from households.registry.finding import upkeep
from households.registry.finding.name_keys import keys_of
from households.registry.finding.search import find
from povertyportal.core.periods import on as valid_on

RATIO, MILLISECONDS = 3.0, 100.0
SCOPES = {"commune of 5,000 households": "01392", "province": "08", "nation": ""}
BLOCK = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=520_000)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--fresh", action="store_true")
    asked = parser.parse_args()
    use_database(households=asked.households, fresh=asked.fresh)
    prepare()
    scopes = {name: scope_of(code) for name, code in SCOPES.items()}
    good = [look_ups(scope, name) for name, scope in scopes.items()]
    good += [names(scope, name, asked.queries) for name, scope in scopes.items()]
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if all(good) else 1


def scope_of(code: str) -> Scope:
    return reach_of([valid_on(Area.objects.filter(code=code), DAY).get().pk]) if code else EVERYWHERE


def prepare() -> None:
    if not rows("SELECT FROM households_searchrow LIMIT 1"):
        as_owner("ANALYZE")
        start = time.perf_counter()
        upkeep.refresh(all=True)
        print(f"rows of the search made in {time.perf_counter() - start:.0f} s", flush=True)
        as_owner("VACUUM ANALYZE")
    people = rows("SELECT count(*) FROM households_searchrow")[0][0]
    words = rows("SELECT count(*) FROM households_nameword")[0][0]
    print(f"{people:,} people, {words:,} words in their names")
    for name, size in rows(
        "SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relname IN ('households_searchrow', 'households_foldedname')"
        " UNION ALL SELECT c.relname, pg_relation_size(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE i.indrelid = 'households_searchrow'::regclass ORDER BY 1"
    ):
        print(f"  {name}: {size / 2**20:,.0f} MB")


def as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
    connections["owner"].close()


def rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


# Numbers and codes


def look_ups(scope: Scope, name: str) -> bool:
    sample = persons(scope, 400)
    codes = {person.key: person.code for person in sample}
    by_key = "SELECT * FROM households_searchrow WHERE person_id = %s"
    by_code = "SELECT * FROM households_residence WHERE local_code = %s"
    good = []
    for what, bare, find_it in (
        ("number", lambda one: rows(by_key, [one.key]), lambda one: ask(number_of(one.key), scope)),
        ("code", lambda one: rows(by_code, [codes[one.key]]), lambda one: ask(codes[one.key], scope)),
    ):
        plain, found = in_turn(sample, bare, find_it)
        ratio = found / plain
        good.append(ratio <= RATIO)
        print(f"{name}: {what} in {found * 1000:.2f} ms, bare look-up {plain * 1000:.2f} ms, ratio {ratio:.1f}")
    return all(good)


def in_turn(sample: "Sequence[Person]", *ways: Callable[..., Any]) -> list[float]:
    """What one look-up takes in each of the ways, by blocks in turn, so that other work on the machine slows both."""
    backend = rows("SELECT pg_backend_pid()")[0][0]
    taken: list[list[float]] = [[] for _way in ways]
    for start in range(0, len(sample), BLOCK):
        for ask_it, times in zip(ways, taken, strict=True):
            before = spent(backend)
            found = [ask_it(person) for person in sample[start : start + BLOCK]]
            times.append((spent(backend) - before) / len(found))
            assert all(found)  # noqa: S101
    return [statistics.median(times) for times in taken]


# Names


@dataclass
class Measured:
    kind: str
    times: list[float]
    clocked: list[float]
    among_five: int

    def __str__(self) -> str:
        ordered = sorted(self.times)
        middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        share = f"{self.among_five / len(ordered):.0%} one so called among the first five" if self.kind in WHOLE else ""
        by_clock = f"by the clock {statistics.median(self.clocked) * 1000:.0f} ms"
        return f"  {self.kind:<30} p50 {middle * 1000:5.1f} ms  p95 {late * 1000:5.1f} ms  {by_clock:<22} {share}"


def names(scope: Scope, name: str, queries: int) -> bool:
    measured = [of_kind(kind, typed, scope, queries) for kind, typed in KINDS.items()]
    every = sorted(one for kind in measured for one in kind.times)
    late = every[int(len(every) * 0.95)] * 1000
    print(f"{name}: 95 % of {len(every)} names within {late:.1f} ms", flush=True)
    for kind in measured:
        print(kind)
    return late <= MILLISECONDS


def of_kind(kind: str, typed: Callable[[Person, random.Random], str], scope: Scope, queries: int) -> Measured:
    rng = random.Random(kind)  # noqa: S311
    times, clocked, among = [], [], 0
    backend = rows("SELECT pg_backend_pid()")[0][0]
    for person in persons(scope, queries, seed=len(kind)):
        text = typed(person, rng)
        start, clock = spent(backend), time.perf_counter()
        hits = find(text, scope, DAY, day=DAY)
        times.append(spent(backend) - start)
        clocked.append(time.perf_counter() - clock)
        wanted = keys_of(person.name).search_key
        among += wanted in [hit.name_key for hit in hits.rows[:5]]
    return Measured(kind, times, clocked, among)


def spent(backend: int) -> float:
    """Seconds of the processor that this process and the one of the database have used."""
    told = Path(f"/proc/{backend}/schedstat")
    if not told.exists():
        return time.perf_counter()
    return time.process_time() + int(told.read_text(encoding="ascii").split()[0]) / 1e9


def ask(text: str, scope: Scope) -> bool:
    return bool(find(text, scope, DAY, day=DAY).rows)


def persons(scope: Scope, wanted: int, seed: int = 1) -> list[Person]:
    return list(_persons(scope, wanted, random.Random(seed)))  # noqa: S311


def _persons(scope: Scope, wanted: int, rng: random.Random) -> Iterator[Person]:
    sql = (
        "SELECT s.person_id, p.full_name, v.name, r.local_code FROM households_searchrow s"
        " JOIN households_person p ON p.id = s.person_id JOIN areas_area v ON v.code = s.area_code"
        " JOIN households_residence r ON r.household_id = s.household_id WHERE s.person_id = ANY(%s)"
    )
    if scope.nation:
        (most,) = rows("SELECT max(person_id) FROM households_searchrow")[0]
        keys = [rng.randint(1, most) for _ in range(wanted)]
    else:
        some = [code for code in sorted(scope.by_code) if "-" in code]
        codes = rng.sample(some, min(40, len(some)))
        within = rows("SELECT person_id FROM households_searchrow WHERE area_code = ANY(%s)", [codes])
        keys = [key for (key,) in rng.choices(within, k=wanted)]
    yield from (Person(*row) for row in rows(sql, [keys]))


if __name__ == "__main__":
    sys.exit(main())
