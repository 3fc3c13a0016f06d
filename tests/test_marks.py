"""A grader on one Python with attempts on another gives the marks of a grader on that other one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from checker.model.answer import Verdict
from tests import marks, pythons
from tests.test_attempts import ATTEMPTS, solutions

WRONG = [
    "01_two_jobs/wrong/exception_only_printed",
    "05_safe_ledger/wrong/raise_keeps_the_lock",
    "10_socket_loop/wrong/exception_forgotten",
    "12_gather_failures/wrong/errors_dropped",
    "15_request_context/wrong/never_reset",
    "19_deadlines/wrong/no_finally",
    "23_pickle_tax/wrong/slices_sent",
    "26_runtime_choice/wrong/kinds_mixed_up",
]
"""Threads, locks, sockets, tasks, contexts, cancellation, processes, and what an interpreter can do."""


@pytest.mark.timeout(2 * marks.HANGS_S)
def test_the_graders_own_python_changes_no_mark(tmp_path: Path) -> None:
    """Check for check: verdict, points, and the named mistake. What a busy machine left open on a side is left out."""
    other = pythons.that_grades()
    wrong = [ATTEMPTS / f"{name}.py" for name in WRONG]
    numbers = {path.parent.parent.name for path in wrong}
    attempts = [*wrong, *(path for path in solutions() if path.parent.name in numbers)]
    theirs = marks.given_by(other.path, attempts, tmp_path / "theirs.json")
    ours = marks.given_by(sys.executable, attempts, tmp_path / "ours.json", on=other.path)
    for path in map(str, attempts):
        pairs = list(zip(ours[path], theirs[path], strict=True))
        told = [pair for pair in pairs if all(mark.verdict is not Verdict.INCONCLUSIVE for mark in pair)]
        assert all(mine == their for mine, their in told), path
        assert len(told) > 0
    assert all(any(mark.verdict is Verdict.FAILED for mark in ours[str(path)]) for path in wrong)
