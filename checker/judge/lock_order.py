"""Locks that are taken in different orders: a circle in the lock-order graph. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model.outcome import LockStep

MAX_CIRCLE = 6
"""Longer circles are made of shorter ones in everything that a learner writes."""


def circle(steps: Sequence[LockStep]) -> tuple[LockStep, ...] | None:
    """Steps, each of which holds what the one before wants, that could all happen at once; None when there are none.

    They can if each is another thread's, and no two of them hold a lock in common that lets in one at a time
    (Bensalem and Havelund, "Dynamic Deadlock Analysis of Multi-Threaded Programs", 2005). The shortest is returned.
    """
    for length in range(2, MAX_CIRCLE + 1):
        for step in steps:
            found = next(_closing(steps, (step,), length), None)
            if found is not None:
                return found
    return None


def _closing(steps: Sequence[LockStep], path: tuple[LockStep, ...], length: int) -> Iterator[tuple[LockStep, ...]]:
    if len(path) == length:
        if path[-1].wanted == path[0].held:
            yield path
        return
    for step in steps:
        if step.held == path[-1].wanted and all(_possible_beside(step, other) for other in path):
            yield from _closing(steps, (*path, step), length)


def _possible_beside(step: LockStep, other: LockStep) -> bool:
    return step.thread != other.thread and not set(step.gates) & set(other.gates)
