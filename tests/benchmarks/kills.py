"""Kill graders, fork servers and `checker grade` itself at random moments: is a mark lost, changed, is anything left?

    python tests/benchmarks/kills.py --kills 100 --counts kills.json

Each round grades a small class with a new gradebook, is killed at random, begins again where `checker grade` itself was
killed, and ends with one quiet run of `--regrade error`. Adds to what FILE holds already, so it can be run in parts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil

from checker.gradebook.gradebook import Gradebook

TESTS = Path(__file__).parent.parent
EXERCISES = ("01_two_jobs", "03_pooled_downloads", "11_tasks_not_awaits")
EACH = 4
"""Attempts of each exercise, right and wrong ones."""
A_ROUND = 60
"""Kills: then a class may end in peace."""
LEAST_S, MOST_S = 0.05, 0.5
"""Between two kills."""
END_S = 20.0
"""By then, what a killed run had started has ended."""
MAIN, GRADER, FORK_SERVER = "checker grade", "grader", "fork server"
WEIGHTS = {MAIN: 1, GRADER: 5, FORK_SERVER: 4}
"""How often each is killed. (Who kills an attempt, or its keeper, does what an attempt may do to itself: it fails.)"""
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGABRT, signal.SIGINT)
Mark = tuple[str, float, str]


class Class:
    """A folder of submissions, and a place for what runs of `checker grade` leave."""

    def __init__(self, place: Path) -> None:
        self.folder, self.book, self.temporary = place / "class", place / "class.db", place / "tmp"
        self._marker = f"/kata-kills-{place.name}"
        self.folder.mkdir()
        self.temporary.mkdir()
        for exercise in EXERCISES:
            paths = [
                path for kind in ("right", "wrong") for path in sorted((TESTS / "attempts" / exercise / kind).glob("*"))
            ]
            for number, path in enumerate(paths[:: max(1, len(paths) // EACH)][:EACH]):
                (self.folder / f"learner-{'abcdefgh'[number]}_{exercise[:2]}.py").write_bytes(path.read_bytes())

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        """`checker grade`; whatever it starts has the marker in its PATH."""
        environment = os.environ | {"PATH": f"{os.environ['PATH']}:{self._marker}", "TMPDIR": str(self.temporary)}
        command = [sys.executable, "-m", "checker", "grade", str(self.folder), "--gradebook", str(self.book), *options]
        return subprocess.Popen(
            command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def marks(self) -> dict[str, list[Mark]]:
        """All that each attempt ever got, the last one last."""
        with Gradebook(self.book) as book:
            return {
                f"{name} {exercise}": [
                    (str(got.verdict), got.score, str(got.diagnosis.code) if got.diagnosis else "")
                    for _, got in book.history(key)
                ]
                for name, exercise, key in book.read_handins()
            }

    def living(self) -> list[psutil.Process]:
        """What was started here and lives."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if self._marker in process.environ().get("PATH", "") and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def left(self) -> list[str]:
        """What is there, though nothing should be."""
        deadline_s = time.monotonic() + END_S
        while (living := self.living()) and time.monotonic() < deadline_s:
            time.sleep(0.2)
        return [str(each) for each in living] + [path.name for path in self.temporary.iterdir()]


def kind(process: psutil.Process) -> str:
    """Of a process below `checker grade`; "" for attempts and their keepers."""
    line = " ".join(process.cmdline())
    if "checker.classroom.lane" in line:
        return GRADER
    if "checker.attempt" in line:
        parent = process.parent()
        return FORK_SERVER if parent is not None and kind(parent) == GRADER else ""
    return ""


def kill_one(main: subprocess.Popen[bytes], wanted: str) -> bool:
    """One of that kind, if there is any at this moment."""
    with suppress(psutil.Error):
        processes = [
            process for process in psutil.Process(main.pid).children(recursive=True) if kind(process) == wanted
        ]
        if wanted == MAIN:
            main.send_signal(signal.SIGKILL)
            return True
        if processes:
            random.choice(processes).send_signal(random.choice(SIGNALS))
            return True
    return False


def disturbed(room: Class, most: int) -> Counter[str]:
    """Grade the class, and kill; what was killed, by kind."""
    killed: Counter[str] = Counter()
    main = room.start()
    while main.poll() is None or main.returncode < 0:
        if main.poll() is not None:
            main = room.start()
        time.sleep(random.uniform(LEAST_S, MOST_S))
        (wanted,) = random.choices(list(WEIGHTS), list(WEIGHTS.values()))
        if killed.total() < most and main.poll() is None and kill_one(main, wanted):
            killed[wanted] += 1
            if wanted == MAIN:
                main.wait()
    return killed


def compare(room: Class, right: dict[str, Mark]) -> dict[str, int]:
    """What became of the marks, against those without kills. A verdict that is open is another one's business."""
    found = Counter({"marks": 0, "lost": 0, "changed": 0, "open": 0})
    for name, history in room.marks().items():
        judged = [mark for mark in history if mark[0] in ("passed", "failed")]
        found["marks"] += 1
        found["open"] += bool(history) and history[-1][0] == "inconclusive"
        found["lost"] += not history or history[-1][0] == "error"
        found["changed"] += any(mark != right[name] for mark in judged)
        for mark in {mark for mark in judged if mark != right[name]}:
            print(f"{name}: {mark}, and without kills {right[name]}")
    return dict(found)


def one_round(most: int, right: dict[str, Mark]) -> tuple[Counter[str], dict[str, int], dict[str, Mark]]:
    """`right`: the marks without kills; where they are not known, they are found out here, by a quiet run."""
    with tempfile.TemporaryDirectory(prefix="kata-kills-", ignore_cleanup_errors=True) as name:
        room = Class(Path(name))
        if not right:
            room.start().wait()
            right = {name: history[-1] for name, history in room.marks().items()}
            room.book.unlink()
        killed = disturbed(room, most)
        room.start("--regrade", "error").wait()
        found = compare(room, right)
        left = room.left()
        found["left"] = len(left)
        for each in left:
            print(f"left: {each}")
        for process in room.living():
            process.kill()
    return killed, found, right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--counts", type=Path, default=Path("kills.json"), metavar="FILE")
    options = parser.parse_args()
    counts = (
        json.loads(options.counts.read_text()) if options.counts.exists() else {"right": {}, "kills": {}, "marks": {}}
    )
    right: dict[str, Mark] = {name: (mark[0], mark[1], mark[2]) for name, mark in counts["right"].items()}
    done = 0
    while done < options.kills:
        killed, found, right = one_round(min(A_ROUND, options.kills - done), right)
        done += max(1, killed.total())
        counts["kills"] = dict(Counter(counts["kills"]) + killed)
        counts["marks"] = {name: counts["marks"].get(name, 0) + number for name, number in found.items()}
        counts["right"] = right
        options.counts.write_text(json.dumps(counts, indent=1))
        print(f"{sum(counts['kills'].values())} kills: {counts['kills']}, {counts['marks']}", flush=True)


if __name__ == "__main__":
    main()
