"""A class of hostile and honest submissions, graded together: do the honest ones get what they get without the others?

python tests/benchmarks/hostile.py --each 20
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from checker.gradebook.gradebook import Gradebook

TESTS = Path(__file__).parent.parent
SOLUTIONS = TESTS.parent / "solutions"
Result = tuple[str, float, str]


def letters(number: int) -> str:
    """A name without digits, which could be an exercise's number."""
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def honest(number: int) -> dict[str, bytes]:
    """Right and wrong attempts of exercises that wait, as files whose names say whose they are and for what."""
    folders = [folder for folder in sorted((TESTS / "attempts").iterdir()) if folder.name[:2] in ("01", "03", "11")]
    paths = [path for folder in folders for kind in ("right", "wrong") for path in sorted((folder / kind).glob("*.py"))]
    spread = islice(cycle(paths[:: max(1, len(paths) // number)]), number)
    return {f"good-{letters(n)}_{path.parts[-3][:2]}.py": path.read_bytes() for n, path in enumerate(spread)}


def hostile(number: int) -> dict[str, bytes]:
    paths = sorted((TESTS / "attacks").glob("*/*.py"))
    return {
        f"evil-{letters(n)}_{path.parent.name[:2]}.py": path.read_bytes()
        for n, path in enumerate(islice(cycle(paths[:: max(1, len(paths) // number)]), number))
    }


def graded(files: dict[str, bytes]) -> tuple[dict[str, Result], float]:
    """(verdict, score, code) of each submission, and the seconds that it took."""
    with tempfile.TemporaryDirectory() as name:
        folder, book = Path(name) / "class", Path(name) / "class.db"
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_bytes(text)
        command = [sys.executable, "-m", "checker", "grade", str(folder), "--gradebook", str(book)]
        started_s = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        seconds = time.perf_counter() - started_s
        with Gradebook(book) as opened:
            latest = {submission: opened.latest(key) for submission, _, key in opened.handins()}
    return {
        name: (str(result.verdict), result.score, str(result.diagnosis.code) if result.diagnosis else "")
        for name, result in latest.items()
        if result is not None
    }, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=20)
    options = parser.parse_args()
    good, evil = honest(options.each), hostile(options.each)
    alone, alone_s = graded(good)
    together, together_s = graded(good | evil)
    print(f"{len(good)} honest alone: {alone_s:.1f} s; with {len(evil)} hostile ones: {together_s:.1f} s")
    print(f"graded: {len(together)} of {len(good | evil)}")
    for name, result in sorted(alone.items()):
        if together.get(name) != result:
            print(f"  {name}: alone {result}, together {together.get(name)}")
    passed = [name for name, (verdict, _, _) in together.items() if name.startswith("evil") and verdict == "passed"]
    print(f"hostile ones that passed: {', '.join(passed) or 'none'}")


if __name__ == "__main__":
    main()
