"""Kill what writes a learner's progress, at random moments: is an attempt lost, is the gradebook readable?

    python tests/benchmarks/progress_kills.py --kills 100 --counts progress_kills.json

Two pytests and a `checker watch` write one file at once, each with an attempt of its own. Once pytest has said what it
collected, or the watch has shown a result, the text of the attempt must be there. Adds to what FILE holds already, so
it can be run in parts.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NAME = "01_two_jobs"
PYTEST, WATCH = ("pytest", "-p", "no:cacheprovider"), ("checker", "watch")
LONGER, SHORTER = 1.25, 0.8
"""What the time of a run is taken for after a round in which none came to its checks, or one to its end."""
KEPT = {PYTEST: b"collected ", WATCH: "✗".encode()}
"""Who has said this has kept the attempt."""


@dataclass(frozen=True)
class Begun:
    """A program that checks an attempt which no other has."""

    kind: tuple[str, ...]
    process: subprocess.Popen[bytes]
    said: Path
    sha256: str


class Runs:
    """A learner's folder, three copies of an exercise in it, and what was killed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folders = [place / "exercises" / NAME.replace("01", number) for number in ("01", "02", "03")]
        for folder in self.folders:
            shutil.copytree(ROOT / "exercises" / NAME, folder)
        shutil.copy(ROOT / "pyproject.toml", place)
        self.number = 0
        start_s = time.monotonic()
        for begun in [self._begin(folder, PYTEST) for folder in self.folders]:
            begun.process.wait()
        self._whole_s = time.monotonic() - start_s
        """How long runs take that nobody kills, on this machine as busy as it is now; `round` follows its load."""

    def round(self) -> Counter[str]:
        """Start two runs and a watch, kill each at a moment of its own, and look."""
        kinds = (PYTEST, PYTEST, WATCH)
        begun = [self._begin(folder, kind) for folder, kind in zip(self.folders, kinds, strict=True)]
        moments = sorted(((random.uniform(0.0, self._whole_s), each) for each in begun), key=lambda moment: moment[0])
        start_s = time.monotonic()
        for moment_s, each in moments:
            time.sleep(max(0.0, moment_s - (time.monotonic() - start_s)))
            each.process.send_signal(random.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
        found = sum(map(self._counted, begun), Counter[str]())
        self._whole_s *= SHORTER if found["ended"] else LONGER if not found["collected"] else 1.0
        return found

    def _begin(self, folder: Path, kind: tuple[str, ...]) -> Begun:
        self.number += 1
        text = (folder / "sync.py").read_bytes() + f"\n# {self.number}\n".encode()
        (folder / "attempt.py").write_bytes(text)
        said = self.place / f"said-{self.number}.txt"
        command = [sys.executable, "-u", "-m", *kind, folder.name[:2] if kind is WATCH else str(folder)]
        begin = self._at_a_terminal if kind is WATCH else self._into_a_file
        return Begun(kind, begin(command, said), said, sha256(text).hexdigest())

    def _into_a_file(self, command: list[str], said: Path) -> subprocess.Popen[bytes]:
        with said.open("wb") as out:
            return subprocess.Popen(command, cwd=self.place, stdout=out, stderr=subprocess.STDOUT)

    def _at_a_terminal(self, command: list[str], said: Path) -> subprocess.Popen[bytes]:
        """What is shown there goes into the file, until the program has ended."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(command, cwd=self.place, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        said.touch()
        threading.Thread(target=_copy, args=(ours, said), daemon=True).start()
        return process

    def _counted(self, begun: Begun) -> Counter[str]:
        status = begun.process.wait()
        text = begun.said.read_bytes()
        found = Counter(kills=1 if status < 0 else 0, ended=0 if status < 0 else 1)
        found["companions"] = begun.kind is WATCH and status < 0
        found["complaints"] = b"Your progress is not kept" in text
        if KEPT[begun.kind] in text:
            kept, results = self._kept(begun.sha256)
            found += Counter({"collected": 1, "lost": not kept, "results": results > 0})
            found["lost results"] = status >= 0 and not results
        return found

    def _kept(self, digest: str) -> tuple[bool, int]:
        """Whether the text is there, and how many results; raises when the file cannot be read."""
        with closing(sqlite3.connect(self.place / ".checker/progress.db", timeout=10)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (kept,) = database.execute("SELECT count(*) FROM attempt WHERE sha256 = ?", (digest,)).fetchone()
            query = "SELECT count(*) FROM result WHERE key GLOB ?"
            (results,) = database.execute(query, (f"* {digest}",)).fetchone()
        return kept == 1, results


def _copy(terminal: int, said: Path) -> None:
    with said.open("ab", buffering=0) as out, suppress(OSError):  # which is how a terminal ends
        while data := os.read(terminal, 65536):
            out.write(data)
    os.close(terminal)


def main() -> None:
    """Print, and add to the file, what was counted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="so many more")
    parser.add_argument("--counts", type=Path, required=True, help="a JSON file to go on from")
    given = parser.parse_args()
    counts = Counter(json.loads(given.counts.read_text())) if given.counts.exists() else Counter[str]()
    wanted = counts["kills"] + given.kills
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder))
        while counts["kills"] < wanted:
            counts.update(runs.round())
            given.counts.write_text(json.dumps(counts))
    print(dict(counts))


if __name__ == "__main__":
    main()
