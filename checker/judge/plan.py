"""Work that depends on other work: the critical path, and steps that did not wait for what they need. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

import msgspec

from checker.judge.overlap import Bounds
from checker.model.evidence import Span

Needs = Mapping[str, Sequence[str]]
"""Step -> the steps that must be done before it begins."""


def critical_path_s(needs: Needs, latencies_s: Mapping[str, float]) -> float:
    """The length of the longest chain of steps: nothing does the plan sooner (Kelley and Walker, 1959).

    Raises graphlib.CycleError when steps need each other in a circle.
    """
    done_s: dict[str, float] = {}
    for step in TopologicalSorter(needs).static_order():
        done_s[step] = latencies_s[step] + max((done_s[need] for need in needs[step]), default=0.0)
    return max(done_s.values(), default=0.0)


def levels_s(needs: Needs, latencies_s: Mapping[str, float]) -> float:
    """How long the plan takes level by level, where each level waits for all of the level before."""
    level: dict[str, int] = {}
    for step in TopologicalSorter(needs).static_order():
        level[step] = 1 + max((level[need] for need in needs[step]), default=0)
    slowest: dict[int, float] = {}
    for step, number in level.items():
        slowest[number] = max(slowest.get(number, 0.0), latencies_s[step])
    return sum(slowest.values())


def bounds(needs: Needs, latencies_s: Mapping[str, float]) -> Bounds:
    """One by one; level by level, the nearest wrong way; and along the critical path."""
    return Bounds(
        serial_s=sum(latencies_s.values()),
        wrong_s=levels_s(needs, latencies_s),
        least_s=critical_path_s(needs, latencies_s),
        dependent=True,
    )


def before_needed(spans: Iterable[Span], needs: Needs) -> tuple[Span, str] | None:
    """The first operation (by its key) that began before the named need had ended; None when all waited."""
    ended_s: dict[str, float] = {}
    in_order = sorted(spans, key=lambda span: span.start_s)
    for span in in_order:
        if span.end_s is not None and span.outcome == "answered":
            ended_s[span.key] = min(ended_s.get(span.key, span.end_s), span.end_s)
    for span in in_order:
        for need in needs.get(span.key, ()):
            if need not in ended_s or ended_s[need] > span.start_s:
                return span, need
    return None


def marked(spans: Iterable[Span], wrong: Span, mark: str) -> tuple[Span, ...]:
    """The same spans, one of them with a remark for the picture."""
    return tuple(msgspec.structs.replace(span, mark=mark) if span is wrong else span for span in spans)
