"""What an attempt is given: a connection, a bank, a step."""

from __future__ import annotations

from typing import Any


class Handle:
    """An object like those of a library: equal to itself only, so that it can be a key; for weak references, too."""

    def __init__(self, **fields: Any) -> None:
        vars(self).update(fields)
