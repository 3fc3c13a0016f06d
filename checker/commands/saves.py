"""Saves of a file, each once, whatever the editor does: writing in place, renaming, replacing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

from checker.progress.book import digest

LOOK_EVERY_MS = 500
"""The kernel tells of changes at once, but not of those that another machine makes in a network folder."""
QUIET_MS = 30
"""An editor's save is several changes: it is over when there was none for so long."""


async def saves(file: Path) -> AsyncIterator[str]:
    """The file's SHA-256 whenever it has another text than before. That it is away for a moment is no save.

    The folder is watched, since an editor may put a new file in the place of the old one. Ends never.
    """
    before = digest(file)
    changes = awatch(
        file.parent,
        recursive=False,
        step=QUIET_MS,
        rust_timeout=LOOK_EVERY_MS,
        yield_on_timeout=True,
        debounce=10 * QUIET_MS,
    )
    async for _ in changes:
        now = digest(file)
        if now is not None and now != before:
            before = now
            yield now
