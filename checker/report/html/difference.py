"""An attempt compared with its stub. Pure."""

from __future__ import annotations

from difflib import unified_diff

from checker.report.html.markup import Html, tag, together
from checker.report.terminal import printable

KINDS = {"+": "ins", "-": "del"}
MAX_LINES = 2000
"""Nobody reads more, and a learner's file may be a megabyte long."""


def show(sync: str, attempt: str) -> Html:
    """The lines that were added and removed, folded; all lines if the stub is unknown."""
    lines = difference(sync, attempt)
    if not lines:
        return tag("p", "The attempt is the stub, unchanged.", class_="quiet")
    more = [f"\n... {len(lines) - MAX_LINES} more lines"] if len(lines) > MAX_LINES else []
    summary = tag("summary", "The attempt against sync.py" if sync else "The attempt")
    return tag("details", summary, tag("pre", *_marked(lines[:MAX_LINES]), *more, class_="diff"))


def difference(sync: str, attempt: str) -> list[str]:
    """The lines of a unified diff, without its two header lines."""
    return list(unified_diff(sync.splitlines(), attempt.splitlines(), lineterm=""))[2:]


def _marked(lines: list[str]) -> list[Html]:
    """Each line keeps its + or -, so that it can be read without colours."""
    return [together([_line(printable(line)), "\n"]) for line in lines]


def _line(line: str) -> Html:
    if line.startswith("@@"):
        return tag("span", line, class_="place")
    return tag(KINDS[line[0]], line) if line[:1] in KINDS else tag("span", line)
