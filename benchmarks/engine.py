"""The engine, household by household, in one process.

    .venv/bin/python -m benchmarks.engine [--households 20000]

Households of the classify schema, about four members each: checked and classified without reasons, with reasons, and the
two halves of it apart; per second of one core, the best round counts. Exit code 1 where a standard stays below 10,000 a
second without reasons."""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date

from benchmarks.inputs import random_inputs
from households.criteria.engine.classify import prepare
from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import standard

DAYS = {"nd07-2021": date(2026, 10, 1), "qd59-2015": date(2018, 10, 1)}
LEAST = 10_000
ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=20_000)
    asked = parser.parse_args()
    good = [measure(code, asked.households, gaps) for code in DAYS for gaps in (0.0, 0.02)]
    return 0 if all(good) else 1


def measure(code: str, n: int, gaps: float) -> bool:
    law = standard(code)
    inputs = random_inputs(law, n, gaps=gaps)
    classifier = prepare(law, on=DAYS[code], area_type=AreaType.RURAL)
    answers = [classifier.read(one) for one in inputs]
    whole = speed(n, lambda: [classifier.classify(one, reasons=False) for one in inputs])
    reading = speed(n, lambda: [classifier.read(one) for one in inputs])
    classifying = speed(n, lambda: [classifier.classify_read(one, reasons=False) for one in answers])
    few = inputs[: n // 10]
    explained = speed(len(few), lambda: [classifier.classify(one) for one in few])
    print(
        f"{code}, {n:,} households, {f'{gaps:.0%} of the answers open' if gaps else 'all answers'}: "
        f"{whole:,.0f}/s (reading {reading:,.0f}/s, classifying {classifying:,.0f}/s); with reasons {explained:,.0f}/s"
    )
    return whole >= LEAST


def speed(n: int, run: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return n / min(times)


if __name__ == "__main__":
    sys.exit(main())
