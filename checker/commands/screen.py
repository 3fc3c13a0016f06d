"""Print lines fitted to the terminal's width, colours and character set."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable

import click
from rich.cells import cell_len, set_cell_size

from checker.report import terminal
from checker.report.terminal import StyledLine

COLOURS = ("red", "green", "yellow", "cyan")


def width() -> int:
    """Columns of the terminal, or 80."""
    return max(terminal.LEAST_COLUMNS, shutil.get_terminal_size((80, 24)).columns)


def height() -> int:
    """Lines of the terminal, or 24."""
    return shutil.get_terminal_size((80, 24)).lines


def show(lines: Iterable[StyledLine], wrap: bool = True) -> None:
    """Print lines; `wrap`: break long ones."""
    for line in terminal.fitted(lines, width() if wrap else None, _encoding()):
        click.echo(_styled(line.text, line.markup))


def rendered(lines: Iterable[StyledLine]) -> list[str]:
    """The lines for this terminal, with long ones cut off. Tabs and some characters are wider than one column."""
    shown, columns = terminal.fitted(lines, None, _encoding()), width()
    return [_styled(_cut(line.text.expandtabs(), columns), line.markup) for line in shown]


def _cut(text: str, columns: int) -> str:
    return set_cell_size(text, columns) if cell_len(text) > columns else text


def fold(lines: Iterable[StyledLine]) -> list[StyledLine]:
    """The lines with long ones broken."""
    return list(terminal.fitted(lines, width(), _encoding()))


def _encoding() -> str:
    return sys.stdout.encoding or "ascii"


def _styled(text: str, markup: dict[str, bool]) -> str:
    """The text with its colours; without, in a pipe or if NO_COLOR is set."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    colour = next((each for each in COLOURS if markup.get(each)), None)
    return click.style(text, fg=colour, bold=markup.get("bold"))
