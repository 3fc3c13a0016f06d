"""The list of exercises, and how far a learner is with each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from rich.table import Table
from rich.text import Text

from checker import catalog
from checker.catalog import SYNC
from checker.model.answer import Verdict
from checker.model.exercise import Exercise
from checker.session.session import CACHE_KEY

CACHE = Path(".pytest_cache/v")
STYLES = {"untouched": "dim", "in progress": "yellow", "passed": "green", "missing": "red"}


def read(root: Path) -> tuple[list[Exercise], list[str]]:
    """The exercises below `root`, and why others cannot be read: half-made ones are in nobody's way."""
    known, broken = [], []
    for folder in catalog.folders(root):
        try:
            known.append(catalog.load(folder))
        except catalog.CatalogError as error:
            broken.append(str(error))
    return known, broken


def statuses(root: Path) -> dict[str, str]:
    """For each exercise number below `root`: untouched, in progress, passed (as it is now), or missing."""
    last = _last_results(root.resolve().parent / CACHE / CACHE_KEY)
    return {
        folder.name[:2]: _status(folder, last.get(folder.name[:2], {})) for folder in root.iterdir() if folder.is_dir()
    }


def _status(folder: Path, last: Mapping[str, str | None]) -> str:
    try:
        attempt, sync = (folder / catalog.attempt_name(folder)).read_bytes(), (folder / SYNC).read_bytes()
    except OSError:
        return "missing"
    if attempt == sync:
        return "untouched"
    passed = last.get("verdict") == Verdict.PASSED and last.get("sha256") == sha256(attempt).hexdigest()
    return "passed" if passed else "in progress"


def _last_results(file: Path) -> dict[str, dict[str, str | None]]:
    """What pytest's cache remembers of the last runs; nothing when it is not there or not ours."""
    try:
        found = json.loads(file.read_text())
        return {number: dict(result) for number, result in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def render(exercises: Sequence[Exercise], status: Mapping[str, str]) -> Table:
    """One row per exercise, in order."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "exercise", "level", "minutes", "bound by", "goal", "your attempt"):
        table.add_column(heading, justify="right" if heading in ("level", "minutes", "goal") else "left")
    for exercise in exercises:
        state = status.get(exercise.number, "missing")
        table.add_row(
            exercise.number, exercise.title, str(exercise.level), str(exercise.minutes), exercise.bound_by,
            f"{exercise.goal:g}x of {exercise.limit:g}x", Text(state, style=STYLES[state]),
        )  # fmt: skip
    return table
