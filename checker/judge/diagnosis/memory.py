"""Results that stay in the memory of another process. Pure."""

from __future__ import annotations

from checker.model.evidence import Run

_OWN_MEMORY = (
    "Each process has memory of its own: what one writes into a list, a dict, a global variable or an argument, no "
    "other sees, neither the caller nor a worker that has started already. Hand a worker what it needs (or share it), "
    "let it return what it found, as the workers of a pool do, and put the parts together."
)


def not_shared(run: Run) -> str | None:
    """A hint, if nothing is found of what processes that the attempt made itself have written."""
    return _OWN_MEMORY if len(run.cpu.processes) > 1 and "Process(" in run.source else None


def not_brought_back(run: Run) -> str | None:
    """The same for processes of any kind that computed and asked the world for nothing."""
    return _OWN_MEMORY if len(run.cpu.processes) > 1 and not run.spans else None
