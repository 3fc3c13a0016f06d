"""Phases that all go through together: nobody begins one before everybody has left the one before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

import msgspec

from checker.judge.diagnosis.hints import diagnosis
from checker.model.answer import Code, Diagnosis
from checker.model.evidence import Run, Span


def apart(run: Run, phases: Sequence[Sequence[str]]) -> tuple[Diagnosis, Run] | None:
    """The first operation of a phase that began too early, and the run with it marked.

    phases: the keys of the operations of each phase, in order. A phase of which an operation failed never ends.
    """
    by_key = {span.key: span for span in run.spans}
    for before, after in pairwise(phases):
        for late in sorted((by_key[key] for key in after if key in by_key), key=lambda span: span.start_s):
            missing = next((key for key in before if key not in by_key or _done_s(by_key[key]) > late.start_s), None)
            if missing is not None:
                return _too_early(run, late, by_key.get(missing, missing))
    return None


def _too_early(run: Run, early: Span, missing: Span | str) -> tuple[Diagnosis, Run]:
    sentence = f"{early.name} {early.key!r} began {_state(early, missing)}"
    hint = _STOP if isinstance(missing, Span) and missing.outcome == "failed" else _ALL
    marked = tuple(msgspec.structs.replace(span, mark="too early") if span is early else span for span in run.spans)
    return diagnosis(Code.ORDER, sentence, early.line, hint), msgspec.structs.replace(run, spans=marked)


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
