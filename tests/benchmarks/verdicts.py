"""Error rates: grade every right and wrong attempt again and again, with busy programs beside.

    python tests/benchmarks/verdicts.py --rounds 30 --busy 4 --counts counts.json

In every round, right attempts are put through all checks, and wrong ones whose mistake the race must find are raced.
Wrong ones that another check finds (a leak, an order) are put through all checks in every sixth round; with
--all-checks, everything is in every round, and with --only-raced, there is nothing but races. With --class, a round is
one `checker grade` of them all: everything is put through all checks, as many at a time as a class is. With
--graders 16, so many attempts are graded at the same time, as in tests/test_attempts.py: each is beside fifteen others.
What races for cores is left out then. With --late 0.1, a tenth of the world's answers is late as well, by 0.1 to 0.3 s:
what rests on luck shows soon.
A verdict is wrong when a right attempt fails or a wrong one passes; inconclusive is neither. With --counts, what was
counted is kept after each round, and a later run goes on from there.
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
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import Event

import msgspec

from checker import catalog
from checker.authoring import attempts
from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.model.interpreter import Interpreter
from checker.process import interpreters, trial
from checker.session.grader import Grader

sys.path.append(str(Path(__file__).parents[2]))  # run as a file, it would not find the tests' own modules
from tests import test_attempts, versions
from tests.benchmarks import late
from tests.benchmarks.constants import recorder
from tests.benchmarks.counts import Counts, Kept, Row, in_lines, print_sums, print_table
from tests.benchmarks.load import bursts, busy_programs
from tests.benchmarks.room import Room, letters

Graded = Callable[[Row, str], AttemptResult]
"""Puts an attempt through some of its checks."""

ATTEMPTS = Path(__file__).parent.parent / "attempts"
RACED = {Code.SERIAL, Code.UNDER_USED, Code.BLOCKS_LOOP, Code.GIL_BOUND, Code.WORK_MULTIPLIED, Code.LATE, Code.TOO_FAST}
"""What a race may find. Whether it is the race that finds it in an attempt is tried out: another check may, too."""
STRUCTURAL_EVERY = 6


def rows(options: argparse.Namespace, interpreter: Interpreter | None, kept: Kept) -> list[Row]:
    """Every attempt of tests/attempts, with the code that a wrong one must get."""
    found, where = [], f"{interpreter.name}: {beside(options)}" if interpreter is not None else beside(options)
    for exercise in catalog.load_all(catalog.own_exercises()):
        if options.exercise and exercise.number not in options.exercise:
            continue
        if options.graders and exercise.bound_by == "cpu":
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
    others = f"+{options.graders - 1}" if options.graders else ""
    also = [" and bursts"] * options.bursts + [f" and {options.late:.0%} late answers"] * (options.late > 0)
    return f"{options.busy}{others}{''.join(also)}"


@contextmanager
def taken(options: argparse.Namespace) -> Iterator[None]:
    """The cores are wanted by others meanwhile."""
    with busy_programs(options.busy), bursts() if options.bursts else nullcontext():
        yield


def try_out(graded: Graded, row: Row) -> None:
    """Find out whether the mistake is one for a race to find, and no other check does; a busy machine may not tell."""
    counts, expected = row.counts, row.expected
    if counts.raced is not None:
        return
    if expected is None or expected not in RACED:
        counts.raced = expected is None
        return
    untimed = graded(row, "not timed")
    if untimed.verdict not in (Verdict.INCONCLUSIVE, Verdict.ERROR):
        counts.raced = untimed.diagnosis is None or untimed.diagnosis.code is not expected


def checks(row: Row, options: argparse.Namespace) -> str | None:
    """Those that it is put through in this round, as `Grader.grade` names them; None: it is not its turn."""
    if options.only_raced:
        return "timed" if row.counts.raced is not False else None
    if options.all_checks or row.expected is None:
        return ""
    if row.counts.raced:
        return "timed"
    return "" if row.counts.raced is None or row.counts.rounds % STRUCTURAL_EVERY == 0 else None


def grade(graded: Graded, options: argparse.Namespace, row: Row) -> None:
    """One round of one attempt, if it is its turn."""
    if not options.goes_on():
        return
    only = checks(row, options)
    if only is not None:
        started_s = time.perf_counter()
        options.record(f"{row.exercise.number} {row.path.parent.name}/{row.path.stem}", row.expected)
        row.counts.add(graded(row, only), time.perf_counter() - started_s, row.expected)
    row.counts.rounds += 1


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
    parser.add_argument("--graders", type=int, default=0, metavar="N", help="N at a time, but what races for cores")
    parser.add_argument(
        "--late", type=float, default=0.0, metavar="SHARE", help="of the answers that are late (--graders)"
    )
    parser.add_argument("--all-checks", action="store_true", help="everything, in every round")
    parser.add_argument("--minutes", type=float, default=600, help="begin nothing after so many")
    parser.add_argument("--counts", type=Path, metavar="FILE", help="go on from these counts, and keep them here")
    parser.add_argument("--evidence", type=Path, metavar="FOLDER", help="record each race here, for constants.py")
    parser.add_argument("--exercise", action="append", default=[], metavar="NN")
    parser.add_argument("--attempt", action="append", default=[], metavar="NAME", help="the file's name without .py")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    options.record = lambda *_: None
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
    elif options.graders:
        many_at_a_time(table, kept, interpreter, options)
    else:
        one_by_one(table, kept, interpreter, options)
    print(f"\n{options.rounds} rounds, {beside(options)} busy programs, {(interpreter or interpreters.own()).name}")
    print_table([row for row in table if row.counts.verdicts])
    print_sums(table, beside(options))


def many_at_a_time(table: list[Row], kept: Kept, interpreter: Interpreter | None, options: argparse.Namespace) -> None:
    """All rounds, in as many graders; those of one exercise apart from each other."""

    def graded(row: Row, only: str) -> AttemptResult:
        return pool.submit(late.graded, options.late, row.path, only).result()

    def a_round(rows: list[Row]) -> None:
        list(threads.map(partial(grade, graded, options), sorted(rows, key=lambda row: test_attempts.turn(row.path))))

    with (
        tempfile.TemporaryDirectory(prefix="kata-verdicts-") as built, ThreadPoolExecutor(options.graders) as threads,
        test_attempts.graders(options.graders, interpreter, Path(built)) as pool,
    ):  # fmt: skip
        list(threads.map(partial(try_out, graded), table))
        with taken(options):
            measure(a_round, table, kept, options)


def one_by_one(table: list[Row], kept: Kept, interpreter: Interpreter | None, options: argparse.Namespace) -> None:
    """All rounds, in one grader."""

    def graded(row: Row, only: str) -> AttemptResult:
        return grader.grade(row.exercise, row.path.read_bytes(), only)

    def a_round(rows: list[Row]) -> None:
        for row in rows:
            grade(graded, options, row)

    with (
        Grader(width=options.at_a_time, interpreter=interpreter) as grader,
        recorder(options.evidence) as options.record,
    ):
        for row in table:
            try_out(graded, row)
        with taken(options):
            measure(a_round, table, kept, options)


if __name__ == "__main__":
    main()
