"""Lets an attempt's workers go through phases that take no time."""

import asyncio
import inspect
import sys
from collections import Counter

UNDISTURBED_S = 0.05
"""No thread has to give way to another one in less: who comes last goes on, and comes round before the others wake."""

TIMES = 3
"""Somebody else may be the first each time."""


def quick(attempt, workers, phases) -> dict[str, object]:
    """What run_phases returns, and by how many phases a worker that began one was ahead of the slowest, at the most."""
    site = Site(workers)
    return {"reports": called(attempt, workers, phases, site), "ahead": site.ahead}


def fail_at_once(attempt, workers, phases) -> list[str]:
    """How each call ends, one after another: with "done", or with the name of an exception.

    In each call but the last, whoever is the first to begin the second phase fails, and the others come on only then.
    """
    return [ended(attempt, workers, phases, Site(workers, failing)) for failing in [phases[1]] * TIMES + [None]]


def unreachable(attempt, workers, phases) -> dict[str, object]:
    """How run_phases ends when one of the workers cannot connect, and whose connections are open then."""
    site = Site(workers, unreachable=workers[1])
    return {"ended": ended(attempt, workers, phases, site), "open": sorted(site.open)}


def ended(attempt, workers, phases, site):
    try:
        called(attempt, workers, phases, site)
    except Exception as error:
        return type(error).__name__
    return "done"


def called(attempt, workers, phases, site):
    if inspect.iscoroutinefunction(attempt.run_phases):
        return asyncio.run(attempt.run_phases(workers, phases, site.connect_awaited))
    sys.setswitchinterval(UNDISTURBED_S)
    return attempt.run_phases(workers, phases, site.connect)


class Site:
    """Counts how many parts each worker has done. The first part of the phase `failing` fails, and `unreachable`'s
    connection."""

    def __init__(self, workers, failing=None, unreachable=None):
        self.done = Counter(dict.fromkeys(workers, 0))
        self.ahead = 0
        self.failing = failing
        self.unreachable = unreachable
        self.open = set()

    def connect(self, worker):
        return self.opened(Connection, worker)

    async def connect_awaited(self, worker):
        return self.opened(AwaitedConnection, worker)

    def opened(self, kind, worker):
        if worker == self.unreachable:
            raise ConnectionError("no line")
        self.open.add(worker)
        return kind(self, worker)

    def do(self, worker, phase):
        if phase == self.failing:
            self.failing = None
            raise ConnectionError("no power")
        self.ahead = max(self.ahead, self.done[worker] - min(self.done.values()))
        self.done[worker] += 1
        return f"{worker} {phase}"


class Connection:
    """Answers at once."""

    def __init__(self, site, worker):
        self.site, self.worker = site, worker

    def work(self, phase):
        return self.site.do(self.worker, phase)

    def close(self):
        self.site.open.discard(self.worker)


class AwaitedConnection(Connection):
    """The same, for tasks."""

    async def work(self, phase):
        return self.site.do(self.worker, phase)

    async def close(self):
        super().close()
