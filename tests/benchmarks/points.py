"""Grade a class (tests/data/class) again and again, on a machine as busy as it is: are the points the same each time?

    python tests/benchmarks/points.py --runs 20 --counts points.json

Every run has a new gradebook, so nothing is remembered. Adds to what FILE holds already, so it can be run in parts.
What nobody could judge has no points: it is counted apart, as open.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import msgspec

from checker.gradebook.gradebook import Gradebook
from checker.model.answer import AttemptResult, Verdict

sys.path.append(str(Path(__file__).parents[2]))  # so that it can be run as a program

from tests.graded_class import CLASS

Points = dict[str, str]
"""What each check of each attempt got, by the attempt's name and the check's."""
OPEN = (Verdict.INCONCLUSIVE, Verdict.ERROR)


def told(result: AttemptResult) -> Points:
    """Of one attempt: points, or the word for having none; behind it the mistake that was named."""
    found = {}
    for check in result.checks:
        code = f" {check.diagnosis.code}" if check.diagnosis is not None else ""
        found[check.id] = f"{check.verdict if check.verdict in OPEN else f'{check.score:g}'}{code}"
    return found


def graded(handed_in: Path, folder: Path) -> Points:
    """One run of `checker grade`, as it is typed. Raises SystemExit: something was not graded at all."""
    book = folder / "class.db"
    command = [sys.executable, "-m", "checker", "grade", str(handed_in), "--gradebook", str(book)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    points: Points = {}
    with Gradebook(book, only_read=True) as opened:
        for name, exercise, key in opened.handins():
            result = opened.latest(key)
            if result is None:
                sys.exit(f"{name} {exercise}: it was not graded")
            points |= {f"{name} {check}": got for check, got in told(result).items()}
    return points


def differences(runs: list[Points]) -> dict[str, Counter[str]]:
    """What did not get the same in each run, leaving out runs in which nobody could judge it."""
    seen: dict[str, Counter[str]] = {}
    for points in runs:
        for name, got in points.items():
            seen.setdefault(name, Counter())[got] += 1
    return {name: got for name, got in seen.items() if len({each for each in got if not each.startswith(OPEN)}) > 1}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("handed_in", nargs="?", type=Path, default=CLASS, metavar="FOLDER", help="another class")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--counts", type=Path, default=Path("points.json"), metavar="FILE")
    options = parser.parse_args()
    runs = msgspec.json.decode(options.counts.read_bytes(), type=list[Points]) if options.counts.exists() else []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory(prefix="kata-points-") as folder:
            runs.append(graded(options.handed_in, Path(folder)))
        options.counts.write_bytes(msgspec.json.format(msgspec.json.encode(runs)))
        unjudged = sum(got.startswith(OPEN) for points in runs for got in points.values())
        marks, load = sum(map(len, runs)), os.getloadavg()[0]
        print(f"{len(runs)} runs, {marks} checks, {unjudged} open, load {load:.0f}", flush=True)
        for name, got in sorted(differences(runs).items()):
            print(f"  {name}: {', '.join(f'{each} ({times} times)' for each, times in got.items())}", flush=True)


if __name__ == "__main__":
    main()
