"""How long every export of a large class takes, and how much memory: `checker export`, as an instructor runs it.

    python tests/benchmarks/exports.py --learners 1000

Each learner hands in all exercises of tests/data/class, each with a text of its own and with one of the results that
were recorded there, so that no two attempts are alike. Every format is a process of its own, one after the other, and
then all of them are one.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from checker.classroom import roster
from checker.commands.books import ALL, FORMAT_NAMES
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Submission
from checker.model.answer import AttemptResult

sys.path.append(str(Path(__file__).parents[2]))
from tests.graded_class import ASKED, MACHINE, RESULTS

SEED = 7
IN_A_FILE = ("csv", "canvas", "moodle", "junit", "json", "items", "history", "similar", "leftovers")
ROW = "{:12} {:>8} {:>8} {:>8} {:>8}"


def fill(book: Gradebook, learners: int, folder: Path) -> None:
    """As after `checker grade`, when everything is graded."""
    rng = random.Random(SEED)
    recorded: dict[str, list[AttemptResult]] = {}
    for result in msgspec.json.decode(RESULTS.read_bytes(), type=dict[str, AttemptResult]).values():
        recorded.setdefault(result.exercise, []).append(result)
    people = folder / "roster.csv"
    rows = [f'"Learner, {n:04}",{n},SIS{n},learner{n},Section' for n in range(learners)]
    people.write_text("\n".join(["Student,ID,SIS User ID,SIS Login ID,Section", *rows]) + "\n")
    book.enrol(roster.read(people))
    for number in range(learners):
        name = f"learner{number}"
        texts = {exercise: f"# {name}'s\ndef work():\n    return {number}\n".encode() for exercise in ASKED.split()}
        attempts = [HandIn(exercise=exercise, text=text) for exercise, text in texts.items()]
        keys = {exercise: f"{name} {exercise}" for exercise in texts}
        book.enter(Submission(name=name, attempts=attempts), keys)
        for exercise, key in keys.items():
            book.add(key, rng.choice(recorded[exercise]))
    book.set(machine=msgspec.json.encode(MACHINE).decode(), asked=ASKED)


def measured(command: list[str]) -> tuple[float, float, float]:
    """Seconds, of them on a CPU, and MiB at the peak."""
    started_s = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return time.perf_counter() - started_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="make the gradebook here, to look at it")
    parser.add_argument("--format", action="append", choices=FORMAT_NAMES, help="only these")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        book = options.keep or folder / "class.db"
        with Gradebook(book) as made:
            fill(made, options.learners, folder)
        print(f"{options.learners} learners, {len(ASKED.split())} exercises, load {os.getloadavg()[0]:.0f}")
        print(ROW.format("format", "s", "CPU s", "MiB", "files"))
        total_s = total_cpu_s = 0.0
        for name in options.format or FORMAT_NAMES:
            output = folder / name
            command = [sys.executable, "-m", "checker", "export", str(book), "--format", name, "--output", str(output)]
            seconds, cpu_s, mib = measured(command)
            total_s, total_cpu_s = total_s + seconds, total_cpu_s + cpu_s
            files = 1 if output.is_file() else sum(path.is_file() for path in output.rglob("*"))
            print(ROW.format(name, f"{seconds:.2f}", f"{cpu_s:.2f}", f"{mib:.0f}", files), flush=True)
        print(ROW.format("together", f"{total_s:.2f}", f"{total_cpu_s:.2f}", "", ""))
        command = [sys.executable, "-m", "checker", "export", str(book), "--format", ALL, "--output", str(folder / ALL)]
        seconds, cpu_s, mib = measured(command)
        print(ROW.format(ALL, f"{seconds:.2f}", f"{cpu_s:.2f}", f"{mib:.0f}", ""))


if __name__ == "__main__":
    main()
