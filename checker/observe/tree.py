"""What a platform tells about a process tree at one moment: who can read it, and in which shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from checker.observe.memory import Holding


class Times(NamedTuple):
    """Seconds on a CPU, and seconds runnable but waiting for one."""

    cpu_s: float
    wait_s: float


NO_TIME = Times(0.0, 0.0)
Tree = dict[int, tuple[float, dict[int, Times]]]
"""Process id -> (its CPU seconds so far, thread id -> times so far of each thread that is alive)."""


class TreeReader(Protocol):
    """A platform's way to look at a process tree."""

    accounted: bool
    """It tells how long threads waited for a core; without that, these times are 0."""

    def read(self) -> Tree:
        """The tree as it is now."""

    @property
    def part(self) -> Callable[[Holding], int] | None:
        """Tells what part of the memory is a process's; None: nothing does."""

    def holdings(self, pids: Iterable[int]) -> list[Holding]:
        """What each of these processes holds in memory."""

    def close(self) -> None:
        """Give back what is open."""
