"""Calls gather_reports with loads that are more than one call of the library, on an event loop."""

import asyncio
import inspect
from contextvars import ContextVar

USER = ContextVar("USER", default="nobody")
OVERSLEPT_S = 2.0
"""A loop that has not noticed by then that a report is there is woken."""


async def gather_reports_as(attempt, user, load_blocking, keys) -> object:
    """Gather reports for a user, whom the loads do not get as an argument but find in a context variable."""
    USER.set(user)
    return await _gather(attempt, lambda key: load_blocking(key, USER.get()), keys)


async def gather_long_reports(attempt, load_blocking, load_rest, keys) -> object:
    """Gather reports that are loaded in two steps, each of which blocks."""
    return await _gather(attempt, lambda key: load_blocking(key) + load_rest(key), keys)


async def gather_in_turn(attempt, keys) -> list[object]:
    """The reports of two calls, in one list: the same keys, and other reports."""
    reports = {key: f"{key}, old" for key in keys}

    def load(key):
        return reports[key]

    before = await _gather(attempt, load, list(keys))  # a list of its own, which it may empty
    reports |= {key: f"{key}, new" for key in keys}
    return [*before, *await _gather(attempt, load, keys)]


def gather_undisturbed(attempt, load_blocking, keys) -> tuple[object, bool, int]:
    """Gather reports on an event loop that nobody else wakes. Also told: whether it had to be woken, and how many
    timers were set meanwhile.

    This is a plain function, so that nobody asks the loop for its heartbeat: that would wake it, too.
    """
    woken, timers = [], []

    async def gather():
        loop = asyncio.get_running_loop()
        timer, call_at = loop.call_later(OVERSLEPT_S, woken.append, "by the timer"), loop.call_at

        def counted(*args, **named):
            timers.append(call_at(*args, **named))
            return timers[-1]

        loop.call_at = counted  # which sleep, wait_for and call_later call, too
        reports = await _gather(attempt, load_blocking, keys)
        loop.call_at = call_at
        timer.cancel()
        return reports

    return asyncio.run(gather()), bool(woken), len(timers)


async def _gather(attempt, load, keys):
    """What gather_reports gives back; a plain `def` does its work in the event loop's own thread."""
    reports = attempt.gather_reports(load, keys)
    return await reports if inspect.isawaitable(reports) else reports
