"""Whether anything at all went on at the same time. Pure."""

from __future__ import annotations

from checker.judge import overlap
from checker.judge.diagnosis.conduct import serial
from checker.model.answer import Diagnosis
from checker.model.evidence import Run


def never(run: Run) -> Diagnosis | None:
    """No two operations were ever in flight together."""
    spans = overlap.counted(run.spans)
    return serial(run) if len(spans) > 1 and overlap.peak(spans, run.end_s) <= 1 else None


def hold_up_s(run: Run) -> float:
    """Who does two things at a time must be held up for about this long, in all, to look as if it did only one."""
    return sum(span.latency_s for span in overlap.counted(run.spans)) / 2
