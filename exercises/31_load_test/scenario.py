"""Runs an attempt's load test, and says what it returned as plain data."""

from typing import TypedDict

from checker.attempt.awaited import called

FIGURES = ("rps", "p50_ms", "p99_ms")


class Told(TypedDict):
    """As in the attempt's own Stats."""

    rps: float
    p50_ms: float
    p99_ms: float
    errors: object
    timeouts: object


async def load_figures(attempt, *arguments) -> dict[str, float]:
    """What it measured: {"rps": ..., "p50_ms": ..., "p99_ms": ...}."""
    stats = await called(attempt.load, *arguments)
    return {name: float(getattr(stats, name)) for name in FIGURES}


async def load_all(attempt, *arguments) -> Told:
    """What it measured, and what it counted."""
    stats = await called(attempt.load, *arguments)
    return {name: float(getattr(stats, name)) for name in FIGURES} | _counted(stats)


async def load_again(attempt, *arguments) -> Told:
    """The same of the second of two load tests."""
    await called(attempt.load, *arguments)
    return await load_all(attempt, *arguments)


async def load_failures(attempt, *arguments) -> dict[str, object]:
    """What it counted: {"errors": ..., "timeouts": ...}."""
    return _counted(await called(attempt.load, *arguments))


def _counted(stats):
    return {"errors": stats.errors, "timeouts": stats.timeouts}
