"""Grading a class, three ways, in one run: jobs per minute, and whether the verdicts are the same.

    python tests/benchmarks/grading.py --submissions 40

- loop: one `pytest exercises/NN --attempt FILE` after the other
- naive: the same, two at a time, as `pytest -n 2` would
- checker: `checker grade CLASS --gradebook FILE`

The submissions are right and wrong attempts of tests/attempts, spread over all exercises, one for each learner.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path

from checker import catalog
from checker.gradebook.gradebook import Gradebook
from checker.model.exercise import Exercise

ATTEMPTS = Path(__file__).parent.parent / "attempts"
VERDICTS = {0: "passed", 1: "failed", 6: "inconclusive"}
Job = tuple[Exercise, Path]


def jobs(number: int, bound_by: str) -> list[Job]:
    """As evenly as possible over all exercises, right and wrong in turn."""
    columns = []
    for exercise in catalog.load_all(catalog.own_exercises()):
        folder = ATTEMPTS / exercise.folder.name
        right, wrong = (
            sorted((folder / kind).glob(f"*{Path(exercise.attempt).suffix}")) for kind in ("right", "wrong")
        )
        mixed = [path for pair in zip_longest(wrong, right) for path in pair if path is not None]
        if bound_by in ("all", exercise.bound_by):
            columns.append([(exercise, path) for path in mixed])
    return [job for row in zip_longest(*columns) for job in row if job is not None][:number]


def hand_in(wanted: list[Job], folder: Path) -> list[Job]:
    """A folder of repositories, one learner each."""
    handed_in = []
    for number, (exercise, path) in enumerate(wanted):
        file = folder / f"learner{number:03}" / "exercises" / exercise.folder.name / exercise.attempt
        file.parent.mkdir(parents=True)
        file.write_bytes(path.read_bytes())
        handed_in.append((exercise, file))
    return handed_in


def by_pytest(job: Job) -> str:
    exercise, file = job
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        str(exercise.folder),
        "--attempt",
        str(file),
        "-p",
        "no:cacheprovider",
    ]
    return VERDICTS.get(subprocess.run(command, capture_output=True, check=False).returncode, "error")


def loop(handed_in: list[Job], _class: Path) -> list[str]:
    return [by_pytest(job) for job in handed_in]


def naive(handed_in: list[Job], _class: Path) -> list[str]:
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(by_pytest, handed_in))


def checker(handed_in: list[Job], folder: Path) -> list[str]:
    book = folder.parent / "class.db"
    subprocess.run([sys.executable, "-m", "checker", "grade", str(folder), "--gradebook", str(book)],
                   capture_output=True, check=False)  # fmt: skip
    with Gradebook(book) as opened:
        found = {submission: opened.latest(key) for submission, _, key in opened.handins()}
    names = [f"learner{number:03}" for number in range(len(handed_in))]
    return [str(result.verdict) if (result := found.get(name)) is not None else "error" for name in names]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--bound-by", choices=["all", "waiting", "cpu"], default="all")
    options = parser.parse_args()
    wanted = jobs(options.submissions, options.bound_by)
    ways: list[Callable[[list[Job], Path], list[str]]] = [loop, naive, checker]
    answers: list[list[str]] = []
    print(f"{len(wanted)} submissions, bound by {options.bound_by}")
    print(f"{'way':10}{'seconds':>9}{'jobs/min':>10}{'x loop':>8}{'other verdicts':>16}")
    base_s = 0.0
    for way in ways:
        with tempfile.TemporaryDirectory() as folder:
            handed_in = hand_in(wanted, Path(folder) / "class")
            started_s = time.perf_counter()
            answers.append(way(handed_in, Path(folder) / "class"))
            seconds = time.perf_counter() - started_s
        base_s = base_s or seconds
        others = sum(mine != first for mine, first in zip(answers[-1], answers[0], strict=True))
        print(
            f"{way.__name__:10}{seconds:9.1f}{60 * len(wanted) / seconds:10.1f}{base_s / seconds:8.2f}{others:16}",
            flush=True,
        )
    for job, *said in zip(wanted, *answers, strict=True):
        if len(set(said)) > 1:
            print(f"  {job[0].number} {job[1].parent.name}/{job[1].stem}: {', '.join(said)}")


if __name__ == "__main__":
    main()
