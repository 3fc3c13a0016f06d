"""What isolation prevents on this machine, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from checker.process.barriers import Barrier


def render(barriers: Sequence[Barrier]) -> Table:
    """One row for each thing that an attempt must not be able to do."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("an attempt cannot", "because of", "from level"):
        table.add_column(heading)
    for barrier in barriers:
        level = str(barrier.from_level) if barrier.from_level is not None else "it can, here"
        style = "" if barrier.from_level is not None else "red"
        table.add_row(barrier.what, barrier.by, Text(level, style=style))
    return table
