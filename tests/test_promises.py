"""What was accepted and not done: from recorded evidence."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import promises
from checker.model.codes import Code
from checker.model.evidence import Span
from checker.model.outcome import Died, ErrorInfo, Hung, Outcome, Raised, Returned
from tests.evidence import run, span


def accepted(*jobs: str) -> tuple[Span, ...]:
    return tuple(span(0.0, 0.0, name="accepted", key=job) for job in jobs)


def work(job: str, outcome: str = "answered", end_s: float | None = 0.5) -> Span:
    return span(0.1, end_s, name="work", key=job, outcome=outcome)


@pytest.mark.parametrize("outcome", ["answered", "failed"])
def test_a_job_that_came_to_its_end_is_done(outcome: str) -> None:
    """Well or badly: it was not given up."""
    assert promises.broken(run(spans=(*accepted("a"), work("a", outcome))), "accepted", "work") is None


@pytest.mark.parametrize(
    ("spans", "word"),
    [((), "never begun"), ((work("a", "dropped"),), "begun"), ((work("a", "open", None),), "begun")],
    ids=["never begun", "cancelled", "still at work"],
)
def test_a_job_that_did_not(spans: tuple[Span, ...], word: str) -> None:
    """It is named, unless it may be given up, and the hint knows whether it had begun."""
    evidence = run(spans=(*accepted("a", "b"), work("b"), *spans))
    found = promises.broken(evidence, "accepted", "work")
    assert found is not None
    assert (found.code, found.sentence) == (Code.LOST, "1 job of 2 accepted, but not done: 'a'.")
    assert word in found.hint
    assert promises.broken(evidence, "accepted", "work", spared=["a"]) is None


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Returned(value=None), True),
        (Died(status=-15), True),
        (Raised(error=ErrorInfo(type="SystemExit", bases=("SystemExit", "BaseException"), message="")), True),
        (Raised(error=ErrorInfo(type="ValueError", bases=("ValueError", "Exception"), message="")), False),
        (Hung(after_s=5.0, stacks=()), False),
    ],
    ids=["returned", "killed", "exited", "raised", "hung"],
)
def test_only_an_end_breaks_a_promise(outcome: Outcome, told: bool) -> None:
    """An exception or a hang has another diagnosis, which comes first."""
    evidence = run(spans=accepted("a"), outcome=outcome)
    assert (promises.broken(evidence, "accepted", "work") is not None) is told
