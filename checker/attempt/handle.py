"""What an attempt is given: a connection, a bank, a step."""

from __future__ import annotations

from typing import Any


class Handle:
    """An object with these attributes. Like most objects of a library it is equal only to itself, hashable, and can be
    referenced weakly."""

    def __init__(self, **fields: Any) -> None:
        vars(self).update(fields)
