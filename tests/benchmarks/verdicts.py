"""Error rates: grade every right and wrong attempt again and again, with busy programs beside.

    python tests/benchmarks/verdicts.py --rounds 30 --busy 4 --counts counts.json

Right attempts, and wrong ones whose mistake the race must find, are raced in every round. Wrong ones that another
check finds (a leak, an order) are put through all checks, in every sixth round; with --all-checks, everything is put
through all checks in every round. With --class, a round is one `checker grade` of them all: everything is put through
all checks, as many at a time as a class is. A verdict is wrong when a right attempt fails or a wrong one passes;
inconclusive is neither. With --counts, what was counted is kept after each round, and a later run goes on from there.
With --python, attempts run on another interpreter; where that has no GIL, threads may be right (tests/versions.py has
the table).
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

import msgspec

from checker import catalog
from checker.authoring import attempts
from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.model.exercise import Exercise
from checker.model.interpreter import Interpreter
from checker.process import interpreters, trial
from checker.session.grader import Grader

sys.path.append(str(Path(__file__).parents[2]))  # run as a file, it would not find the tests' own modules
from tests import versions
from tests.benchmarks.constants import recorder
from tests.benchmarks.load import bursts, busy_programs
from tests.benchmarks.room import Room, letters

ATTEMPTS = Path(__file__).parent.parent / "attempts"
RACED = {Code.SERIAL, Code.UNDER_USED, Code.BLOCKS_LOOP, Code.GIL_BOUND, Code.WORK_MULTIPLIED, Code.LATE, Code.TOO_FAST}
"""What a race may find. Whether it is the race that finds it in an attempt is tried out: another check may, too."""
STRUCTURAL_EVERY = 6


class Counts(msgspec.Struct, omit_defaults=True):
    """What was said of one attempt beside so many busy programs. Kept in the file of counts."""

    rounds: int = 0
    verdicts: dict[Verdict, int] = msgspec.field(default_factory=dict)
    codes: dict[str, int] = msgspec.field(default_factory=dict)
    seconds: float = 0.0
    sentences: list[str] = msgspec.field(default_factory=list)
    """Of verdicts that must not be, and of diagnoses other than the named one: what was said, and what was printed."""
    raced: bool | None = None
    """Only a race finds its mistake; None: not tried out yet."""

    def add(self, result: AttemptResult, seconds: float, expected: Code | None) -> None:
        """`expected`: the diagnosis that is named; None: it is right."""
        code = result.diagnosis.code if result.diagnosis is not None else None
        if result.verdict in (Verdict.PASSED, Verdict.FAILED) and code is not expected:
            self.sentences.append(told(result))
        self.verdicts[result.verdict] = self.verdicts.get(result.verdict, 0) + 1
        self.seconds += seconds
        if result.diagnosis is not None:
            self.codes[result.diagnosis.code] = self.codes.get(result.diagnosis.code, 0) + 1

    def of(self, *verdicts: Verdict) -> int:
        return sum(self.verdicts.get(verdict, 0) for verdict in verdicts)


def told(result: AttemptResult) -> str:
    """What a verdict was given for."""
    failed = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    said = [
        f"{check.title}: {check.diagnosis and check.diagnosis.sentence} | {check.output[-500:]}" for check in failed
    ]
    return "; ".join(said) or "passed"


@dataclass(frozen=True)
class Row:
    """One attempt, and its counts."""

    exercise: Exercise
    path: Path
    expected: Code | None
    counts: Counts

    @property
    def wrong(self) -> int:
        """Verdicts that must not be."""
        return self.counts.of(Verdict.FAILED if self.expected is None else Verdict.PASSED)

    @property
    def told_otherwise(self) -> int:
        """Wrong attempts that failed with another diagnosis than the named one."""
        named = self.counts.codes.get(str(self.expected), 0)
        return max(0, self.counts.of(Verdict.FAILED) - named) if self.expected is not None else 0


Kept = dict[str, Counts]
"""The file of counts: "BUSY EXERCISE KIND/NAME", with the interpreter before it if it is another, to what was said."""


def in_lines(kept: Kept) -> bytes:
    """As JSON, a line for each attempt of which something is known, so that Git can show what has changed."""
    known = sorted((key, counts) for key, counts in kept.items() if counts != Counts())
    told = [msgspec.json.encode(key) + b": " + msgspec.json.encode(counts) for key, counts in known]
    return b"{\n" + b",\n".join(told) + b"\n}\n"


def rows(options: argparse.Namespace, interpreter: Interpreter | None, kept: Kept) -> list[Row]:
    """Every attempt of tests/attempts, with the code that a wrong one must get."""
    found, where = [], f"{interpreter.name}: {beside(options)}" if interpreter is not None else beside(options)
    for exercise in catalog.load_all(catalog.own_exercises()):
        if options.exercise and exercise.number not in options.exercise:
            continue
        folder = ATTEMPTS / exercise.folder.name
        paths = [catalog.own_solutions() / exercise.folder.name / exercise.attempt]
        paths += [*attempts.of(folder / "right"), *attempts.of(folder / "wrong")]
        for path in paths:
            if (not options.attempt or path.stem in options.attempt) and versions.runs_here(path, interpreter):
                counts = kept.setdefault(f"{where} {exercise.number} {path.parent.name}/{path.stem}", Counts())
                code = versions.must_get(path, interpreter) if path.parent.name == "wrong" else None
                found.append(Row(exercise, path, code, counts))
    return found


def beside(options: argparse.Namespace) -> str:
    """How many busy programs, and what else, as the file of counts and the table name it."""
    return f"{options.busy} and bursts" if options.bursts else f"{options.busy}"


@contextmanager
def taken(options: argparse.Namespace) -> Iterator[None]:
    """The cores are wanted by others meanwhile."""
    with busy_programs(options.busy), bursts() if options.bursts else nullcontext():
        yield


def found_by_a_race(grader: Grader, row: Row) -> bool | None:
    """The mistake is one for a race to find, and no other check does. None: the machine was too busy to tell."""
    if row.expected is None or row.expected not in RACED:
        return row.expected is None
    untimed = grader.grade(row.exercise, row.path.read_bytes(), only="not timed")
    if untimed.verdict in (Verdict.INCONCLUSIVE, Verdict.ERROR):
        return None
    return untimed.diagnosis is None or untimed.diagnosis.code is not row.expected


def grade(grader: Grader, row: Row, options: argparse.Namespace) -> None:
    """One round of one attempt, if it is its turn."""
    counts = row.counts
    its_turn = counts.rounds % STRUCTURAL_EVERY == 0 and not options.only_raced
    if options.all_checks or counts.raced is not False or its_turn:
        started_s = time.perf_counter()
        only = "timed" if counts.raced and not options.all_checks else ""
        options.record(f"{row.exercise.number} {row.path.parent.name}/{row.path.stem}", row.expected)
        result = grader.grade(row.exercise, row.path.read_bytes(), only)
        counts.add(result, time.perf_counter() - started_s, row.expected)
    counts.rounds += 1


def in_turn(rows: list[Row], grader: Grader, options: argparse.Namespace) -> None:
    """One round, one attempt after the other."""
    for row in rows:
        if options.goes_on():
            grade(grader, row, options)


def as_class(rows: list[Row], options: argparse.Namespace) -> None:
    """One round, by `checker grade`; what one of them took is its share of the whole."""
    if not rows or not options.goes_on():
        return
    files = {f"{letters(n)}_{row.exercise.number}{row.path.suffix}": row for n, row in enumerate(rows)}
    with tempfile.TemporaryDirectory(prefix="kata-verdicts-", ignore_cleanup_errors=True) as folder:
        room = Room(Path(folder), {name: row.path.read_bytes() for name, row in files.items()})
        started_s = time.perf_counter()
        room.start(*(["--python", options.python] if options.python else [])).wait()
        each_s, results = (time.perf_counter() - started_s) / len(rows), room.results()
    for name, row in files.items():
        *_, result = results[Path(name).stem.replace("_", " ")]
        row.counts.add(result, each_s, row.expected)
        row.counts.rounds += 1


def measure(a_round: Callable[[list[Row]], None], table: list[Row], kept: Kept, options: argparse.Namespace) -> None:
    """Round by round, so that a slow drift of the machine meets all of them; until each row has had its rounds."""
    for turn in range(options.rounds):
        a_round([row for row in table if row.counts.rounds <= turn])
        if options.counts is not None:
            options.counts.write_bytes(in_lines(kept))
        wrong = sum(row.wrong for row in table)
        print(f"round {turn + 1} of {options.rounds}: {wrong} wrong verdicts so far", file=sys.stderr, flush=True)


COLUMNS = "{:2} {:38.38} {:15} {:>5} {:>5} {:>5} {:>5} {:>6}  {}"


def print_table(table: list[Row]) -> None:
    print(COLUMNS.format("", "attempt", "must get", "pass", "fail", "open", "WRONG", "s each", "diagnoses"))
    for row in table:
        counts, times = row.counts, sum(row.counts.verdicts.values())
        name = f"{row.path.parent.name}/{row.path.stem}"
        codes = ", ".join(
            f"{code} {number}" for code, number in sorted(counts.codes.items(), key=lambda each: -each[1])
        )
        print(
            COLUMNS.format(
                row.exercise.number, name, str(row.expected or "passed"), counts.of(Verdict.PASSED),
                counts.of(Verdict.FAILED), counts.of(Verdict.INCONCLUSIVE, Verdict.ERROR), row.wrong,
                f"{counts.seconds / max(times, 1):.1f}", codes,
            )
        )  # fmt: skip


def print_sums(table: list[Row], busy: str) -> None:
    """One line a load."""
    right, wrong = [row for row in table if row.expected is None], [row for row in table if row.expected is not None]
    undecided = (Verdict.INCONCLUSIVE, Verdict.ERROR)
    print(
        f"beside {busy}: right: {sum(sum(row.counts.verdicts.values()) for row in right)} verdicts, "
        f"{sum(row.wrong for row in right)} failed, {sum(row.counts.of(*undecided) for row in right)} open; "
        f"wrong: {sum(sum(row.counts.verdicts.values()) for row in wrong)} verdicts, "
        f"{sum(row.wrong for row in wrong)} passed, {sum(row.counts.of(*undecided) for row in wrong)} open, "
        f"{sum(row.told_otherwise for row in wrong)} with another diagnosis than named"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default="", metavar="NAME", help="run attempts on another interpreter")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--busy", type=int, default=0, help="busy programs beside")
    parser.add_argument("--bursts", action="store_true", help="cores are taken away for up to half a second")
    parser.add_argument("--only-raced", action="store_true", help="leave out what other checks than races find")
    parser.add_argument("--company", dest="at_a_time", action="store_const", const=None, default=1,
                        help="all checks of an attempt at the same time, as a learner's pytest does")  # fmt: skip
    parser.add_argument("--class", dest="as_class", action="store_true", help="each round is one `checker grade`")
    parser.add_argument("--all-checks", action="store_true", help="everything, in every round")
    parser.add_argument("--minutes", type=float, default=600, help="begin nothing after so many")
    parser.add_argument("--counts", type=Path, metavar="FILE", help="go on from these counts, and keep them here")
    parser.add_argument("--evidence", type=Path, metavar="FOLDER", help="record each race here, for constants.py")
    parser.add_argument("--exercise", action="append", default=[], metavar="NN")
    parser.add_argument("--attempt", action="append", default=[], metavar="NAME", help="the file's name without .py")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    stopped, end_s = Event(), time.monotonic() + 60 * options.minutes
    options.goes_on = lambda: not stopped.is_set() and time.monotonic() < end_s
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())  # ends with the table of what was measured until then
    known = options.counts is not None and options.counts.is_file()
    kept = msgspec.json.decode(options.counts.read_bytes(), type=Kept) if known else {}
    interpreter = trial.tried(options.python) if options.python else None
    table = rows(options, interpreter, kept)
    if options.as_class:
        with taken(options):
            measure(partial(as_class, options=options), table, kept, options)
    else:
        one_by_one(table, kept, interpreter, options)
    print(f"\n{options.rounds} rounds, {beside(options)} busy programs, {(interpreter or interpreters.own()).name}")
    print_table([row for row in table if row.counts.verdicts])
    print_sums(table, beside(options))


def one_by_one(table: list[Row], kept: Kept, interpreter: Interpreter | None, options: argparse.Namespace) -> None:
    """All rounds, in one grader."""
    with (
        Grader(width=options.at_a_time, interpreter=interpreter) as grader,
        recorder(options.evidence) as options.record,
    ):
        for row in table:
            if row.counts.raced is None:
                row.counts.raced = found_by_a_race(grader, row)
        with taken(options):
            measure(partial(in_turn, grader=grader, options=options), table, kept, options)


if __name__ == "__main__":
    main()
