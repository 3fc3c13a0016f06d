"""Watch the saves of a file, each once, whether the editor writes in place, renames or replaces it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

from checker.progress.book import digest

LOOK_EVERY_MS = 500
"""How often to look at the file: the kernel reports no changes by other machines in a network folder."""
QUIET_MS = 30
"""An editor's save makes several changes: it is over when there was none for this time."""


async def saves(file: Path) -> AsyncIterator[str]:
    """Yield the file's SHA-256 whenever its content has changed. A file that is gone for a moment is no save.

    The folder is watched, since an editor may replace the file by a new one. Never ends.
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
