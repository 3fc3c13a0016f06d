"""What piles up, what is left open, and whether anything went on at the same time: from recorded evidence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from checker.judge.diagnosis import backpressure, closing, side_by_side
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Span
from tests.evidence import run, span


def code(found: Diagnosis | None) -> Code | None:
    return found.code if found is not None else None


def made_and_taken(made_s: Sequence[float], taken_s: Sequence[float]) -> tuple[Span, ...]:
    """Things that were there, and things that were taken, at these seconds."""
    made = (span(at_s - 0.01, at_s, name="fetch") for at_s in made_s)
    return (*made, *(span(at_s, at_s + 0.01, name="use") for at_s in taken_s))


def test_what_lies_between_is_counted_at_its_highest() -> None:
    """What is taken makes room; what is taken at the very moment at which the next is there, too."""
    spans = made_and_taken([0.1, 0.2, 0.3, 0.5, 0.6], [0.4, 0.5, 0.9])
    assert backpressure.most_between(spans, "fetch", "use") == 3
    assert backpressure.most_between((), "fetch", "use") == 0


def test_what_was_never_made_does_not_lie_there() -> None:
    """An operation that failed, was dropped or is still open brought nothing."""
    spans = [span(0.0, end_s, name="fetch", outcome=how) for end_s, how in ((0.1, "failed"), (0.2, "dropped"))]
    assert backpressure.most_between([*spans, span(0.0, None, name="fetch")], "fetch", "use") == 0


@pytest.mark.parametrize(
    ("taken_s", "at_most", "expected"),
    [
        ([0.35, 0.45], 3, None),
        ([0.35, 0.45], 2, Code.OVER_LIMIT),
        ([0.9, 1.0], 4, Code.UNBOUNDED),
        ([0.47], 3, Code.OVER_LIMIT),
        ([0.495], 3, Code.UNBOUNDED),
    ],
    ids=["within", "one too many", "everything", "the last when one was taken", "the last was on its way"],
)
def test_a_limit_and_none_at_all(taken_s: list[float], at_most: int, expected: Code | None) -> None:
    """Too much is one mistake, everything at once another."""
    spans = made_and_taken([0.1, 0.2, 0.3, 0.4, 0.5], taken_s)
    assert code(backpressure.piled_up(run(spans=spans), "fetch", "use", at_most)) is expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([span(0.1, 0.2, name="hang up")], None),
        ([], Code.LEAK_SESSION),
        ([span(0.1, 0.2, name="hang up", outcome="dropped")], Code.LOST),
        ([span(0.9, 1.2, name="hang up")], Code.LEAK_TASK),
        ([span(0.9, None, name="hang up")], Code.LEAK_TASK),
    ],
    ids=["closed", "left open", "cut short", "too late", "still at it"],
)
def test_what_is_left_open(spans: list[Span], expected: Code | None) -> None:
    """Closed, to the end, before the return."""
    assert code(closing.left_open(run(1.0, spans=tuple(spans)), "hang up", "the source")) is expected


def test_what_is_never_forgotten() -> None:
    """What grows with every key is a mistake, however small."""
    assert closing.remembered(run(), 0, "key") is None
    assert code(closing.remembered(run(), 2, "key")) is Code.UNBOUNDED


def test_never_two_at_a_time() -> None:
    """One operation alone says nothing; of two, one must begin before the other ends."""
    first, second, third = span(0.0, 0.1), span(0.1, 0.2), span(0.15, 0.25)
    assert code(side_by_side.never(run(spans=(first, second)))) is Code.SERIAL
    assert side_by_side.never(run(spans=(first,))) is None
    assert side_by_side.never(run(spans=(first, second, third))) is None
    assert side_by_side.hold_up_s(run(spans=(first, second))) == pytest.approx(0.05 / 2)


def test_what_goes_on_beside_is_another_thing() -> None:
    """Operations of another name, such as the passing of time, do not make two of one."""
    spans = (span(0.0, 0.1, name="load"), span(0.1, 0.2, name="load"), span(0.0, 0.2, name="moment"))
    assert side_by_side.never(run(spans=spans)) is None
    assert code(side_by_side.never(run(spans=spans), "load")) is Code.SERIAL
    assert side_by_side.hold_up_s(run(spans=spans), "load") == pytest.approx(0.05 / 2)
