"""The learner's own gradebook, `.checker/progress.db`: every attempt that was run, and its results.

pytest and the companion write it, possibly at the same time. If it cannot be read or written, they say so in one line
and go on: it never prevents a run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from checker import catalog
from checker.catalog import EXERCISES, SYNC
from checker.gradebook.gradebook import Gradebook, Moment
from checker.gradebook.gradebook_file import GradebookError, decoded
from checker.model.exercise import Exercise
from checker.progress.rules import Outcome, Standing, Try, standing

FOLDER, FILE = ".checker", "progress.db"
IGNORED = "*\n"
"""The text of `.checker/.gitignore`: progress is not shared."""
KEPT = "mine."
"""Prefix of the earlier attempts that `checker reset` keeps beside the stub."""


class ProgressBook(Gradebook):
    """The gradebook of one learner. Keys are `NN <hash of the checks> <hash of the attempt>`."""

    patience_s = 3.0
    """Time to wait for another run, which writes for some milliseconds. A learner should not wait longer."""

    def keep(self, texts: Iterable[bytes]) -> None:
        """Store attempts before they are run, so that no outcome of the run loses them. Raises GradebookError."""
        with self.writing():
            rows = [(sha256(text).hexdigest(), text) for text in texts]
            self._database.executemany("INSERT OR IGNORE INTO attempt VALUES (?, ?)", rows)

    def tries(self) -> dict[str, list[Try]]:
        """All runs by the exercise's number, the oldest first. Raises GradebookError."""
        query = "SELECT key, graded_at, record FROM result WHERE key GLOB '[0-9][0-9] *' ORDER BY id"
        found: dict[str, list[Try]] = defaultdict(list)
        for key, at, record in self.rows(tuple[str, Moment, bytes], query):
            found[key[:2]].append(Try(at=at, key=key, outcome=decoded(record, Outcome)))
        return found

    def hints(self, number: str) -> int:
        """How many hints for this exercise were shown."""
        shown = self.settings().get(f"hints {number}", "")
        return int(shown) if shown.isdecimal() else 0


def root_of(exercise_folder: Path) -> Path:
    """The learner's folder: the parent of `exercises/`; without that, the parent of the exercise's folder."""
    parent = exercise_folder.resolve().parent
    return parent.parent if parent.name == EXERCISES else parent


def file_in(root: Path) -> Path:
    """The file with the progress of this learner's folder."""
    return root / FOLDER / FILE


def to_write(root: Path) -> ProgressBook:
    """Open it, and create it if it does not exist. Raises GradebookError."""
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text(IGNORED)
    except OSError as error:
        raise GradebookError(f"{folder} cannot be written: {error.strerror}") from error
    return ProgressBook(file_in(root))


def to_read(root: Path) -> ProgressBook:
    """Open it for reading; an empty one if it does not exist. Raises GradebookError."""
    return ProgressBook(file_in(root), only_read=True) if file_in(root).exists() else ProgressBook()


def key(exercise: Exercise, digest: str | None) -> str:
    """The key of a result, from what the result depends on: the exercise's own files, and the attempt's SHA-256."""
    files = catalog.own_files(exercise.folder)
    checks = [file for file in files if file.name != exercise.attempt and not file.name.startswith(KEPT)]
    own = b"".join(sha256(file.read_bytes()).digest() for file in checks)
    return f"{exercise.number} {sha256(own).hexdigest()[:16]} {digest or 'none'}"


def standings(exercises: Iterable[Exercise], tries: dict[str, list[Try]]) -> list[Standing]:
    """The learner's standing in each exercise."""
    return [
        standing(
            each.number, tries.get(each.number, []), digest(each.folder / each.attempt), digest(each.folder / SYNC)
        )
        for each in exercises
    ]


def digest(file: Path) -> str | None:
    """SHA-256 of a file; None: it cannot be read."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
