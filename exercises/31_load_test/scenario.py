"""Runs an attempt's load test, and says what it returned as plain data."""

import asyncio
import inspect

FIGURES = ("rps", "p50_ms", "p99_ms")


async def load_figures(attempt, *arguments):
    """What it measured: {"rps": ..., "p50_ms": ..., "p99_ms": ...}."""
    stats = await _load(attempt, *arguments)
    return {name: float(getattr(stats, name)) for name in FIGURES}


async def load_all(attempt, *arguments):
    """What it measured, and what it counted."""
    stats = await _load(attempt, *arguments)
    return {name: float(getattr(stats, name)) for name in FIGURES} | _counted(stats)


async def load_again(attempt, *arguments):
    """The same of the second of two load tests."""
    await _load(attempt, *arguments)
    return await load_all(attempt, *arguments)


async def load_failures(attempt, *arguments):
    """What it counted: {"errors": ..., "timeouts": ...}."""
    return _counted(await _load(attempt, *arguments))


def _counted(stats):
    return {"errors": stats.errors, "timeouts": stats.timeouts}


async def _load(attempt, *arguments):
    """A plain `def` gets a thread in which it may block."""
    if inspect.iscoroutinefunction(attempt.load):
        return await attempt.load(*arguments)
    return await asyncio.to_thread(attempt.load, *arguments)
