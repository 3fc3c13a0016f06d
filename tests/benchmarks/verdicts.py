"""Error rates: race every right and wrong attempt again and again, with busy programs beside.

    python tests/benchmarks/verdicts.py --rounds 30 --busy 4

Right attempts, and wrong ones whose mistake the race must find, are raced in every round. Wrong ones that another
check finds (a leak, an order) are put through all checks, in every sixth round. A verdict is wrong when a right
attempt fails or a wrong one passes; inconclusive is neither.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from checker import catalog
from checker.model.answer import AttemptResult, Code, Verdict
from checker.model.exercise import Exercise
from checker.session.grader import Grader

sys.path.append(str(Path(__file__).parents[2]))  # run as a file, it would not find the tests' own modules
from tests.versions import runs_here

ATTEMPTS = Path(__file__).parent.parent / "attempts"
RACED = {Code.SERIAL, Code.UNDER_USED, Code.BLOCKS_LOOP, Code.GIL_BOUND, Code.WORK_MULTIPLIED, Code.LATE, Code.TOO_FAST}
"""What a race may find. Whether it is the race that finds it in an attempt is tried out: another check may, too."""
STRUCTURAL_EVERY = 6
BUSY_PROGRAM = "import time\nend = time.monotonic() + {seconds}\nwhile time.monotonic() < end: pass"
BUSY_SECONDS = 6 * 3600


@dataclass
class Row:
    """One attempt, and what was said of it."""

    exercise: Exercise
    path: Path
    expected: Code | None
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    raced: bool = True

    @property
    def wrong(self) -> int:
        """Verdicts that must not be."""
        return self.verdicts[Verdict.FAILED if self.expected is None else Verdict.PASSED]

    def add(self, result: AttemptResult, seconds: float) -> None:
        self.verdicts[result.verdict] += 1
        self.seconds += seconds
        if result.diagnosis is not None:
            self.codes[result.diagnosis.code] += 1


def rows(numbers: list[str], names: list[str]) -> list[Row]:
    """Every attempt of tests/attempts, with the code that a wrong one must get."""
    found = []
    for exercise in catalog.load_all(catalog.own_exercises()):
        if numbers and exercise.number not in numbers:
            continue
        folder = ATTEMPTS / exercise.folder.name
        found.append(Row(exercise, catalog.own_solutions() / exercise.folder.name / exercise.attempt, None))
        found += [Row(exercise, path, None) for path in _attempts(folder / "right")]
        for path in _attempts(folder / "wrong"):
            code = path.read_text().splitlines()[0].removeprefix("# ").split(":")[0]
            found.append(Row(exercise, path, Code(code)))
    return [row for row in found if not names or row.path.stem in names]


def _attempts(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".py", ".pyx") and runs_here(path))


@contextmanager
def busy_programs(number: int) -> Iterator[None]:
    """So many programs that compute; they end by themselves after a while, and by their id here.

    Each in a session of its own: Linux may give each session (not each process) an equal share of the cores.
    """
    program = BUSY_PROGRAM.format(seconds=BUSY_SECONDS)
    running = [subprocess.Popen([sys.executable, "-c", program], start_new_session=True) for _ in range(number)]
    try:
        yield
    finally:
        for each in running:
            each.kill()
        for each in running:
            each.wait()


def found_by_a_race(grader: Grader, row: Row) -> bool:
    """The mistake is one for a race to find, and no other check does."""
    if row.expected is None or row.expected not in RACED:
        return row.expected is None
    untimed = grader.grade(row.exercise, row.path, only="not timed")
    return untimed.diagnosis is None or untimed.diagnosis.code is not row.expected


def measure(grader: Grader, rows: list[Row], rounds: int, only_raced: bool, stopped: Event) -> None:
    """Fill the rows, round by round, so that a slow drift of the machine meets all of them."""
    for turn in range(rounds):
        for row in rows:
            if not stopped.is_set() and (row.raced or (turn % STRUCTURAL_EVERY == 0 and not only_raced)):
                started_s = time.perf_counter()
                result = grader.grade(row.exercise, row.path, only="timed" if row.raced else "")
                row.add(result, time.perf_counter() - started_s)
        if not stopped.is_set():
            wrong = sum(row.wrong for row in rows)
            print(f"round {turn + 1} of {rounds}: {wrong} wrong verdicts so far", file=sys.stderr, flush=True)


COLUMNS = "{:2} {:38.38} {:15} {:>5} {:>5} {:>5} {:>5} {:>6}  {}"


def print_table(rows: list[Row]) -> None:
    print(COLUMNS.format("", "attempt", "must get", "pass", "fail", "open", "WRONG", "s each", "diagnoses"))
    for row in rows:
        passed, failed, times = row.verdicts[Verdict.PASSED], row.verdicts[Verdict.FAILED], sum(row.verdicts.values())
        name = f"{row.path.parent.name}/{row.path.stem}"
        codes = ", ".join(f"{code} {number}" for code, number in row.codes.most_common())
        each = f"{row.seconds / max(times, 1):.1f}"
        expected = str(row.expected or "passed")
        print(
            COLUMNS.format(
                row.exercise.number, name, expected, passed, failed, times - passed - failed, row.wrong, each, codes
            )
        )
    print_sum("right", [row for row in rows if row.expected is None])
    print_sum("wrong", [row for row in rows if row.expected is not None])


def print_sum(kind: str, rows: list[Row]) -> None:
    total = sum(sum(row.verdicts.values()) for row in rows)
    undecided = sum(row.verdicts[Verdict.INCONCLUSIVE] + row.verdicts[Verdict.ERROR] for row in rows)
    wrong = sum(row.wrong for row in rows)
    print(f"{kind} attempts: {total} verdicts, {wrong} wrong, {undecided} open ({undecided / max(total, 1):.1%})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--busy", type=int, default=0, help="busy programs beside")
    parser.add_argument("--only-raced", action="store_true", help="leave out what other checks than races find")
    parser.add_argument("--exercise", action="append", default=[], metavar="NN")
    parser.add_argument("--attempt", action="append", default=[], metavar="NAME", help="the file's name without .py")
    options = parser.parse_args()
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())  # ends with the table of what was measured until then
    table = rows(options.exercise, options.attempt)
    with Grader() as grader:
        for row in table:
            row.raced = found_by_a_race(grader, row)
        with busy_programs(options.busy):
            measure(grader, table, options.rounds, options.only_raced, stopped)
    print(f"\n{options.rounds} rounds, {options.busy} busy programs, Python {sys.version.split()[0]}")
    print_table([row for row in table if row.verdicts])


if __name__ == "__main__":
    main()
