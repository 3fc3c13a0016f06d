"""Time to a verdict: `pytest exercises/NN --attempt solutions` against the bare minimum, side by side.

    python tests/benchmarks/latency.py --rounds 3

The bare minimum is one run of sync and one of the attempt. The least of all rounds counts, on both sides.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from checker import catalog
from checker.model.exercise import Exercise
from checker.session.grader import PLUGINS, Grader

ROOT = Path(__file__).parent.parent.parent


def whole_command_s(exercise: Exercise) -> float:
    """Seconds of the learner's command, from the shell to the prompt, with the plugins that a learner has."""
    plugins = [part for name in PLUGINS for part in ("-p", name)]
    command = [sys.executable, "-m", "pytest", *plugins, f"exercises/{exercise.number}", "--attempt", "solutions"]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    started_s = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started_s


def least_s(exercise: Exercise, grader: Grader) -> float:
    """One run of sync plus one of the attempt, as the race measured them."""
    result = grader.grade(
        exercise, (catalog.own_solutions() / exercise.folder.name / exercise.attempt).read_bytes(), "timed"
    )
    assert result.speed is not None, result
    return result.speed.sync_s + result.speed.attempt_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("exercise                  sync + attempt   command   ratio   2.5 x least + 0.6 s")
    with Grader() as grader:
        for exercise in catalog.load_all(catalog.own_exercises()):
            pairs = [(least_s(exercise, grader), whole_command_s(exercise)) for _ in range(options.rounds)]
            least, command = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
            print(
                f"{exercise.folder.name:25} {least:11.2f} s {command:9.2f} s {command / least:6.1f}x"
                f" {2.5 * least + 0.6:13.2f} s"
            )


if __name__ == "__main__":
    main()
