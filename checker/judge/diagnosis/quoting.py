"""An exception in the words of Python, without what only fills the line. Pure."""

from __future__ import annotations

import re

from checker.model.outcome import ErrorInfo


def quoted(error: ErrorInfo) -> str:
    """Type and message, without what only fills the line."""
    if error.type == "SystemExit":
        return f"SystemExit: something called sys.exit({error.message})"
    message = shortened(ADDRESS.sub(NAMED, _IN_FULL.sub("", error.message)))
    return f"{error.type}: {message}".rstrip(".: ")


def shortened(message: str) -> str:
    """At most some lines of it."""
    return message if len(message) <= MOST_SHOWN else f"{message[:MOST_SHOWN]}..."


MOST_SHOWN = 500
_IN_FULL = re.compile(r" <(?:Task|Future)\b.*?>(?= got | attached to )|(?<=await on itself): <Task\b.*")
"""A task or a future as asyncio shows it, with all that it waits for: half a screen, and no help."""
ADDRESS = re.compile(r"<(function|coroutine object|generator object) (?:\S*\.)?([\w<>]+) at 0x[0-9a-f]+>")
NAMED = r"the \1 \2"
