"""Many households at once: the documents column by column against a rival written by hand for one standard.

    .venv/bin/python -m benchmarks.columns [--households 1000000] [--rounds 5]

One run times both in turn, round by round (seconds of one core, the best round counts), checks that every column is equal,
and ends with exit code 1 where the columns reach less than half the rival's speed or need more than 100 MB beside input and
output."""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from datetime import date

import numpy as np

from benchmarks.rivals import classify_numpy
from benchmarks.tables import bytes_of, random_table
from households.criteria.columns.classify import classify_columns
from households.criteria.columns.table import Columns, Table
from households.criteria.law.parts import AreaType, Standard
from households.criteria.law.shelf import standard

DAYS = {"nd07-2021": date(2026, 10, 1), "qd59-2015": date(2018, 10, 1)}
LEAST_RATIO, MOST_MEMORY = 0.5, 100_000_000
MANY = 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=MANY)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    good = [compare(standard(code), asked.households, asked.rounds, gaps) for code in DAYS for gaps in (0.0, 0.02)]
    for code in DAYS:
        short_forms(standard(code), asked.households)
    return 0 if all(good) else 1


def compare(law: Standard, n: int, rounds: int, gaps: float) -> bool:
    table, on = random_table(law, n, gaps=gaps), DAYS[law.code]

    def ours() -> Columns:
        return classify_columns(law, table, on=on, area_type=AreaType.RURAL)

    def rivals() -> Columns:
        return classify_numpy.classify(law.code, table, on=on, urban=False)

    check_equal(ours(), rivals())
    times = [(seconds(rivals), seconds(ours)) for _ in range(rounds)]
    rival, own = (min(column) for column in zip(*times, strict=True))
    memory = beside(ours, table)
    answers = "all answers" if not gaps else f"{gaps:.0%} of the answers open"
    print(
        f"{law.code}, {n:,} households, {len(table.born_from):,} members, {answers}: rival {n / rival:,.0f}/s, "
        f"columns {n / own:,.0f}/s, ratio {rival / own:.2f}; {memory / 1e6:.0f} MB beside {bytes_of(table) / 1e6:.0f} MB"
    )
    return rival / own >= LEAST_RATIO and memory <= MOST_MEMORY


def check_equal(ours: Columns, rivals: Columns) -> None:
    for column in fields(Columns):
        one, other = getattr(ours, column.name), getattr(rivals, column.name)
        if not np.array_equal(one, other):
            sys.exit(f"{column.name}: {np.count_nonzero(one != other)} differ, first at {np.argwhere(one != other)[0]}")


def seconds(run: Callable[[], Columns]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def beside(run: Callable[[], Columns], table: Table) -> int:
    """Bytes at the peak that are neither the table nor the answer."""
    tracemalloc.start()
    found = run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - sum(getattr(found, column.name).nbytes for column in fields(Columns))


def short_forms(law: Standard, n: int) -> None:
    rng, on = np.random.default_rng(2), DAYS[law.code]
    by_scores = Table.from_scores(rng.integers(0, 300, n), rng.integers(0, 11, n) * 10)
    by_income = Table.from_incomes(rng.integers(0, 5_000_000, n), rng.integers(0, 11, n))
    for name, table in (("scores", by_scores), ("income", by_income)):

        def run(table: Table = table) -> Columns:
            return classify_columns(law, table, on=on, area_type=AreaType.RURAL)

        print(f"{law.code}, {n:,} households by {name} alone: {n / min(seconds(run) for _ in range(3)):,.0f}/s")


if __name__ == "__main__":
    sys.exit(main())
