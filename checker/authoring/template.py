"""What instructors hand out: a repository for learners, and an autograder for Gradescope."""

from __future__ import annotations

import shutil
import stat
import zipfile
from importlib.resources import files
from pathlib import Path
from string import Template

from checker import __version__
from checker.model.exercise import Exercise
from checker.session.session import SYNC

PACKAGE = f"concurrency-kata=={__version__}"
PYTHON = "3.12"
PLACES = {
    "README.md": "README.md",
    "workflows/grade.yml": ".github/workflows/grade.yml",
    "devcontainer.json": ".devcontainer/devcontainer.json",
    "pyproject.toml": "pyproject.toml",
    "gitignore": ".gitignore",
}
"""Where each file of the template goes; names that begin with a dot are lost in some packages."""


class TemplateError(Exception):
    """The template cannot be written; the message says why."""


def write(target: Path, exercises: list[Exercise], package: str = PACKAGE) -> None:
    """A learner's repository: exercises without solutions, and the workflow that grades. Raises TemplateError.

    `package`: what pip installs to grade, at a pinned version.
    """
    if target.exists() and any(target.iterdir()):
        raise TemplateError(f"{target} is not empty; name a new folder")
    for exercise in exercises:
        copied = target / "exercises" / exercise.folder.name
        shutil.copytree(exercise.folder, copied, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.c", "build"))
        shutil.copyfile(exercise.folder / SYNC, copied / exercise.attempt)
    for name, place in PLACES.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        (target / place).write_text(_filled(f"template/{name}", package=package, python=PYTHON), encoding="utf-8")


def gradescope(target: Path, exercise: Exercise | None = None, package: str = PACKAGE) -> None:
    """An autograder archive; `exercise`: the only one that is handed in, under any file name. Raises OSError."""
    option = f"--exercise {exercise.number} " if exercise is not None else ""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("setup.sh", "run_autograder"):
            member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            member.external_attr = (stat.S_IFREG | 0o755) << 16
            archive.writestr(member, _filled(f"gradescope/{name}", package=package, exercise=option))


def _filled(name: str, **values: str) -> str:
    return Template(files("checker").joinpath("data", name).read_text("utf-8")).substitute(values)
