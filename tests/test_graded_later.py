"""What waits until it is graded: its text stays the one that was handed in, its key is that of today's checks."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.classroom import attention, classwork, jobs
from checker.classroom.jobs import Job, Part, Programs
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook, GradebookError
from checker.gradebook.handins import HandIn, Submission
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, Verdict
from checker.model.interpreter import Interpreter

TEXT = b"# hers\n"


def result(verdict: Verdict, text: bytes | None = TEXT) -> AttemptResult:
    check = grading.check(Answer(verdict=verdict), name="it", title="It", max_score=10.0, seconds=0.0)
    return grading.attempt("01", [check], jobs.digest(text))


class Scripted:
    """Machines that give this verdict to everything, and remember what it was."""

    width = 1

    def __init__(self, verdict: Verdict = Verdict.PASSED) -> None:
        self.verdict, self.texts = verdict, list[bytes | None]()

    def submit(self, job: Job, part: Part, alone: bool) -> Future[AttemptResult]:  # noqa: ARG002
        self.texts.append(job.text)
        done: Future[AttemptResult] = Future()
        done.set_result(result(self.verdict, job.text))
        return done

    def kill(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        """Nothing runs."""


def hand_in(book: Gradebook, *names: str, text: bytes = TEXT) -> None:
    classwork.enter(book, [Submission(name=name, attempts=[HandIn(exercise="01", text=text)]) for name in names])


def grade(book: Gradebook, regrade: str | None = None, machines: Scripted | None = None) -> Scripted:
    machines = machines or Scripted()
    classwork.grade(book, classwork.todo(book, regrade), machines, lambda *_: None)
    return machines


def corrected(monkeypatch: pytest.MonkeyPatch) -> str:
    """The checks change, as in a new version of the checker; gives the key of her text by them."""
    monkeypatch.setattr(jobs, "_fingerprint", lambda _: b"corrected")
    return jobs.key(jobs.exercises()["01"], TEXT)


@pytest.fixture
def book() -> Gradebook:
    book = Gradebook()
    book.set(asked="01")
    return book


def keys(book: Gradebook) -> dict[str, str]:
    return {name: key for name, _, key in book.handins()}


def test_what_another_run_replaces_is_graded_as_it_was(book: Gradebook) -> None:
    """Its text has a result of its own; nothing was not handed in."""
    hand_in(book, "ada")
    (before,) = keys(book).values()
    wanted = classwork.todo(book, None)
    hand_in(book, "ada", text=b"# newer\n")
    machines = Scripted()
    classwork.grade(book, wanted, machines, lambda *_: None)
    assert set(machines.texts) == {TEXT}
    assert (book.latest(before), before in keys(book).values()) == (result(Verdict.PASSED), False)


def test_what_another_run_hands_in_meanwhile_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two looks at a gradebook that is shared: all looks are of one moment."""
    monkeypatch.setattr(Gradebook, "patience_s", 0.0)
    looked = Gradebook.digests

    def digests(book: Gradebook) -> dict[str, str]:
        found = looked(book)
        with suppress(GradebookError), Gradebook(tmp_path / "class.db") as other:
            hand_in(other, "ben", text=b"# his\n")
        return found

    with Gradebook(tmp_path / "class.db") as book:
        book.set(asked="01")
        hand_in(book, "ada")
        monkeypatch.setattr(Gradebook, "digests", digests)
        (wanted,) = classwork.todo(book, None)
        assert wanted.digest == jobs.digest(TEXT)


def test_what_was_left_over_is_kept_as_of_today_s_checks(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in what was ever handed in, and for everybody whose attempt is the same."""
    hand_in(book, "ada", "ben")
    old, new = keys(book)["ada"], corrected(monkeypatch)
    grade(book)
    assert (book.latest(old), book.latest(new)) == (None, result(Verdict.PASSED))
    assert (keys(book), {key for *_, key, _ in book.past()}) == ({"ada": new, "ben": new}, {new})


def test_what_is_graded_again_counts_once_it_is_there(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then, and after Ctrl-C, the earlier result counts; it stays under the checks that gave it."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    hand_in(book, "ada")
    grade(book, machines=Scripted(Verdict.ERROR))
    old, new = keys(book)["ada"], corrected(monkeypatch)
    machines = Scripted()
    monkeypatch.setattr(machines, "submit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        grade(book, "error", machines)
    assert (keys(book), classwork.todo(book, None)) == ({"ada": old}, [])
    grade(book, "error")
    assert (keys(book), classwork.todo(book, "error")) == ({"ada": new}, [])
    assert [[each.verdict for _, each in book.history(key)] for key in (old, new)] == [["error"], ["passed"]]
    (row,) = classwork.report(book).submissions
    assert [each.verdict for each in row.exercises] == ["passed"]


@pytest.mark.parametrize("first", [None, Verdict.ERROR])
def test_what_today_s_checks_have_graded_is_not_graded_twice(
    book: Gradebook, monkeypatch: pytest.MonkeyPatch, first: Verdict | None
) -> None:
    """The same text, handed in under both: its result is there."""
    hand_in(book, "ada")
    if first is not None:
        grade(book, machines=Scripted(first))
    new = corrected(monkeypatch)
    hand_in(book, "ben")
    book.add(new, result(Verdict.FAILED))
    assert grade(book, "error").texts == []
    assert keys(book) == {"ada": new, "ben": new}


def test_another_interpreter_s_result_is_its_own(book: Gradebook) -> None:
    """What was left over of a run without --python is no result of the grader's own Python."""
    hand_in(book, "ada")
    (before,) = keys(book).values()
    other = Interpreter(path="/other", version="3.99.0")
    programs = Programs(interpreter=other)
    classwork.grade(book, classwork.todo(book, None, programs=programs), Scripted(), lambda *_: None, programs)
    new = jobs.key(jobs.exercises()["01"], TEXT, other)
    assert (book.latest(before), keys(book)["ada"], book.latest(new)) == (None, new, result(Verdict.PASSED))


def test_an_appeal_is_kept_as_of_today_s_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said lists the earlier result, too, and no line asks for a regrade."""
    monkeypatch.setattr("checker.commands.regrade._grade", lambda _: [result(Verdict.PASSED)] * 3)
    with Gradebook(tmp_path / "class.db") as book:
        book.set(asked="01")
        hand_in(book, "ada")
        grade(book, machines=Scripted(Verdict.FAILED))
        old, new = keys(book)["ada"], corrected(monkeypatch)
    done = CliRunner().invoke(main, ["regrade", str(tmp_path / "class.db"), "ada", "01", "--why", "it was right"])
    assert [line.split("  ")[1] for line in done.output.splitlines()[:-1]] == ["failed", *["passed"] * 3]
    with Gradebook(tmp_path / "class.db") as book:
        assert (keys(book), len(book.history(old)), len(book.history(new))) == ({"ada": new}, 1, 3)
        (row,) = classwork.report(book).submissions
        assert row.history["01"][-1].appeals == ["it was right"]
        assert attention.APPEALED not in "\n".join(attention.lines(book, classwork.report(book)))
