"""Whether anything at all went on at the same time. Pure."""

from __future__ import annotations

import msgspec

from checker.judge import overlap
from checker.judge.diagnosis.conduct import serial
from checker.model.answer import Diagnosis
from checker.model.evidence import Run, Span


def never(run: Run, name: str | None = None) -> Diagnosis | None:
    """No two operations (of this name) were ever in flight together."""
    spans = _asked(run, name)
    if len(spans) <= 1 or overlap.peak(spans, run.end_s) > 1:
        return None
    return serial(msgspec.structs.replace(run, spans=tuple(spans)))


def hold_up_s(run: Run, name: str | None = None) -> float:
    """A right attempt that was held up for so long, in all, may look as if it did one thing at a time.

    To do two at a time saves half of the operations' time.
    """
    return overlap.SPARE * sum(span.latency_s for span in _asked(run, name)) / 2


def _asked(run: Run, name: str | None) -> list[Span]:
    return [span for span in overlap.counted(run.spans) if name in (None, span.name)]
