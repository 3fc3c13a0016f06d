"""From checks to an attempt's result, and how results read."""

from __future__ import annotations

from typing import Any

import pytest

from checker.judge import grading
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Answer, CheckResult, Speed, Verdict
from checker.model.codes import Code
from checker.model.picture import Picture
from checker.report import terminal

SPEED = Speed(speedup=1.0, goal=4.0, limit=10.0, sync_s=1.0, attempt_s=1.0)


def check(verdict: Verdict, code: Code | None = None, **fields: Any) -> CheckResult:
    found = diagnosis(code, f"This is {code}") if code is not None else None
    answer = Answer(verdict=verdict, diagnosis=found, **fields)
    return grading.check(answer, name="test_x", title="It works", max_score=2.0, seconds=0.1)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ("passed passed", Verdict.PASSED),
        ("passed inconclusive", Verdict.INCONCLUSIVE),
        ("inconclusive error", Verdict.ERROR),
        ("error failed inconclusive passed", Verdict.FAILED),
        ("", Verdict.ERROR),
    ],
)
def test_the_worst_verdict_counts(verdicts: str, expected: Verdict) -> None:
    """Failed before error before inconclusive before passed; no check at all is an error."""
    assert grading.overall([Verdict(verdict) for verdict in verdicts.split()]) is expected


def test_the_most_telling_diagnosis_is_the_attempts() -> None:
    """A race condition says more than lost time; of equals, the first check's is taken."""
    checks = [check(Verdict.FAILED, Code.SERIAL), check(Verdict.PASSED), check(Verdict.FAILED, Code.RACE)]
    result = grading.attempt("05", checks, "abc")
    assert result.diagnosis is not None
    assert result.diagnosis.code is Code.RACE
    assert (result.score, result.max_score, result.verdict) == (2.0, 6.0, Verdict.FAILED)


def text(result: CheckResult) -> str:
    return "\n".join(line.text for line in terminal.check(result))


def test_a_failed_check_reads_well() -> None:
    """Title, numbers, diagnosis, hint and output, each where the eye looks for it."""
    shown = text(
        CheckResult(
            id="test_x", title="Pages come fast", verdict=Verdict.FAILED, score=0, max_score=4, seconds=1,
            diagnosis=diagnosis(Code.SERIAL, "20 operations, never two at once", 14), speed=SPEED,
            picture=Picture(length_s=1.0, lanes=(), text="lane 1\nlane 2"), output="hello\n\x1b[31mred",
        )
    )  # fmt: skip
    assert shown.splitlines() == [
        "✗ Pages come fast",
        "",
        "  sync 1000 ms, yours 1000 ms: speed-up 1.0x, goal 4.0x, limit 10.0x",
        "",
        "  lane 1",
        "  lane 2",
        "",
        "  SERIAL: 20 operations, never two at once (attempt.py:14).",
        "  Hint: Start all of the work before you wait for any of it.",
        "  More: checker explain SERIAL",
        "",
        "  Your output:",
        "  | hello",
        "  | \\x1b[31mred",
    ]


def test_what_cannot_be_judged_is_not_blamed_on_the_learner() -> None:
    """Inconclusive and error are other words than failed."""
    inconclusive = text(check(Verdict.INCONCLUSIVE, why="the machine is busy"))
    error = text(check(Verdict.ERROR, why="OSError: no space left"))
    assert "Cannot be judged now: the machine is busy. This is not a mark against you." in inconclusive
    assert "The checker failed, not you: OSError: no space left" in error


@pytest.mark.parametrize(
    ("speedup", "cells"), [(1.0, "████············┃"), (4.0, "████████████████┃···"), (10.0, "█" * 16 + "┃" + "█" * 23)]
)
def test_the_bar(speedup: float, cells: str) -> None:
    """The speed-up on a scale up to the limit, with the goal marked; beyond the limit it is full."""
    shown = terminal.bar(Speed(speedup=speedup, goal=4.0, limit=10.0, sync_s=1.0, attempt_s=1.0))
    assert cells in shown
    assert shown.index("▏") == 41
    assert f"{speedup:.1f}x   goal 4.0x, limit 10.0x" in shown


def test_a_note_reaches_the_report() -> None:
    """What is worth knowing goes along with the check."""
    answer = Answer(verdict=Verdict.PASSED, note="Threads computed at once.")
    assert grading.check(answer, name="race", title="Race", max_score=1, seconds=0).note == answer.note
