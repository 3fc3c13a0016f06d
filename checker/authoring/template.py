"""What instructors hand out: a template repository for learners, and an autograder for Gradescope."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from checker import __version__, catalog
from checker.catalog import SYNC
from checker.classroom import course_file
from checker.classroom.course import Course
from checker.model.exercise import Exercise

PACKAGE = f"concurrency-kata=={__version__}"
PYTHON = "3.12"
SETTINGS = {
    "devcontainer.json": ".devcontainer/devcontainer.json",
    "vscode/settings.json": ".vscode/settings.json",
    "vscode/extensions.json": ".vscode/extensions.json",
    "pyproject.toml": "pyproject.toml",
    "gitignore": ".gitignore",
}
"""Files of every learner's folder: name in the package, and target. (Some packagers drop hidden files.)"""
PLACES = SETTINGS | {"README.md": "README.md", "workflows/grade.yml": ".github/workflows/grade.yml"}
"""The same for the template repository."""
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "*.so", "*.c", "build", "mine.*", ".*", "*~", "attempt.?*")
"""Whatever is hidden or begins like an attempt may have what somebody tried: a backup, or `cython -a`'s annotations."""
CARRIED, COURSE_FILE = ".github", "course.toml"
WHEELS, COURSE = f"{CARRIED}/wheels", f"{CARRIED}/{COURSE_FILE}"
"""The wheel's folder and course.toml in a learner's repository."""
GRADESCOPE_SOURCE = "/autograder/source"
"""Where Gradescope unpacks the archive."""
BUILD_S = 300
SOURCES = ("checker", "docs", "exercises", "solutions", "pyproject.toml", "setup.py", "README.md", "LICENSE")


class TemplateError(Exception):
    """The template cannot be written; the message says why."""


def write(
    target: Path,
    exercises: list[Exercise],
    package: str = PACKAGE,
    wheel: Path | None = None,
    course: Mapping[str, bytes] | None = None,
) -> None:
    """Write a learner's repository: exercises without solutions, and the grading workflow. Raises TemplateError.

    `package`: what pip installs to grade, with a pinned version; `wheel`: copied into the repository, and installed
    instead.
    `course`: course.toml and the files that it needs (see `carried`); None: all these exercises count equally.
    """
    if target.exists() and any(target.iterdir()):
        raise TemplateError(f"{target} is not empty; name a new folder")
    if wheel is not None:
        (target / WHEELS).mkdir(parents=True)
        shutil.copy(wheel, target / WHEELS)
        package = f"./{WHEELS}/{wheel.name}"
    course = course or {COURSE_FILE: course_file.new(exercises).encode()}
    texts = {f"{CARRIED}/{name}": text for name, text in course.items()}
    for name, text in (texts | handed_out(exercises) | settings(PLACES, package)).items():
        put(target / name, text)


def carried(file: Path, course: Course, solutions: bool) -> dict[str, bytes]:
    """The files of a course by path: course.toml, and beside it the instructor's own exercises. Raises CourseError.

    `solutions`: also the solutions, and the course's rules for single people; without, the files are for learners.
    (Grading uses its own copy of the checks, so learners may change those in their repository.)
    """
    found = {COURSE_FILE: file.read_bytes() if solutions else course_file.for_learners(file)}
    for root in map(Path, course.own_exercises):
        where = root.relative_to(file.resolve().parent)
        exercises = catalog.load_all(root / catalog.EXERCISES)
        found |= {(where / name).as_posix(): text for name, text in handed_out(exercises).items()}
        for folder in (catalog.solution(each.folder) for each in exercises if solutions):
            named = {f"{catalog.SOLUTIONS}/{folder.name}/{each.name}": each for each in folder.glob("*.*")}
            found |= {(where / name).as_posix(): each.read_bytes() for name, each in named.items() if each.is_file()}
    return found


def handed_out(exercises: list[Exercise]) -> dict[str, bytes]:
    """The files of the exercises that learners get, by path: no solutions, and unchanged stubs as attempts."""
    found: dict[str, bytes] = {}
    for exercise in exercises:
        left_behind = LEFT_BEHIND(str(exercise.folder), [file.name for file in exercise.folder.iterdir()])
        for file in sorted(exercise.folder.iterdir()):
            is_attempt = file.name == exercise.attempt
            if file.is_file() and (is_attempt or file.name not in left_behind):
                source = exercise.folder / SYNC if is_attempt else file
                found[f"exercises/{exercise.folder.name}/{file.name}"] = source.read_bytes()
    return found


def settings(places: Mapping[str, str], package: str = PACKAGE) -> dict[str, bytes]:
    """Files of the template by path, with their placeholders filled in."""
    values = {"package": package, "python": PYTHON, "course": COURSE}
    return {place: _filled(f"template/{name}", **values).encode() for name, place in places.items()}


def put(file: Path, text: bytes) -> None:
    """Write a file, and create the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text)


def gradescope(
    target: Path, exercise: Exercise | None = None, package: str = PACKAGE, wheel: Path | None = None,
    course: Mapping[str, bytes] | None = None, isolation: str = "landlock",
) -> None:  # fmt: skip
    """Write an autograder archive. Raises OSError.

    `exercise`: the only one that is handed in, under any file name. `package`, `wheel`, `course`: as for `write`.
    `isolation`: the level that grading requires.
    """
    option = f"--exercise {exercise.number} " if exercise is not None else ""
    option += f"--course {GRADESCOPE_SOURCE}/{COURSE_FILE} " if course is not None else ""
    option += f"--require-isolation {isolation} "
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if wheel is not None:
            archive.write(wheel, wheel.name)
            package = f"{GRADESCOPE_SOURCE}/{wheel.name}"
        for name, text in (course or {}).items():
            archive.writestr(_member(name, 0o644), text)
        for name in ("setup.sh", "run_autograder"):
            script = _filled(f"gradescope/{name}", package=package, exercise=option)
            archive.writestr(_member(name, 0o755), script)


def _member(name: str, mode: int) -> zipfile.ZipInfo:
    """A file of an archive. Its mode is told, as by default only root may read what root unpacks."""
    member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = (stat.S_IFREG | mode) << 16
    return member


def checkout() -> Path | None:
    """The source folder, from which a wheel can be built; None: this is an installed copy."""
    root = catalog.HERE.parent
    return root if all((root / name).exists() for name in SOURCES) else None


def build_wheel(root: Path, folder: Path) -> Path:
    """Build a wheel of the source at `root` in `folder`. Raises TemplateError."""
    source = folder / "source"
    for name in SOURCES:
        path = root / name
        ignore = shutil.ignore_patterns("__pycache__", "*.so", "build", ".*")  # an editor's lock leads nowhere
        shutil.copytree(path, source / name, ignore=ignore) if path.is_dir() else shutil.copy(path, source)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    try:
        subprocess.run([*command, str(source)], check=True, timeout=BUILD_S, capture_output=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        stderr = getattr(error, "stderr", None) or b""
        last = stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or str(error)
        raise TemplateError(
            f"the wheel could not be built ({last}); say with --package what is to be installed"
        ) from error
    return next(folder.glob("*.whl"))


def _filled(name: str, **values: str) -> str:
    return Template(files("checker").joinpath("data", name).read_text("utf-8")).substitute(values)
