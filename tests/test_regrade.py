"""An appeal: what `checker regrade` says is what the marks are from then on. No attempt runs here."""

from __future__ import annotations

import platform
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from checker import __version__
from checker.classroom import attention, classwork, jobs
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, Verdict
from checker.report import history
from checker.report.model import Learner
from tests.test_exports import records

WEIGHTS = '{"exercises": {"03": {"weight": 2, "not_counted": ["fast"]}}'
LATE = WEIGHTS + ', "due": "2026-03-01T12:00:00+00:00", "late": {"penalty_per_day": 0.5, "applies": true}}'
EXCUSED = WEIGHTS + ', "excused": [{"learner": "ada"}]}'
BY_HAND = WEIGHTS + ', "decided": [{"learner": "ada", "exercises": ["03"], "points": 7, "why": "a talk"}]}'
ONLY_SPEED = '{"exercises": {"03": {"not_counted": ["right"]}}}'
OTHERS = '{"exercises": {"05": {}}}'


TEXT = b"# hers\n"
KEY = jobs.key(jobs.exercises()["03"], TEXT)


def result(right: Verdict, fast: Verdict = Verdict.PASSED) -> AttemptResult:
    """Of two checks, of 6 and 4 points."""
    checks = [
        grading.check(Answer(verdict=verdict), name=name, title=name, max_score=points, seconds=0.0)
        for name, verdict, points in (("right", right, 6.0), ("fast", fast, 4.0))
    ]
    return grading.attempt("03", checks, sha256(TEXT).hexdigest())


SLOW = result(Verdict.PASSED, Verdict.FAILED)
OPEN = result(Verdict.INCONCLUSIVE)
WRONG, RIGHT = result(Verdict.FAILED), result(Verdict.PASSED)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A gradebook in which Ada handed in two days late, and has all points."""
    attempt = HandIn(exercise="03", text=TEXT, handed_in="2026-03-02T13:00:00+00:00")
    with Gradebook(tmp_path / "class.db") as book:
        book.enter(Submission(name="ada", attempts=[attempt]), {"03": KEY})
        book.add(KEY, RIGHT)
    return tmp_path / "class.db"


def appeal(path: Path, monkeypatch: pytest.MonkeyPatch, *results: AttemptResult, course: str = "") -> Result:
    """As if these were the three results. No result: Ctrl-C."""

    def grade(_: object) -> list[AttemptResult]:
        if not results:
            raise KeyboardInterrupt
        return list(results)

    monkeypatch.setattr("checker.commands.regrade._grade", grade)
    if course:
        with Gradebook(path) as book:
            book.set(course=course)
    return CliRunner().invoke(main, ["regrade", str(path), "ada", "03", "--why", "it was right"])


@pytest.mark.parametrize(
    ("course", "results", "exit_code", "words"),
    [
        ("", [SLOW] * 3, 1, "failed, 6 of 10 points count from now on"),
        (WEIGHTS + "}", [SLOW] * 3, 0, "passed, 20 of 20 points count from now on"),
        (LATE, [SLOW] * 3, 0, "passed, 0 of 20 points count from now on"),
        (WEIGHTS + "}", [OPEN] * 3, 3, "inconclusive, so no points are given"),
        (EXCUSED, [SLOW] * 3, 0, "it counts for nothing, as it is excused, or not in the course"),
        (BY_HAND, [RIGHT] * 3, 0, "7 of 20 points count, as before: they were set by hand"),
        (OTHERS, [RIGHT] * 3, 0, "it counts for nothing, as it is excused, or not in the course"),
    ],
    ids=["raw", "weighed", "late", "open", "excused", "by hand", "not in the course"],
)
def test_what_is_said_to_count_is_the_mark(
    path: Path, monkeypatch: pytest.MonkeyPatch, course: str, results: list[AttemptResult], exit_code: int, words: str
) -> None:
    """Weighed by the course, less what it takes off; and no points where nothing was judged, or nothing counts."""
    done = appeal(path, monkeypatch, *results, course=course)
    assert (done.output.splitlines()[-1].startswith(f"ada 03: {words}"), done.exit_code) == (True, exit_code), done


@pytest.mark.parametrize(
    ("course", "results", "middle"),
    [
        ("", [RIGHT, SLOW, WRONG], SLOW),
        ("", [RIGHT, OPEN, RIGHT], RIGHT),
        ("", [OPEN, RIGHT, WRONG], OPEN),
        ("", [OPEN, WRONG, WRONG], WRONG),
        ("", [RIGHT, OPEN, OPEN], OPEN),
        (ONLY_SPEED, [RIGHT, SLOW, WRONG], RIGHT),
    ],
)
def test_the_middle_is_that_of_the_marks(
    path: Path, monkeypatch: pytest.MonkeyPatch, course: str, results: list[AttemptResult], middle: AttemptResult
) -> None:
    """What could not be judged is between failed and passed: one such grading takes no mark away, and fails nobody."""
    appeal(path, monkeypatch, *results, course=course)
    with Gradebook(path) as book:
        assert (book.latest(KEY), len(book.history(KEY))) == (middle, 4)


@pytest.mark.parametrize(
    ("course", "words"),
    [
        ("", "failed, 6 of 10 points count from now on"),
        (OTHERS, "it counts for nothing, as it is excused, or not in the course"),
    ],
)
def test_the_learner_may_have_other_submissions(
    path: Path, monkeypatch: pytest.MonkeyPatch, course: str, words: str
) -> None:
    """With another exercise, under another name: one row has both."""
    with Gradebook(path) as book:
        book.enrol([Learner(id="ada", email="lovelace@example.org")])
        for name, exercise, text in (("ada", "03", TEXT), ("lovelace@example.org", "05", b"# another\n")):
            one = Submission(name=name, people=[Person(name=name)], attempts=[HandIn(exercise=exercise, text=text)])
            book.enter(one, {exercise: jobs.key(jobs.exercises()[exercise], text)})
    done = appeal(path, monkeypatch, *[SLOW] * 3, course=course)
    assert done.output.splitlines()[-1].startswith(f"ada 03: {words}"), done


def test_all_gradings_of_an_appeal_are_in_the_history(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row for each, with when and what has graded it: the last counts."""
    by = "checker 9.9; CPython 3.14"
    appeal(path, monkeypatch, RIGHT, msgspec.structs.replace(SLOW, graded_by=by), WRONG)
    with Gradebook(path) as book:
        found = records(history.render(classwork.report(book)))
        times = [when for when, _ in book.history(KEY)]
    assert [(row["hand_in"], row["score"], row["graded_by"]) for row in found] == [
        ("1", "10", ""), ("1", "4", ""), ("1", "10", ""), ("1", "6", by)
    ]  # fmt: skip
    assert [row["graded_at"] for row in found] == times
    assert {row["appeals"] for row in found} == {"it was right"}


def test_a_result_says_what_has_graded_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checker's version, the Python of attempts, the machine: also where it is made of two parts."""
    monkeypatch.setattr(jobs, "perform", lambda *_, **__: RIGHT)
    order = jobs.job("03", TEXT, classwork.OURS)
    answer = jobs.answer_to(order, jobs.perform_encoded(jobs.encoded(order, "timed")))
    assert answer.graded_by.startswith(f"checker {__version__}; Python {platform.python_version()}")
    assert answer.graded_by.endswith(" cores")
    assert jobs.merged(RIGHT, answer).graded_by == answer.graded_by


def test_an_interrupted_appeal_is_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is kept together with the results."""
    appeal(path, monkeypatch)
    with Gradebook(path) as book:
        assert (book.appeals(), book.history(KEY)[0][1], len(book.history(KEY))) == ([], RIGHT, 1)
    appeal(path, monkeypatch, RIGHT, RIGHT, RIGHT)
    with Gradebook(path) as book:
        assert [why for *_, why in book.appeals()] == ["it was right"]


def test_an_appeal_is_about_a_text(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a check was corrected, its reason stays in the history; that it was graded once since then is told."""
    appeal(path, monkeypatch, RIGHT, RIGHT, RIGHT)
    with Gradebook(path) as book:
        for key in ("of the corrected checks", "of yet others"):
            attempts = [HandIn(exercise="03", text=TEXT)]
            book.enter(Submission(name="ada", attempts=attempts), {"03": key})
            book.enter(Submission(name="ben", attempts=attempts), {"03": key})
            assert [(who, ended(book, who)) for who in ("ada", "ben")] == [("ada", "it was right"), ("ben", "")]
            book.add(key, RIGHT)
            report = classwork.report(book)
            assert [(who, ended(book, who)) for who in ("ada", "ben")] == [("ada", "it was right"), ("ben", "")]
            assert f"{attention.APPEALED} ada 03" in attention.lines(book, report)
        attempts = [HandIn(exercise="03", text=b"# another")]
        book.enter(Submission(name="ada", attempts=attempts), {"03": "of another text"})
        assert ended(book, "ada") == ""
        assert attention.APPEALED not in "\n".join(attention.lines(book, classwork.report(book)))
        attempts = [HandIn(exercise="03", text=TEXT)]
        book.enter(Submission(name="ada", attempts=attempts), {"03": "of the corrected checks"})
    appeal(path, monkeypatch, RIGHT, RIGHT, RIGHT)
    with Gradebook(path) as book:
        assert ended(book, "ada") == "it was right; it was right"
        assert attention.APPEALED not in "\n".join(attention.lines(book, classwork.report(book)))


def ended(book: Gradebook, who: str) -> str:
    """What the history says last of somebody's appeals."""
    lines = history.render(classwork.report(book)).splitlines()
    return [line.rpartition(",")[2] for line in lines if line.startswith(f"{who},")][-1]
