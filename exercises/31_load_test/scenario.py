"""Runs an attempt's load test, and says what it returned as plain data."""

from checker.attempt.awaited import called

FIGURES = ("rps", "p50_ms", "p99_ms")


async def load_figures(attempt, *arguments):
    """What it measured: {"rps": ..., "p50_ms": ..., "p99_ms": ...}."""
    stats = await called(attempt.load, *arguments)
    return {name: float(getattr(stats, name)) for name in FIGURES}


async def load_all(attempt, *arguments):
    """What it measured, and what it counted."""
    stats = await called(attempt.load, *arguments)
    return {name: float(getattr(stats, name)) for name in FIGURES} | _counted(stats)


async def load_again(attempt, *arguments):
    """The same of the second of two load tests."""
    await called(attempt.load, *arguments)
    return await load_all(attempt, *arguments)


async def load_failures(attempt, *arguments):
    """What it counted: {"errors": ..., "timeouts": ...}."""
    return _counted(await called(attempt.load, *arguments))


def _counted(stats):
    return {"errors": stats.errors, "timeouts": stats.timeouts}
