"""Attempts that need a newer Python than some that the project supports: `# needs 3.13` among their first lines."""

from __future__ import annotations

import re
import sys
from pathlib import Path

NEEDS = re.compile(r"# needs (\d+)\.(\d+)")
HEAD_LINES = 3


def needed(path: Path) -> tuple[int, int]:
    """The oldest Python that can run an attempt as it is meant; (0, 0) where that is any."""
    found = [match for line in path.read_text().splitlines()[:HEAD_LINES] if (match := NEEDS.fullmatch(line))]
    return (int(found[0][1]), int(found[0][2])) if found else (0, 0)


def runs_here(path: Path) -> bool:
    """This interpreter is new enough for an attempt."""
    return needed(path) <= sys.version_info[:2]


def why_not(path: Path) -> str:
    """Why an attempt is left out here: for whoever reads the list of skipped tests."""
    return "needs Python {}.{}".format(*needed(path))
