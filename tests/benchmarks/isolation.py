"""What each level of isolation costs: one trivial call after the other, the levels in turn, in one run.

    python tests/benchmarks/isolation.py --calls 200
    python tests/benchmarks/isolation.py --calls 200 --beside FOLDER --python PYTHON

FOLDER is another checkout of the project, and PYTHON the interpreter of the environment that it is installed in. Its
calls and ours take turns, and of each pair the CPU time is compared, of the grader with all that it starts, because
that depends less on what else runs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import mean, median

from checker.process import isolation
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.isolation import Isolation, Level
from checker.process.watched import Watching

ATTEMPT = Source(b"def work():\n    return 1\n")
AT_A_TIME = 10
"""Calls of one side, before the other has its turn: CPU time is counted in hundredths of a second."""
OWN = Path(__file__).parents[2]
SERVE = """
import contextlib, sys
import psutil
from tests.benchmarks import isolation as own

def cpu_s():
    seconds = 0.0
    for each in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            seconds += sum(each.cpu_times()[:4])
    return seconds

engine = own.Engine(isolation=own.Isolation(level=own.Level(sys.argv[1])))
own.call_s(engine)
print(flush=True)
for line in sys.stdin:
    before_s = cpu_s()
    for _ in range(int(line)):
        own.call_s(engine)
    print(cpu_s() - before_s, flush=True)
engine.close()
"""
"""In a process of either side. What has ended is in its parent's account."""


def call_s(engine: Engine) -> float:
    world = engine.world()
    started_s = time.perf_counter()
    engine.run(ATTEMPT, Invocation("work"), world, Watching(5.0))
    seconds = time.perf_counter() - started_s
    world.close()
    return seconds


class Side:
    """A checkout that makes calls at one level when it is told to."""

    def __init__(self, checkout: Path, python: str, level: Level) -> None:
        environment = os.environ | {"PYTHONPATH": str(checkout)}
        command = [python, "-c", SERVE, level]
        self._process = subprocess.Popen(
            command, cwd=checkout, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._line()

    def cpu_ms(self, calls: int) -> float:
        """Of one call, on average."""
        assert self._process.stdin is not None
        print(calls, file=self._process.stdin, flush=True)
        return 1000 * float(self._line()) / calls

    def close(self) -> None:
        self._process.communicate()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def beside(other: Path, python: str, levels: list[Level], calls: int) -> None:
    """Print what a call costs on both sides."""
    print(f"{'level':12}{'CPU ms there':>14}{'here':>10}{'more':>10}{'(quartiles of the pairs)':>28}")
    for level in levels:
        there, here = Side(other, python, level), Side(OWN, sys.executable, level)
        pairs = [(there.cpu_ms(AT_A_TIME), here.cpu_ms(AT_A_TIME)) for _ in range(calls // AT_A_TIME)]
        there.close()
        here.close()
        more = sorted(ours - theirs for theirs, ours in pairs)
        quartiles = f"{more[len(more) // 4]:.2f} to {more[3 * len(more) // 4]:.2f}"
        before, now = (median(side) for side in zip(*pairs, strict=True))
        print(f"{level:12}{before:14.2f}{now:10.2f}{median(more):10.2f}{quartiles:>28}", flush=True)


def in_turn(levels: list[Level], calls: int) -> None:
    """Print how long a call takes at each level."""
    engines = {level: Engine(isolation=Isolation(level=level)) for level in levels}
    times_s: dict[Level, list[float]] = {level: [] for level in levels}
    for _ in range(calls):
        for level in levels:
            times_s[level].append(call_s(engines[level]))
    for engine in engines.values():
        engine.close()
    print(f"{'level':12}{'median ms':>12}{'mean ms':>12}{'more than process':>20}")
    for level, found in times_s.items():
        more_ms = 1000 * (median(found) - median(times_s[Level.PROCESS]))
        print(f"{level:12}{1000 * median(found):12.2f}{1000 * mean(found):12.2f}{more_ms:20.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout")
    parser.add_argument("--python", default=sys.executable, help="its interpreter")
    options = parser.parse_args()
    started_s = time.perf_counter()
    best = isolation.best()
    print(f"the self-test took {time.perf_counter() - started_s:.3f} s: {best.level} {best.why}")
    levels = list(Level)[: list(Level).index(best.level) + 1]
    if options.beside is not None:
        beside(options.beside.resolve(), options.python, levels, options.calls)
    else:
        in_turn(levels, options.calls)


if __name__ == "__main__":
    main()
