"""As much as an attempt may send is judged in moments: the judge's time grows with it, and not with its square."""

from __future__ import annotations

from typing import Any

import pytest

from checker.judge.diagnosis import conduct, findings, lines, rate
from checker.model.codes import Code
from checker.model.evidence import MOST_READ, Run, Span
from checker.model.outcome import Frame, LockTime, Returned, Stack
from checker.world.ledger import MAX_ENTRIES

pytestmark = pytest.mark.timeout(20)
"""With squares, each of these takes minutes, or more memory than there is."""


def run_of(*spans: Span, **observed: Any) -> Run:
    return Run(function="work", outcome=Returned(value=None), started_s=0.0, wall_s=1e4, spans=spans, **observed)


def spans_of(*names: str, number: int = MAX_ENTRIES) -> list[Span]:
    """One after the other, the names in turn, all with one key."""
    return [
        Span(name=names[each % len(names)], key="k", start_s=each, end_s=each + 0.5, latency_s=0.5, outcome="answered")
        for each in range(number)
    ]


def test_calls_a_second() -> None:
    assert rate.too_many(run_of(*spans_of("ask")), "ask", 1.0, 1) is None
    assert rate.too_many(run_of(*spans_of("ask")), "ask", 0.5, 1) is not None


def test_order() -> None:
    assert conduct.too_early(run_of(*spans_of("audit", "write")), "audit", "write") is None
    assert conduct.too_early(run_of(*spans_of("write", "audit")), "audit", "write") is not None


def test_lost_updates() -> None:
    found = conduct.lost_updates(run_of(*spans_of("read", "write")), 1)
    assert found is not None
    assert found.code is Code.RACE


def test_findings() -> None:
    told: list[object] = [str(number) for number in range(250_000)]
    assert findings.twice(told, told[:10], "culprits()") is None
    assert findings.twice([*told, "9"], told[:10], "culprits()") is not None


def test_stacks_of_a_long_file() -> None:
    source = "x = 1\n" * (MOST_READ // 6)
    stack = Stack(who="thread 1", inside="attempt.work", frames=(Frame(function="work", line=7),))
    assert lines.at_lock(run_of(samples=(stack,) * 400, source=source)) is None


def test_locks() -> None:
    times = [LockTime(lock=each, who="T", line=1, wanted_s=0.0, taken_s=0.0, free_s=0.1) for each in range(500)]
    assert lines.at_lock(run_of(*spans_of("ask"), lock_times=tuple(times))) is None
