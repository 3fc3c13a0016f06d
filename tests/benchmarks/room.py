"""A class, a gradebook and a temporary folder of their own for runs of `checker grade`, and what these leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

import psutil

from checker.gradebook.gradebook import Gradebook, GradebookError
from checker.model.answer import AttemptResult, Verdict

END_S = 20.0
"""By then, what an ended run had started has ended."""
SHARED = Path("/dev/shm")
KERNEL_LISTS = ("/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg", "/proc/keys")
Mark = tuple[str, float, str]
"""Verdict, score, code."""


def letters(number: int) -> str:
    """A name without digits, which could be an exercise's number."""
    return "".join(chr(ord("a") + number // power % 26) for power in (676, 26, 1))


class Room:
    """In a folder that is new and empty."""

    def __init__(self, place: Path, files: Mapping[str, bytes]) -> None:
        self._folder, self.book, self._temporary = place / "class", place / "class.db", place / "tmp"
        self._marker = f"/kata-room-{place.name}"
        self._shared, self._kernel = _shared(), _kernel()
        self._folder.mkdir()
        self._temporary.mkdir()
        for name, text in files.items():
            (self._folder / name).write_bytes(text)

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        """`checker grade`; whatever it starts has the marker in its PATH."""
        environment = os.environ | {"PATH": f"{os.environ['PATH']}:{self._marker}", "TMPDIR": str(self._temporary)}
        command = [sys.executable, "-m", "checker", "grade", str(self._folder), "--gradebook", str(self.book), *options]
        return subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def marks(self) -> dict[str, list[Mark]]:
        """All that each attempt ever got, the last one last."""
        return {name: [mark(got) for got in history] for name, history in self.results().items()}

    def results(self) -> dict[str, list[AttemptResult]]:
        """The same, with all checks."""
        with Gradebook(self.book) as book:
            return {
                f"{name} {exercise}": [got for _, got in book.history(key)]
                for name, exercise, key in book.read_handins()
            }

    def judged(self) -> set[str]:
        """What has a result, now; nothing, as long as there is no gradebook."""
        with suppress(GradebookError), Gradebook(self.book) as book:
            known = book.verdicts()
            return {f"{name} {exercise}" for name, exercise, key in book.read_handins() if key in known}
        return set()

    def living(self) -> list[psutil.Process]:
        """What was started here and lives."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if self._marker in process.environ().get("PATH", "") and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def left(self) -> list[str]:
        """Processes that were started here, and temporary files, with a few that are in them."""
        deadline_s = time.monotonic() + END_S
        while (living := self.living()) and time.monotonic() < deadline_s:
            time.sleep(0.2)
        return [*map(str, living), *map(_with_some_below, self._temporary.iterdir())]

    def kept(self) -> list[str]:
        """Shared memory, System V objects and keys that were not there before, on a machine where others make none."""
        return [*sorted(_shared() - self._shared), *sorted(_kernel() - self._kernel)]


def _with_some_below(path: Path) -> str:
    below = sorted(str(each.relative_to(path)) for each in islice(path.rglob("*"), 5))
    return f"{path.name} {below}"


def mark(result: AttemptResult) -> Mark:
    """What of a result is a mark."""
    return _verdict(result), result.score, str(result.diagnosis.code) if result.diagnosis else ""


def _verdict(result: AttemptResult) -> str:
    """Of one that failed, but has a check that nobody could judge, points may be missing: that is an open one."""
    checks = {check.verdict for check in result.checks}
    return next((str(worst) for worst in (Verdict.ERROR, Verdict.INCONCLUSIVE) if worst in checks), str(result.verdict))


def _shared() -> set[str]:
    return {path.name for path in SHARED.iterdir()} if SHARED.is_dir() else set()


def _kernel() -> set[str]:
    """What the kernel lists as kept: the numbers that name it."""
    found = set()
    for name in KERNEL_LISTS:
        with suppress(OSError):
            found |= {f"{name} {' '.join(line.split()[:2])}" for line in Path(name).read_text().splitlines()}
    return found
