"""The untimed checks of attempts, graded by a process of its own: `python -m tests.marks TOLD ATTEMPT... [--python X]`.

TOLD: a file that becomes JSON: for each attempt the marks of its checks.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

import msgspec

from checker.model.answer import Verdict
from checker.model.codes import Code
from checker.model.record import Record
from checker.process import trial
from checker.session.grader import Grader
from tests.test_attempts import exercise_of

ROOT = Path(__file__).parent.parent
HANGS_S = 600


class Mark(Record):
    """What a check has said of an attempt, without anything that the machine adds to it."""

    check: str
    verdict: Verdict
    score: float
    code: Code | None


Marks = dict[str, tuple[Mark, ...]]


def given_by(grader: str, attempts: list[Path], told: Path, *, on: str = "") -> Marks:
    """By a grader on one interpreter, to attempts that run on another one, if `on` names it."""
    command = [grader, "-m", "tests.marks", str(told), *map(str, attempts), "--python", on]
    subprocess.run(command, cwd=ROOT, check=True, timeout=HANGS_S)
    return msgspec.json.decode(told.read_bytes(), type=Marks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("told", type=Path)
    parser.add_argument("attempts", nargs="+", type=Path)
    parser.add_argument("--python", default="")
    options = parser.parse_args()
    interpreter = trial.tried(options.python) if options.python else None
    found: Marks = {}
    with Grader(interpreter=interpreter) as grader:
        for path in options.attempts:
            result = grader.grade(exercise_of(path), path.read_bytes(), "not timed")
            found[str(path)] = tuple(
                Mark(
                    check=check.id, verdict=check.verdict, score=check.score,
                    code=check.diagnosis.code if check.diagnosis is not None else None,
                )
                for check in result.checks
            )  # fmt: skip
    options.told.write_bytes(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
