"""Time to a verdict: `pytest exercises/NN --attempt solutions` against the bare minimum, side by side.

    python tests/benchmarks/latency.py --rounds 3

The bare minimum is one run of sync and one of the attempt, of the longest race. The least of all rounds counts,
on both sides. Beside it: when the first result is shown, and how long the races of the untouched stub take.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from checker import catalog
from checker.model.exercise import Exercise
from checker.session.grader import PLUGINS, Grader

ROOT = Path(__file__).parent.parent.parent
FIRST_RESULT = re.compile(rb"test_attempt\.py [.F?E]")
GOAL = 1.5


class Seconds(NamedTuple):
    """Of a learner's command, from the shell to the first result, and to the prompt."""

    first: float
    whole: float


class Least(NamedTuple):
    """As the longest race measured them."""

    sync: float
    both: float


def command(*arguments: str) -> Seconds:
    """With the plugins that a learner has, and with compiled modules kept, as Python does by default."""
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    started_s = time.perf_counter()
    shown, first_s = b"", 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", *plugins, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        while data := os.read(process.stdout.fileno(), 65536):
            shown += data
            if not first_s and FIRST_RESULT.search(shown):
                first_s = time.perf_counter() - started_s
    return Seconds(first_s, time.perf_counter() - started_s)


def least(exercise: Exercise, grader: Grader) -> Least:
    """One run of sync, and that plus one of the attempt."""
    solution = catalog.own_solutions() / exercise.folder.name / exercise.attempt
    result = grader.grade(exercise, solution.read_bytes(), "timed")
    speeds = [check.speed for check in result.checks if check.speed is not None]
    assert speeds, result
    return Least(max(each.sync_s for each in speeds), max(each.sync_s + each.attempt_s for each in speeds))


def row(exercise: Exercise, grader: Grader, rounds: int) -> str:
    name = f"exercises/{exercise.number}"
    solved, stubs, leasts = [], [], []
    for _ in range(rounds):
        leasts.append(least(exercise, grader))
        solved.append(command(name, "--attempt", "solutions"))
        if exercise.attempt != catalog.COMPILED:
            stubs.append(command(name, "--attempt", str(exercise.folder / "sync.py"), "-m", "timed"))
    bare_s, sync_s = min(each.both for each in leasts), min(each.sync for each in leasts)
    whole_s, first_s = min(each.whole for each in solved), min(each.first for each in solved)
    stub = f"{min(each.whole for each in stubs):8.2f} {1.3 * sync_s + 0.5:8.2f}" if stubs else ""
    late = "" if exercise.races_for_cores or whole_s <= GOAL * bare_s else " *"
    return f"{exercise.folder.name:25}{bare_s:8.2f} {first_s:8.2f} {whole_s:8.2f} {whole_s / bare_s:7.2f}x {stub}{late}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--exercise", action="append", default=[], metavar="NN")
    options = parser.parse_args()
    print(f"seconds; *: what waits should take at most {GOAL} times the bare minimum; the stub, 1.3 x sync + 0.5 s")
    print(f"{'exercise':25}{'minimum':>8} {'first':>8} {'whole':>8} {'ratio':>8} {'stub':>8} {'at most':>8}")
    with Grader() as grader:
        for exercise in catalog.load_all(catalog.own_exercises()):
            if not options.exercise or exercise.number in options.exercise:
                print(row(exercise, grader, options.rounds), flush=True)
    if not options.exercise:
        print(f"pytest exercises --attempt solutions: {command('exercises', '--attempt', 'solutions').whole:.1f} s")


if __name__ == "__main__":
    main()
