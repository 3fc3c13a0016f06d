"""An attempt beside the stub that it began as. Pure."""

from __future__ import annotations

from difflib import unified_diff

from checker.report.html.markup import Html, tag, together
from checker.report.terminal import printable

KINDS = {"+": "ins", "-": "del"}
MAX_LINES = 2000
"""More than this nobody reads; a learner's file may have a megabyte."""


def show(sync: str, attempt: str) -> Html:
    """The lines that were added and taken away, folded; all of them when the stub is not known."""
    lines = difference(sync, attempt)
    if not lines:
        return tag("p", "The attempt is the stub, unchanged.", class_="quiet")
    more = [f"\n... {len(lines) - MAX_LINES} more lines"] if len(lines) > MAX_LINES else []
    summary = tag("summary", "The attempt against sync.py" if sync else "The attempt")
    return tag("details", summary, tag("pre", *_marked(lines[:MAX_LINES]), *more, class_="diff"))


def difference(sync: str, attempt: str) -> list[str]:
    """The lines of a unified diff, without its two head lines."""
    return list(unified_diff(sync.splitlines(), attempt.splitlines(), lineterm=""))[2:]


def _marked(lines: list[str]) -> list[Html]:
    """Each line with its + or -, which says without colour what the element says to machines."""
    return [together([_line(printable(line)), "\n"]) for line in lines]


def _line(line: str) -> Html:
    if line.startswith("@@"):
        return tag("span", line, class_="place")
    return tag(KINDS[line[0]], line) if line[:1] in KINDS else tag("span", line)
