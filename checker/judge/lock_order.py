"""Locks that are taken in different orders: a circle in the lock-order graph. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from checker.model.outcome import LockStep

MAX_CIRCLE = 6
"""Longer circles are made of shorter ones in everything that a learner writes."""
MAX_LOOKS = 30_000
"""Most steps that are looked at in the search for circles of more than two: to find one whose threads all differ is
hard (968 forged steps took minutes). A learner's take a few hundred; a circle not found by then is not reported."""

Next = dict[int, list[tuple[int, LockStep]]]
"""A lock -> the steps that hold it, with their positions among all steps."""


def circle(steps: Sequence[LockStep]) -> tuple[LockStep, ...] | None:
    """Steps, each of which holds what the one before wants, that could all happen at once; None when there are none.

    They can if each is another thread's, and no two of them hold a lock in common that lets in one at a time
    (Bensalem and Havelund, "Dynamic Deadlock Analysis of Multi-Threaded Programs", 2005). The shortest is returned.
    """
    on_circles = _on_circles(steps)
    following: Next = defaultdict(list)
    for place, step in enumerate(on_circles):
        following[step.held].append((place, step))
    looks = count()
    for length in range(2, MAX_CIRCLE + 1):
        for place, step in enumerate(on_circles):
            path = _Path((step,), frozenset({step.thread}), frozenset(step.gates))
            found = next(_closing(following, path, place, length, looks), None)
            if found is not None:
                return found
    return None


def _on_circles(steps: Sequence[LockStep]) -> list[LockStep]:
    """The steps that may be part of a circle: there is a step before and a step after them."""
    held, wanted = Counter(step.held for step in steps), Counter(step.wanted for step in steps)
    of: dict[int, list[LockStep]] = defaultdict(list)
    for step in steps:
        of[step.held].append(step)
        of[step.wanted].append(step)
    removed: set[int] = set()
    ends = [lock for lock in of if not (held[lock] and wanted[lock])]
    for end in ends:  # grows while it is walked
        for step in of[end]:
            if id(step) not in removed:
                removed.add(id(step))
                held[step.held] -= 1
                wanted[step.wanted] -= 1
                ends += [lock for lock in (step.held, step.wanted) if not (held[lock] and wanted[lock])]
    return [step for step in steps if id(step) not in removed]


class _Path(NamedTuple):
    """Some steps of what may become a circle, the threads that take them, and the gates that keep others out."""

    steps: tuple[LockStep, ...]
    threads: frozenset[int]
    gates: frozenset[int]

    def then(self, step: LockStep) -> _Path:
        return _Path((*self.steps, step), self.threads | {step.thread}, self.gates.union(step.gates))


def _closing(
    following: Next, path: _Path, first: int, length: int, looks: Iterator[int]
) -> Iterator[tuple[LockStep, ...]]:
    """Circles of this length that begin with this path. `first`: the position of its first step, the lowest of all."""
    last = len(path.steps) + 1 == length
    for place, step in following.get(path.steps[-1].wanted, ()):
        if length > 2 and next(looks) > MAX_LOOKS:
            return
        if place <= first or step.thread in path.threads or not path.gates.isdisjoint(step.gates):
            continue
        if not last:
            yield from _closing(following, path.then(step), first, length, looks)
        elif step.wanted == path.steps[0].held:
            yield (*path.steps, step)
