"""What `--python` costs: one trivial call after the other, the interpreters in turn, in one run.

    python tests/benchmarks/interpreters.py --calls 200 --python python3.13 --python python3.14t

The grader's own interpreter is there twice: as it is, and as `--python` takes it. What others cost beside it is also
how fast they are themselves.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

from checker.process import interpreters, trial
from checker.process.engine import Engine

sys.path.append(str(Path(__file__).parents[2]))  # run as a file, it would not find the tests' own modules
from tests.benchmarks.isolation import call_s

MOST_MS = 30.0
"""More than that no call should cost."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--python", action="append", default=[], metavar="NAME")
    options = parser.parse_args()
    own, *others = [interpreters.own(), *map(trial.tried, [sys.executable, *options.python])]
    engines = {own.name: Engine()} | {f"--python, {other.name}": Engine(interpreter=other) for other in others}
    times_ms: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(options.calls):
        for name, engine in engines.items():
            times_ms[name].append(1000 * call_s(engine))
    for engine in engines.values():
        engine.close()
    print(f"{'attempts on':40}{'median ms':>12}{'least ms':>12}{f'more (at most {MOST_MS:g})':>20}")
    for name, found in times_ms.items():
        more_ms = median(found) - median(times_ms[own.name])
        print(f"{name:40}{median(found):12.2f}{min(found):12.2f}{more_ms:20.2f}")


if __name__ == "__main__":
    main()
