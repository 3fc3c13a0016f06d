"""Exceptions that reach the caller, where others belong into the result."""

from __future__ import annotations

from checker.judge.diagnosis import raising
from checker.judge.diagnosis.values import AnError
from checker.model.evidence import Notice
from checker.model.outcome import ErrorInfo, Raised
from tests.evidence import run, span

NO_PAGE = ErrorInfo(type="KeyError", message="'page-1'", line=9, bases=("KeyError", "LookupError", "Exception"))
NOT_FOUND = ErrorInfo(type="HTTPError", message="404", line=4, bases=("HTTPError", "OSError", "Exception"))
ANY, THIS = [AnError(type="Exception")], [AnError(type="KeyError")]


def test_what_is_not_in_there_does_not_belong_into_the_result() -> None:
    """A KeyError that only follows from a failure is not one of the failures that are asked for."""
    missing, failed = run(outcome=Raised(error=NO_PAGE)), run(outcome=Raised(error=NOT_FOUND))
    followed, work, own = raising.escaped(missing, ANY), raising.escaped(failed, ANY), raising.escaped(missing, THIS)
    assert followed is not None
    assert "What is looked up is not in there" in followed.hint
    assert work is not None
    assert "belongs into the result" in work.hint
    assert own is not None
    assert "belongs into the result" in own.hint


def test_a_mistake_does_not_belong_into_the_result() -> None:
    """Nor does an attribute that is not there."""
    bases = ("AttributeError", "Exception")
    error = ErrorInfo(type="AttributeError", message="'tuple' object has no attribute 'x'", line=9, bases=bases)
    found = raising.escaped(run(outcome=Raised(error=error)), ANY)
    assert found is not None
    assert "belongs into the result" not in found.hint


def test_the_death_of_a_thread_comes_first() -> None:
    """What ended the thread is the cause."""
    died = Notice(kind="thread died", text="TypeError: work() takes 1 positional argument but 38 were given", line=None)
    found = raising.escaped(run(outcome=Raised(error=NO_PAGE), notices=(died,)), ANY)
    assert found is not None
    assert found.sentence.startswith("An exception ended a thread (TypeError")


def test_a_mistake_with_a_thread_does_not_follow_from_failed_work() -> None:
    """A thread ended with what the work raised, and another one was never started: that is to be mended."""
    words = "cannot join thread before it is started"
    error = ErrorInfo(type="RuntimeError", message=words, line=11, bases=("RuntimeError", "Exception"))
    died = Notice(kind="thread died", text="ConnectionError: the line is down", line=6)
    failed = run(outcome=Raised(error=error), notices=(died,), spans=(span(0.0, 0.1, outcome="failed"),))
    found = raising.not_raised(failed, "ConnectionError")
    assert found is not None
    assert found.line == 11
    assert "Call `start()` before it" in found.hint
