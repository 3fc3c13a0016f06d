"""Kill graders, fork servers and `checker grade` itself at random moments: is a mark lost, changed, is anything left?

    python tests/benchmarks/kills.py --kills 100 --counts kills.json

Each round grades a small class with a new gradebook, is killed at random, begins again where `checker grade` itself was
killed, and ends with one quiet run of `--regrade error`. Adds to what FILE holds already, so it can be run in parts.
"""

from __future__ import annotations

import argparse
import json
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

sys.path.append(str(Path(__file__).parents[2]))  # so that it can be run as a program

from tests.benchmarks.room import Mark, Room

TESTS = Path(__file__).parent.parent
EXERCISES = ("01_two_jobs", "03_pooled_downloads", "11_tasks_not_awaits")
EACH = 4
"""Attempts of each exercise."""
A_ROUND = 60
"""Kills: then a class may end in peace."""
MOST_S = 0.5
"""Between the moment at which there is something to kill and its end."""
PATIENCE_S = 20.0
AT_ONCE = 4
EARLY = 0.2
"""The share of ends of `checker grade` while it starts."""
MAIN, GRADER, FORK_SERVER = "checker grade", "grader", "fork server"
WEIGHTS = {MAIN: 1, GRADER: 5, FORK_SERVER: 4}
"""How often each is killed. (Who kills an attempt, or its keeper, does what an attempt may do to itself: it fails.)"""
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGABRT, signal.SIGINT)


def some_of_each() -> dict[str, bytes]:
    """Right attempts and untouched stubs, as files whose names say whose they are and for what.

    Some wrong ones get by luck what they get: one of 11 has 2 or 6 points, also where nobody is killed.
    """
    files = {}
    for exercise in EXERCISES:
        right = sorted((TESTS / "attempts" / exercise / "right").glob("*.py"))[: EACH - 1]
        stub = TESTS.parent / "exercises" / exercise / "sync.py"
        for number, path in enumerate([*right, stub]):
            files[f"learner-{'abcdefgh'[number]}_{exercise[:2]}.py"] = path.read_bytes()
    return files


def kind(process: psutil.Process) -> str:
    """Of a process below `checker grade`; "" for attempts, their keepers, and what is gone by now."""
    with suppress(psutil.Error):
        line = " ".join(process.cmdline())
        if "checker.classroom.grader_main" in line:
            return GRADER
        parent = process.parent()
        if "checker.attempt" in line and parent is not None and kind(parent) == GRADER:
            return FORK_SERVER
    return ""


def kill_some(main: subprocess.Popen[bytes], wanted: str) -> int:
    """Up to AT_ONCE of that kind, a moment after there are any; how many.

    `checker grade` itself is mostly killed while it grades, and now and then while it starts.
    """
    begins = wanted == MAIN and random.random() < EARLY
    deadline_s = time.monotonic() + PATIENCE_S
    while main.poll() is None and time.monotonic() < deadline_s:
        found = of_kind(main, FORK_SERVER if wanted == MAIN else wanted)
        if found or begins:
            time.sleep(random.uniform(0, MOST_S))
            if wanted == MAIN:
                main.kill()
                main.wait()
                return 1
            return sum(sent(process) for process in random.sample(found, min(len(found), random.randint(1, AT_ONCE))))
        time.sleep(0.05)
    return 0


def of_kind(main: subprocess.Popen[bytes], wanted: str) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return [process for process in psutil.Process(main.pid).children(recursive=True) if kind(process) == wanted]
    return []


def sent(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        process.send_signal(random.choice(SIGNALS))
        return True
    return False


def disturbed(room: Room, most: int, weights: dict[str, int]) -> Counter[str]:
    """Grade the class, and kill; what was killed, by kind."""
    killed: Counter[str] = Counter()
    main = room.start()
    while main.poll() is None or main.returncode < 0:
        if main.poll() is not None:
            main = room.start()
        elif killed.total() >= most:
            main.wait()
        else:
            (wanted,) = random.choices(list(weights), list(weights.values()))
            killed[wanted] += kill_some(main, wanted)
    return killed


def compare(room: Room, right: dict[str, Mark]) -> dict[str, int]:
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


def one_round(
    most: int, right: dict[str, Mark], weights: dict[str, int]
) -> tuple[Counter[str], dict[str, int], dict[str, Mark]]:
    """`right`: the marks without kills; where they are not known, they are found out here, by a quiet run."""
    with tempfile.TemporaryDirectory(prefix="kata-kills-", ignore_cleanup_errors=True) as name:
        room = Room(Path(name), some_of_each())
        if not right:
            room.start().wait()
            right = {name: history[-1] for name, history in room.marks().items()}
            room.book.unlink()
        killed = disturbed(room, most, weights)
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
    parser.add_argument("--only", choices=list(WEIGHTS), help="kill nothing else")
    options = parser.parse_args()
    weights = {options.only: 1} if options.only else WEIGHTS
    counts = (
        json.loads(options.counts.read_text()) if options.counts.exists() else {"right": {}, "kills": {}, "marks": {}}
    )
    right: dict[str, Mark] = {name: (mark[0], mark[1], mark[2]) for name, mark in counts["right"].items()}
    done = 0
    while done < options.kills:
        killed, found, right = one_round(min(A_ROUND, options.kills - done), right, weights)
        done += max(1, killed.total())
        counts["kills"] = dict(Counter(counts["kills"]) + killed)
        counts["marks"] = {name: counts["marks"].get(name, 0) + number for name, number in found.items()}
        counts["right"] = right
        options.counts.write_text(json.dumps(counts, indent=1))
        print(f"{sum(counts['kills'].values())} kills: {counts['kills']}, {counts['marks']}", flush=True)


if __name__ == "__main__":
    main()
