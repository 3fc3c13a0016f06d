"""Attempts that need a newer Python than some that the project supports: `# needs 3.13` among their first lines."""

from __future__ import annotations

import sys
from pathlib import Path

from checker.authoring.attempts import needed


def runs_here(path: Path) -> bool:
    """This interpreter is new enough for an attempt."""
    return needed(path) <= sys.version_info[:2]


def why_not(path: Path) -> str:
    """Why an attempt is left out here: for whoever reads the list of skipped tests."""
    return "needs Python {}.{}".format(*needed(path))
