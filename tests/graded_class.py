"""The class of tests/data/class as a gradebook: what it handed in, and the results of one real grading.

`python -m tests.graded_class` grades it again and keeps those results; then `python -m tests.made_class` writes what
its exports look like now.
"""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import msgspec

from checker.classroom import classwork, jobs, roster, schedule
from checker.classroom.submissions import search
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import Submission
from checker.model.answer import AttemptResult
from checker.report.model import Machine, Report

DATA = Path(__file__).parent / "data"
CLASS, ROSTER, RESULTS = DATA / "class", DATA / "roster.csv", DATA / "class_results.json"
SEEN_AT = "2026-03-02T08:00:00+00:00"
ASKED = "01 03 05 11 12"
"""What counts in this class."""
MACHINE = Machine(cpus=2.0, python="3.11.7", platform="linux", clock="corrected", isolation="process")


def submissions() -> list[Submission]:
    """From beside the class: what is said of paths is the same wherever this checkout is."""
    with chdir(DATA):
        return list(search.find(Path(CLASS.name), list(jobs.exercises().values())))


def fill(book: Gradebook) -> None:
    """As `checker grade tests/data/class --roster tests/data/roster.csv` would; each result under a key of its own."""
    results = msgspec.json.decode(RESULTS.read_bytes(), type=dict[str, AttemptResult])
    book.enrol(roster.read(ROSTER))
    for each in submissions():
        keys = {attempt.exercise: f"{each.name} {attempt.exercise}" for attempt in each.attempts}
        book.enter(each, keys, seen_at=SEEN_AT)
        for key in keys.values():
            book.add(key, results[key])
    book.write("UPDATE result SET graded_at = ?", [(SEEN_AT,)])
    book.set(
        machine=msgspec.json.encode(MACHINE).decode(), due="2026-03-01T00:00:00+00:00", late_penalty="0.1",
        asked=ASKED,
    )  # fmt: skip


def report() -> Report:
    """What the exports of this gradebook are made from."""
    with Gradebook() as book:
        fill(book)
        return classwork.report(book)


def main() -> None:
    with Gradebook() as book:
        classwork.enter(book, submissions())
        wanted = classwork.todo(book, None)
        classwork.grade(book, wanted, schedule.Here(None, len(wanted)), lambda *_: None)
        results = {f"{name} {exercise}": book.latest(key) for name, exercise, key in book.handins()}
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


if __name__ == "__main__":
    main()
