"""A class of hostile and honest submissions, graded together: do the honest ones get what they get without the others?

    python tests/benchmarks/hostile.py --each 30 --counts hostile.json

Adds to what FILE holds already, with other attacks each time, so it can be run in parts.
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
from typing import Any

sys.path.append(str(Path(__file__).parents[2]))  # so that it can be run as a program

from tests.benchmarks.room import Mark, Room

TESTS = Path(__file__).parent.parent
HONEST = ("01", "03", "11")
"""Right and wrong attempts of exercises that wait."""


def letters(number: int) -> str:
    """A name without digits, which could be an exercise's number."""
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def honest(number: int) -> dict[str, bytes]:
    """Files whose names say whose they are and for what."""
    folders = [folder for folder in sorted((TESTS / "attempts").iterdir()) if folder.name[:2] in HONEST]
    paths = [path for folder in folders for kind in ("right", "wrong") for path in sorted((folder / kind).glob("*.py"))]
    spread = islice(cycle(paths[:: max(1, len(paths) // number)]), number)
    return {f"good-{letters(n)}_{path.parts[-3][:2]}.py": path.read_bytes() for n, path in enumerate(spread)}


def hostile(number: int, seed: int) -> dict[str, bytes]:
    """Some of the corpus; of exercises that wait, as the honest ones: what races for cores comes last and alone."""
    paths = [path for path in sorted((TESTS / "attacks").glob("*/*.py")) if not path.parent.name.startswith("22")]
    chosen = random.Random(seed).sample(paths, number)
    return {f"evil-{letters(n)}_{path.parent.name[:2]}.py": path.read_bytes() for n, path in enumerate(chosen)}


def graded(files: dict[str, bytes]) -> tuple[dict[str, Mark], float, list[str]]:
    """The last mark of each, the seconds that it took, and what was left or kept."""
    with tempfile.TemporaryDirectory(prefix="kata-hostile-", ignore_cleanup_errors=True) as name:
        room = Room(Path(name), files)
        started_s = time.perf_counter()
        room.start().wait()
        seconds = time.perf_counter() - started_s
        marks = {attempt: history[-1] for attempt, history in room.marks().items() if history}
        return marks, seconds, [*room.left(), *room.kept()]


def one_run(each: int, seed: int) -> dict[str, Any]:
    """The honest ones alone, then together with as many hostile ones."""
    good, evil = honest(each), hostile(each, seed)
    alone, alone_s, _ = graded(good)
    together, together_s, left = graded(good | evil)
    both = [(name, mark, together[name]) for name, mark in alone.items() if name in together]
    judged = [each for each in both if {each[1][0], each[2][0]} <= {"passed", "failed"}]
    changed = [f"{name}: {mark}, {other}" for name, mark, other in judged if mark != other]
    passed = [name for name, (verdict, _, _) in together.items() if name.startswith("evil") and verdict == "passed"]
    return {
        "honest": len(good), "hostile": len(evil), "graded": len(together),
        "open": len(both) - len(judged), "changed": changed, "passed": passed,
        "alone s": round(alone_s, 1), "together s": round(together_s, 1), "times": round(together_s / alone_s, 2),
        "left": left,
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
