"""How far a learner is: the rules, the learner's own gradebook, and that nothing loses or forges progress."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from checker import catalog
from checker.model.answer import Speed, Verdict
from checker.progress import book as progress
from checker.progress import rules
from checker.progress.rules import CheckedOnce, Outcome, State, Try
from tests.conftest import handed_out
from tests.test_plugin import ROOT, run_pytest

EXERCISES = catalog.load_all(catalog.own_exercises())
P, F, U = Verdict.PASSED, Verdict.FAILED, Verdict.INCONCLUSIVE
SOLVED = ROOT / "solutions/01_two_jobs/attempt.py"


def a_try(digest: str, speedup: float | None = None, **verdicts: Verdict) -> Try:
    """A run of some of two checks, "a" of 6 points and "b" of 4."""
    points = {"a": 6.0, "b": 4.0}
    checks = [CheckedOnce(id=name, verdict=each, max_score=points[name]) for name, each in verdicts.items()]
    worst = next((each for each in (F, U) if each in verdicts.values()), P)
    speed = Speed(speedup=speedup, goal=1.5, limit=2.0, sync_s=1.0, attempt_s=1.0 / speedup) if speedup else None
    outcome = Outcome(verdict=worst, speed=speed, diagnosis=None, attempt_sha256=digest, checks=checks)
    return Try(at=datetime(2026, 3, 1, 10, tzinfo=UTC), key=f"01 x {digest}", outcome=outcome)


@pytest.mark.parametrize(
    ("tries", "passing"),
    [
        ([a_try("one", a=P, b=P)], ["one"]),
        ([a_try("one", a=P), a_try("one", b=P)], ["one"]),
        ([a_try("one", a=P)], []),
        ([a_try("one", a=P), a_try("two", b=P)], []),
        ([a_try("one", a=P, b=F), a_try("one", a=P, b=P)], ["one"]),
        ([a_try("one", a=P), a_try("one", a=F), a_try("one", b=P)], []),
        ([a_try("one", a=P), a_try("one", a=U), a_try("one", b=P)], ["one"]),
        ([a_try("one", a=P, b=P), a_try("two", a=P, b=P), a_try("one", a=P, b=P)], ["two", "one"]),
    ],
)
def test_what_has_passed(tries: list[Try], passing: list[str]) -> None:
    """All checks of one attempt, in one run or several; what could not be judged takes nothing away."""
    assert rules.passing_sha256s(tries) == passing


def test_points_are_added_up_in_any_order() -> None:
    """Two runs that pass everything between them, whichever came first, and whatever floats make of the sum."""
    points = {"b": 2.9, "c": 2.3, "d": 3.7, "a": 1.1}
    ones = [CheckedOnce(id=name, verdict=P, max_score=most) for name, most in points.items()]
    assert rules.is_complete_pass(ones)
    assert not rules.is_complete_pass(ones[:3])


def test_the_best_speed_up_is_of_a_race_that_was_passed() -> None:
    """A wrong result's time means nothing."""
    tries = [a_try("one", 9.0, a=F, b=P), a_try("two", 1.6, a=P, b=P), a_try("three", 1.9, a=P, b=P)]
    assert rules.best_speedup(tries) == pytest.approx(1.9)


def test_states() -> None:
    """Untouched, in progress, missing, passed, and passed with another file now."""
    passed = [a_try("one", a=P, b=P)]
    assert rules.standing("01", [], "stub", "stub").state is State.UNTOUCHED
    assert rules.standing("01", [], "mine", "stub").state is State.IN_PROGRESS
    assert rules.standing("01", [], None, "stub").state is State.MISSING
    assert not rules.standing("01", passed, "one", "stub").changed
    assert rules.standing("01", passed, "stub", "stub").changed


@pytest.mark.parametrize(
    ("passed", "after", "expected"),
    [("", "", "01"), ("01", "", "02"), ("01 02", "", "03"), ("01", "02", "03"), ("01", "31", "02"), ("01", "05", "09")],
)
def test_what_is_next(passed: str, after: str, expected: str) -> None:
    """The first whose requirements are met, after a given one; at the end it begins again at the front."""
    found = rules.next_one(EXERCISES, passed.split(), after)
    assert found is not None
    assert found.number == expected


def test_when_all_is_done_nothing_is_next() -> None:
    """Then there is a page to be proud of instead."""
    assert rules.next_one(EXERCISES, [each.number for each in EXERCISES]) is None


def test_was_five_now_six() -> None:
    """Only checks that both runs had are compared; without a change there is nothing to say."""
    before = a_try("one", a=F, b=P).outcome
    assert rules.since(before, {"a": P, "b": P}) == "was 1 of 2, now 2"
    assert rules.since(before, {"b": P}) == ""
    assert rules.since(None, {"a": P}) == ""


# --- real runs --------------------------------------------------------------------------------------


@pytest.fixture
def kata(tmp_path: Path) -> Path:
    """A learner's folder with exercise 01, solved."""
    handed_out(tmp_path, "01_two_jobs")
    shutil.copy(SOLVED, tmp_path / "exercises/01_two_jobs")
    return tmp_path


def standing(kata: Path) -> rules.Standing:
    with progress.to_read(kata) as book:
        (found,) = progress.standings(catalog.load_all(kata / "exercises"), book.tries())
    return found


def test_two_runs_that_pass_everything_between_them(kata: Path) -> None:
    """Neither run alone is a pass, both together are; --cache-clear takes nothing away."""
    run_pytest(kata, "exercises/01", "-k", "little_longer", "-p", "no:cacheprovider")
    assert standing(kata).state is State.IN_PROGRESS
    run_pytest(kata, "exercises/01", "-k", "not little_longer", "--cache-clear")
    assert standing(kata).state is State.PASSED
    assert standing(kata).best is not None


SAVED_MEANWHILE = """
import pathlib, pytest
@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    pathlib.Path("exercises/01_two_jobs/attempt.py").write_text("# a save that comes too late for this run")
"""


def test_what_is_kept_is_what_was_checked(kata: Path) -> None:
    """A save between the two is of the next run: no result is of a text that is not there."""
    (kata / "conftest.py").write_text(SAVED_MEANWHILE)
    run_pytest(kata, "exercises/01", "-k", "exception")
    with progress.to_read(kata) as book:
        (each,) = book.tries()["01"]
        assert each.outcome.attempt_sha256 == sha256(SOLVED.read_bytes()).hexdigest()
        assert book.attempt(each.outcome.attempt_sha256) == SOLVED.read_bytes()


def test_what_is_run_elsewhere_is_not_the_learner_s(kata: Path) -> None:
    """--attempt, --collect-only: nothing is written."""
    run_pytest(kata, "exercises/01", "--collect-only", "-q")
    run_pytest(kata, "exercises/01", "--attempt", str(SOLVED), "-k", "exception")
    assert not (kata / ".checker").exists()


def test_an_editor_s_lock_is_in_nobody_s_way(kata: Path) -> None:
    """Emacs keeps a link that leads nowhere beside a file with unsaved changes: the same result, under the same key."""
    run_pytest(kata, "exercises/01", "-k", "exception")
    (kata / "exercises/01_two_jobs/.#attempt.py").symlink_to("ann@laptop.1234:1700000000")
    done = run_pytest(kata, "exercises/01", "-k", "exception")
    assert "Your progress is not kept" not in done.stdout
    with progress.to_read(kata) as book:
        assert len({each.key for each in book.tries()["01"]}) == 1
        assert len(book.tries()["01"]) == 2


@pytest.mark.parametrize("broken", ["no folder", "no database"])
def test_progress_is_in_nobody_s_way(kata: Path, broken: str) -> None:
    """What cannot be written is told in one line, and the checks go on."""
    if broken == "no folder":
        (kata / ".checker").write_text("")
    else:
        (kata / ".checker").mkdir()
        (kata / ".checker/progress.db").write_text("not a database")
    done = run_pytest(kata, "exercises/01", "-k", "exception")
    assert done.returncode == 0
    assert len([line for line in done.stdout.splitlines() if line.startswith("Your progress is not kept: ")]) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(kata: Path) -> None:
    """A checkout that cannot be written is told in one line, too."""
    kata.chmod(0o555)
    done = run_pytest(kata, "exercises/01", "-k", "exception", "-p", "no:cacheprovider")
    kata.chmod(0o755)
    assert done.returncode == 0
    assert "Your progress is not kept" in done.stdout


def test_under_xdist_the_controller_keeps_it(kata: Path) -> None:
    """The attempt's text and the result of all workers' checks, once."""
    run_pytest(kata, "exercises/01", "-p", "xdist", "-n", "2")
    with progress.to_read(kata) as book:
        (each,) = book.tries()["01"]
        assert book.attempt(sha256(SOLVED.read_bytes()).hexdigest()) == SOLVED.read_bytes()
    assert len(each.outcome.checks) == 4
    assert each.outcome.passed == 3  # the race is refused


def test_a_learner_s_gradebook_is_a_gradebook(kata: Path) -> None:
    """The format of a class's, with a header of its own, not only ours to read."""
    run_pytest(kata, "exercises/01", "-k", "exception")
    database = sqlite3.connect(kata / ".checker/progress.db")
    assert database.execute("PRAGMA application_id").fetchone() == (0x4B415441,)
    assert database.execute("SELECT verdict FROM result").fetchall() == [("passed",)]
    assert (kata / ".checker/.gitignore").read_text() == "*\n"
