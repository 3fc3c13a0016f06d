"""Kill pytests that write a learner's progress, at random moments: is an attempt lost, is the gradebook readable?

    python tests/benchmarks/progress_kills.py --kills 100 --counts progress_kills.json

Each run has an attempt of its own, and two write one file at once. Once pytest has said what it collected, the text of
the attempt must be there. Adds to what FILE holds already, so it can be run in parts.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NAME = "01_two_jobs"
AT_ONCE = 2
"""Runs that write one file."""
COLLECTED = b"collected "
"""pytest says so when our hook has kept the attempts."""


class Runs:
    """A learner's folder, two copies of an exercise in it, and what was killed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folders = [place / "exercises" / name for name in (NAME, NAME.replace("01", "02"))]
        for folder in self.folders:
            shutil.copytree(ROOT / "exercises" / NAME, folder)
        shutil.copy(ROOT / "pyproject.toml", place)
        self.number = 0
        start_s = time.monotonic()
        for process, _, _ in [self._begin(folder) for folder in self.folders]:
            process.wait()
        self._whole_s = time.monotonic() - start_s
        """How long runs take that nobody kills, on this machine as busy as it is now."""

    def round(self) -> Counter[str]:
        """Start two runs, kill each at a moment of its own, and look."""
        begun = [self._begin(folder) for folder in self.folders[:AT_ONCE]]
        moments = sorted((random.uniform(0.0, self._whole_s), process) for process, _, _ in begun)
        start_s = time.monotonic()
        for moment_s, process in moments:
            time.sleep(max(0.0, moment_s - (time.monotonic() - start_s)))
            process.send_signal(random.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
        return sum((self._counted(*each) for each in begun), Counter())

    def _begin(self, folder: Path) -> tuple[subprocess.Popen[bytes], Path, str]:
        self.number += 1
        text = (folder / "sync.py").read_bytes() + f"\n# {self.number}\n".encode()
        (folder / "attempt.py").write_bytes(text)
        said = self.place / f"said-{self.number}.txt"
        with said.open("wb") as out:
            command = [sys.executable, "-u", "-m", "pytest", str(folder), "-p", "no:cacheprovider"]
            process = subprocess.Popen(command, cwd=self.place, stdout=out, stderr=subprocess.STDOUT)
        return process, said, sha256(text).hexdigest()

    def _counted(self, process: subprocess.Popen[bytes], said: Path, digest: str) -> Counter[str]:
        status = process.wait()
        text = said.read_bytes()
        found = Counter(kills=1 if status < 0 else 0, ended=0 if status < 0 else 1)
        found["complaints"] = b"Your progress is not kept" in text
        if COLLECTED in text:
            kept, results = self._kept(digest)
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
