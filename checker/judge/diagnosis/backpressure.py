"""Backpressure: how much piles up between a producer and a consumer. Pure functions of spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from checker.judge import overlap
from checker.judge.diagnosis.sentence import be, count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run, Span


def most_between(spans: Iterable[Span], made: str, taken: str) -> int:
    """The most items that lay in between at any moment.

    An item is there when an operation `made` has been answered, and gone when an operation `taken` begins.
    """
    moments = []
    for span in spans:
        if span.name == made and span.outcome == "answered" and span.end_s is not None:
            moments.append((span.end_s, 1))
        elif span.name == taken:
            moments.append((span.start_s, -1))
    return overlap.highest(moments)


def piled_up(run: Run, made: str, taken: str, at_most: int, hint: str | None = None) -> Diagnosis | None:
    """More was made than was wanted yet: the producer was not held back, or too late."""
    most = most_between(run.spans, made, taken)
    if most <= at_most:
        return None
    everything = sum(span.name == made and span.outcome == "answered" for span in run.spans)
    counted_wrongly = most == at_most + 1 and _held_back(run.spans, made, taken)
    if most >= everything - 1 and not counted_wrongly:  # a quick consumer takes one before the last is there
        sentence = f"At one moment {most} of {everything} items had come in and not gone out: nothing holds {made} back"
        return diagnosis(Code.UNBOUNDED, sentence)
    sentence = (
        f"At one moment {count(most, 'item')} had come in and not gone out, where {at_most} {be(at_most)} allowed"
    )
    return diagnosis(Code.OVER_LIMIT, sentence, hint=hint or _HANDS)


def _held_back(spans: Sequence[Span], made: str, taken: str) -> bool:
    """Whether the last item was begun only after one had been taken."""
    first_taken_s = min((span.start_s for span in spans if span.name == taken), default=inf)
    return max((span.start_s for span in spans if span.name == made), default=0.0) >= first_taken_s


_HANDS = (
    "A queue's maxsize counts what lies in the queue. Count also what somebody holds who waits to put it in, and what "
    "has been taken out and is not handed on."
)
