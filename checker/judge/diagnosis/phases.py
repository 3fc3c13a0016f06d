"""Phases that all workers go through together: none begins a phase before all have left the one before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

import msgspec

from checker.judge import plan
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run, Span

Phases = Sequence[Sequence[str]]
"""The keys of the operations of each phase, in order."""


def apart(run: Run, phases: Phases) -> Diagnosis | None:
    """The first operation of a phase that began too early. A phase of which an operation failed never ends."""
    found = _premature(run, phases)
    if found is None:
        return None
    early, missing = found
    hint = _STOP if isinstance(missing, Span) and missing.outcome == "failed" else _ALL
    return diagnosis(Code.ORDER, f"{early.name} {early.key!r} began {_state(early, missing)}", early.line, hint)


def marked(run: Run, phases: Phases) -> Run:
    """The run with a mark at the operation that began too early; as it is, if there is none."""
    found = _premature(run, phases)
    return run if found is None else msgspec.structs.replace(run, spans=plan.marked(run.spans, found[0], "too early"))


def _premature(run: Run, phases: Phases) -> tuple[Span, Span | str] | None:
    """The operation, and the one that it did not wait for (its key, if that was never done)."""
    by_key = {span.key: span for span in run.spans}
    for before, after in pairwise(phases):
        for late in sorted((by_key[key] for key in after if key in by_key), key=lambda span: span.start_s):
            missing = next((key for key in before if key not in by_key or _done_s(by_key[key]) > late.start_s), None)
            if missing is not None:
                return late, by_key.get(missing, missing)
    return None


def _state(early: Span, missing: Span | str) -> str:
    if isinstance(missing, str):
        return f"although {missing!r} was never done"
    if missing.start_s > early.start_s:
        return f"before {missing.key!r} had even begun"
    if missing.outcome in ("failed", "dropped"):
        return f"although {missing.key!r} had {'failed' if missing.outcome == 'failed' else 'been given up'}"
    return f"while {missing.key!r} was still going on"


_STOP = "When one has failed, nobody must go on: `barrier.abort()` tells those who wait. Let each of them end."
_ALL = (
    "Between two phases everybody has to wait until the last one is there, each time anew: that is what a "
    "`threading.Barrier` does. How long the others take, nobody can know beforehand."
)


def _done_s(span: Span) -> float:
    return span.end_s if span.end_s is not None and span.outcome == "answered" else inf
