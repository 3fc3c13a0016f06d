"""Whether a program rested: from recorded samples of its CPU time."""

from __future__ import annotations

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import rest
from checker.model.answer import Verdict
from checker.model.codes import Code
from checker.model.evidence import CpuUse, ProcessUse, Run, Slice, Span
from tests.evidence import START_S, computing, process, run, span

SAMPLE_S = 0.02


def sampled(*parts: tuple[float, float, float]) -> ProcessUse:
    """Parts of a run, one after the other: (seconds, share of a core used, share waited for)."""
    slices, now_s = [], START_S
    for seconds, used, waited in parts:
        for _ in range(round(seconds / SAMPLE_S)):
            now_s += SAMPLE_S
            slices.append(Slice(end_s=now_s, cpu_s=used * SAMPLE_S, wait_s=waited * SAMPLE_S))
    return ProcessUse(
        name="attempt.py", started_s=START_S, ended_s=now_s, threads=1, busy_threads=1, slices=tuple(slices),
        cpu_s=sum(piece.cpu_s for piece in slices), wait_s=sum(piece.wait_s for piece in slices),
    )  # fmt: skip


def seen(use: ProcessUse, *spans: Span) -> Run:
    return run(use.ended_s - START_S, spans=spans, cpu=CpuUse(processes=(use,)))


def rested(seen: Run) -> Verdict:
    try:
        Call(seen).expect_rest()
    except CheckFailed as failed:
        return failed.answer.verdict
    return Verdict.PASSED


@pytest.mark.parametrize(
    ("used", "waited", "expected"),
    [
        pytest.param(0.02, 0.0, Verdict.PASSED, id="rests"),
        pytest.param(0.02, 0.11, Verdict.PASSED, id="rests, and is kept waiting whenever it wakes up"),
        pytest.param(0.98, 0.0, Verdict.FAILED, id="spins"),
        pytest.param(0.13, 0.86, Verdict.FAILED, id="spins beside others"),
        pytest.param(0.08, 0.91, Verdict.INCONCLUSIVE, id="hardly ever gets a core"),
        pytest.param(0.05, 0.60, Verdict.INCONCLUSIVE, id="is kept waiting most of the time"),
    ],
)
def test_in_one_quiet_time(used: float, waited: float, expected: Verdict) -> None:
    """CPU time tells who spins; waiting for a core tells who would, if he could; both need a core to be told apart."""
    assert rested(seen(sampled((0.4, used, waited)))) is expected


def test_parts_are_not_averaged() -> None:
    """Recorded beside fifteen others: it spun until its first step was done, rested until its second one was, and had
    a fifth of the time that was left to it."""
    steps = span(0.0, 0.3, name="do", key="cook"), span(0.3, 0.6, name="do", key="cool")
    half = seen(sampled((0.3, 0.2, 0.8), (0.3, 0.01, 0.02)), *steps)
    assert half.cpu.cpu_s < 0.11 * half.wall_s
    assert rested(half) is Verdict.FAILED


def test_only_while_nothing_happens() -> None:
    """Work on what has just come is not said to be spinning; where nothing is ever quiet, nobody has seen a rest."""
    works = [span(at / 20, (at + 1) / 20) for at in range(8)]
    busy = seen(sampled((0.4, 0.9, 0.0)), *works)
    assert rested(busy) is Verdict.INCONCLUSIVE
    assert rest.why_open(busy) == rest.ALWAYS_BUSY
    assert rested(seen(sampled((0.4, 0.9, 0.0), (0.2, 0.01, 0.0)), *works)) is Verdict.PASSED


def test_getting_ready_is_no_quiet_time() -> None:
    """Before the first operation a program may compute: imports, on a busy machine, take longer than a rest."""
    parts = sampled((0.3, 0.9, 0.0), (0.2, 0.01, 0.0))
    assert rested(seen(parts, span(0.3, 0.5))) is Verdict.PASSED
    assert rested(seen(parts, span(0.0, 0.5))) is Verdict.FAILED


def test_a_time_without_samples_tells_nothing() -> None:
    """The sampler itself may have waited for a core."""
    assert rested(computing(0.4, process(0.3, alive_s=0.6))) is Verdict.INCONCLUSIVE


def test_the_sentence_tells_how_busy_it_was() -> None:
    """The share of the worst time, without what other programs took."""
    found = rest.busy_wait(seen(sampled((0.4, 0.24, 0.75))))
    assert found.code is Code.BUSY_WAIT
    assert found.sentence == "work kept a core busy for 96% of the time, only to wait."
