"""Lines on the terminal that there is: as wide as it is, with its colours, with its characters."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

from checker.report.terminal import StyledLine

PLAIN = str.maketrans("█▒▞▁░·┃▕▏✓✗…", "#%/_-.|[]+x~")
"""What stands for a character that the terminal cannot show."""
COLOURS = ("red", "green", "yellow", "cyan")
LEAST_COLUMNS = 20


def width() -> int:
    """Columns of the terminal, or 80."""
    return max(LEAST_COLUMNS, shutil.get_terminal_size((80, 24)).columns)


def height() -> int:
    """Lines of the terminal, or 24."""
    return shutil.get_terminal_size((80, 24)).lines


def show(lines: Iterable[StyledLine], wrap: bool = True) -> None:
    """Print them; long ones are folded, if `wrap`."""
    for text in rendered(fold(lines) if wrap else lines, cut=False):
        click.echo(text)


def rendered(lines: Iterable[StyledLine], cut: bool = True) -> list[str]:
    """As this terminal shows them; without colours in a pipe, or when NO_COLOR is set. `cut`: none is too long."""
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    found = []
    for line in lines:
        text = line.text if can_draw() else line.text.translate(PLAIN)
        text = text[: width()] if cut else text
        found.append(_styled(text, line.markup) if coloured else text)
    return found


def fold(lines: Iterable[StyledLine]) -> list[StyledLine]:
    """Long lines as several."""
    return [StyledLine(part, line.markup) for line in lines for part in folded(line.text, width())]


def can_draw() -> bool:
    """Whether the terminal's encoding has the characters of the pictures."""
    try:
        "█▞┃✓".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def folded(text: str, columns: int) -> list[str]:
    """A long line of words as several, under each other; what begins with more than spaces stays as it is."""
    if len(text) <= columns:
        return [text]
    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(text, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _styled(text: str, markup: dict[str, bool]) -> str:
    colour = next((each for each in COLOURS if markup.get(each)), None)
    return click.style(text, fg=colour, bold=markup.get("bold"))
