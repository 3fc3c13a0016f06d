"""A class of hostile and honest submissions, graded together: do the honest ones get what they get without the others?

    python tests/benchmarks/hostile.py --each 30 --counts hostile.json

Adds to what FILE holds already, with other attacks each time, so it can be run in parts. Each honest mark that is
another one in company is told, check by check: what it was alone, what it was together, and why. Times are those until
the last honest attempt has its mark, which comes after the hostile ones by its name.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

sys.path.append(str(Path(__file__).parents[2]))  # so that it can be run as a program

from checker.model.answer import AttemptResult, CheckResult
from tests.benchmarks.room import Room, letters, mark

TESTS = Path(__file__).parent.parent
HONEST = ("01", "03", "11")
"""Right and wrong attempts of exercises that wait."""
GOOD = "good"
LOOK_EVERY_S = 0.2


def honest(number: int) -> dict[str, bytes]:
    """Files whose names say whose they are and for what."""
    folders = [folder for folder in sorted((TESTS / "attempts").iterdir()) if folder.name[:2] in HONEST]
    paths = [path for folder in folders for kind in ("right", "wrong") for path in sorted((folder / kind).glob("*.py"))]
    spread = islice(cycle(paths[:: max(1, len(paths) // number)]), number)
    return {f"{GOOD}-{letters(n)}_{path.parts[-3][:2]}.py": path.read_bytes() for n, path in enumerate(spread)}


def hostile(number: int, seed: int) -> dict[str, bytes]:
    """Some of the corpus; of exercises that wait, as the honest ones: what races for cores comes last and alone."""
    paths = [path for path in sorted((TESTS / "attacks").glob("*/*.py")) if not path.parent.name.startswith("22")]
    chosen = random.Random(seed).sample(paths, number)
    return {f"evil-{letters(n)}_{path.parent.name[:2]}.py": path.read_bytes() for n, path in enumerate(chosen)}


class Graded(NamedTuple):
    """A class."""

    results: dict[str, AttemptResult]
    """The last of each."""
    seconds: float
    honest_s: float
    """Until the last honest one had its result."""
    left: list[str]
    """What was left or kept."""


def graded(files: dict[str, bytes]) -> Graded:
    """What becomes of these files."""
    honest = {Path(name).stem.replace("_", " ") for name in files if name.startswith(GOOD)}
    with tempfile.TemporaryDirectory(prefix="kata-hostile-", ignore_cleanup_errors=True) as name:
        room = Room(Path(name), files)
        started_s = time.perf_counter()
        running = room.start()
        while running.poll() is None and not honest <= room.judged():
            time.sleep(LOOK_EVERY_S)
        honest_s = time.perf_counter() - started_s
        running.wait()
        seconds = time.perf_counter() - started_s
        results = {attempt: history[-1] for attempt, history in room.results().items() if history}
        return Graded(results, seconds, honest_s, [*room.left(), *room.kept()])


def differences(alone: AttemptResult, together: AttemptResult) -> list[str]:
    """Of the checks, by what they are called."""
    pairs = zip(alone.checks, together.checks, strict=False)
    return [f"{a.id}: {_told(a)}, together {_told(b)}" for a, b in pairs if _told(a) != _told(b)]


def _told(check: CheckResult) -> str:
    said = check.diagnosis.code if check.diagnosis else check.why
    return f"{check.verdict} {check.score:g}" + (f" ({said})" if said else "")


def one_run(each: int, seed: int) -> dict[str, Any]:
    """The honest ones alone, then together with as many hostile ones."""
    good, evil = honest(each), hostile(each, seed)
    alone, company = graded(good), graded(good | evil)
    together = company.results
    both = {name: (result, together[name]) for name, result in alone.results.items() if name in together}
    other = {name: each for name, each in both.items() if mark(each[0]) != mark(each[1])}
    judged = [name for name, each in other.items() if {mark(result)[0] for result in each} <= {"passed", "failed"}]
    passed = [name for name, result in together.items() if not name.startswith(GOOD) and result.verdict == "passed"]
    return {
        "honest": len(good), "hostile": len(evil), "graded": len(together),
        "open": len(other) - len(judged), "changed": judged, "passed": passed,
        "differences": {name: differences(*each) for name, each in other.items()},
        "alone s": round(alone.honest_s, 1), "together s": round(company.honest_s, 1),
        "times": round(company.honest_s / alone.honest_s, 2), "all s": round(company.seconds, 1), "left": company.left,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=30)
    parser.add_argument("--counts", type=Path, default=Path("hostile.json"), metavar="FILE")
    options = parser.parse_args()
    runs = json.loads(options.counts.read_text()) if options.counts.exists() else []
    runs.append(one_run(options.each, seed=len(runs)))
    options.counts.write_text(json.dumps(runs, indent=1))
    print(json.dumps(runs[-1], indent=1))


if __name__ == "__main__":
    main()
