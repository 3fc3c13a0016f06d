"""What each level of isolation costs: one trivial call after the other, the levels in turn, in one run.

python tests/benchmarks/isolation.py --calls 200
"""

from __future__ import annotations

import argparse
import time
from statistics import mean, median

from checker.process import isolation
from checker.process.engine import Engine, Invocation, Source
from checker.process.isolation import Isolation, Level
from checker.process.watched import Watching

ATTEMPT = Source(b"def work():\n    return 1\n")


def call_s(engine: Engine) -> float:
    world = engine.world()
    started_s = time.perf_counter()
    engine.run(ATTEMPT, Invocation("work"), world, Watching(5.0))
    seconds = time.perf_counter() - started_s
    world.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200)
    options = parser.parse_args()
    started_s = time.perf_counter()
    best = isolation.best()
    print(f"the self-test took {time.perf_counter() - started_s:.3f} s: {best.level} {best.why}")
    levels = list(Level)[: list(Level).index(best.level) + 1]
    engines = {level: Engine(isolation=Isolation(level=level)) for level in levels}
    times_s: dict[Level, list[float]] = {level: [] for level in levels}
    for _ in range(options.calls):
        for level in levels:
            times_s[level].append(call_s(engines[level]))
    for engine in engines.values():
        engine.close()
    print(f"{'level':12}{'median ms':>12}{'mean ms':>12}{'more than process':>20}")
    for level, found in times_s.items():
        more_ms = 1000 * (median(found) - median(times_s[Level.PROCESS]))
        print(f"{level:12}{1000 * median(found):12.2f}{1000 * mean(found):12.2f}{more_ms:20.2f}")


if __name__ == "__main__":
    main()
