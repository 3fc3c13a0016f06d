"""Enter what was handed in into a gradebook, grade it, and report what the gradebook knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import tzinfo
from hashlib import sha256
from pathlib import Path

import msgspec

from checker.catalog import SYNC
from checker.classroom import accommodations, counting, jobs, marks, matching, merging, people, roster, schedule
from checker.classroom.again import Earlier
from checker.classroom.course import Course
from checker.classroom.jobs import Job, Programs
from checker.classroom.matching import Matches
from checker.classroom.schedule import Machines
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.gradebook_file import GradebookError, decoded
from checker.gradebook.handins import Submission
from checker.model.answer import AttemptResult, Verdict
from checker.model.record import Record
from checker.report.model import ExerciseInfo, Learner, Machine, Report

REGRADE: dict[str, frozenset[Verdict]] = {
    "inconclusive": frozenset({Verdict.INCONCLUSIVE}),
    "error": frozenset({Verdict.ERROR}),
    "all": frozenset(Verdict),
}

ONE_PERSONS = "if both are one person's, grade one path after the other, into one --gradebook; else "
RENAME = "rename one, or use two gradebooks"
OURS = Programs()
"""The exercises that come with the checker, on the grader's own interpreter."""

Tell = Callable[[list[str], AttemptResult], None]
"""Called with the submissions that a result belongs to: identical attempts are graded once."""


class Wanted(Record):
    """An attempt that is to be graded."""

    key: str
    """By today's checks. The result is kept under that of the checks that gave it."""
    exercise: str
    digest: str
    """SHA-256 of the text: another run may replace what was handed in before this one reads it."""
    before: list[str] = msgspec.field(default_factory=list)
    """The keys under which it was handed in: the checks, or the interpreter, may have been others."""


class ClassworkError(Exception):
    """What was handed in cannot be told apart."""


def enter(
    book: Gradebook,
    submissions: Iterable[Submission],
    only: str | None = None,
    programs: Programs = OURS,
) -> set[tuple[str, str]]:
    """Put what was handed in into the gradebook. Raises ClassworkError.

    `only`: the number of the one exercise that was handed in; what is known of others stays as it is. Returns the
    (submission, exercise) of attempts with a time from an earlier run, which a list that is given now may replace.
    """
    earlier, places = Earlier(book, only), dict[str, str]()
    for found in submissions:
        submission = earlier.renamed(found)
        name, place = submission.name, submission.source
        if name in places:
            where = " and ".join(filter(None, {places[name]: "", place: ""}))
            told = f"two submissions are called {name}{where and f' (in {where})'}"
            raise ClassworkError(f"{told}: {ONE_PERSONS if place != places[name] else ''}{RENAME}")
        places[name] = place
        submission, keys = earlier.beside(submission)
        keys |= {
            each.exercise: jobs.job(each.exercise, each.text, programs).key
            for each in submission.attempts
            if each.exercise not in keys
        }
        book.enter(submission, keys, only)
    return earlier.dated


def date(
    book: Gradebook, zone: tzinfo, only: str | None = None, earlier: Collection[tuple[str, str]] = frozenset()
) -> None:
    """Give attempts that have no time of their own the time at which the roster says that their learner handed in.

    `zone`: of times that say none. `only`: the exercise that the roster's list is about; None: all. `earlier`: the
    (submission, exercise) of attempts with a time from an earlier run, which is replaced.
    """
    times = {each.id: when for each in book.roster() if (when := roster.handed_in(each, zone)) is not None}
    submissions = book.submissions() if times else []
    learners = matches(book, submissions).learners
    for submission in submissions:
        whose = learners.get(submission.name, [])
        when = max((times[each.id] for each in whose if each.id in times), default=None)
        if when is None or people.is_another_list(whose, submission.people):
            continue
        again = {each.exercise for each in submission.attempts if (submission.name, each.exercise) in earlier}
        dated = [
            msgspec.structs.replace(each, handed_in=when)
            if (each.handed_in is None or each.exercise in again) and each.exercise == (only or each.exercise)
            else each
            for each in submission.attempts
        ]
        if dated != submission.attempts:
            handed_in = when if again else submission.handed_in or when
            book.amend(msgspec.structs.replace(submission, attempts=dated, handed_in=handed_in))


def matches(book: Gradebook, submissions: Sequence[Submission]) -> Matches:
    """Whose the submissions are. An exercise without a file that may be read does not compete with another's.

    Raises GradebookError.
    """
    return _matched(book, submissions, book.roster(), course_of(book))[0]


def _matched(
    book: Gradebook, submissions: Sequence[Submission], enrolled: Sequence[Learner], course: Course
) -> tuple[Matches, list[str]]:
    """Whose the submissions are; and a sentence for each entry about owners that cannot be used."""
    read = {handed_in[:2] for handed_in in book.read_handins()}
    there = [[each for each in one.attempts if (one.name, each.exercise) in read] for one in submissions]
    bare = [msgspec.structs.replace(one, attempts=own) for one, own in zip(submissions, there, strict=True)]
    owners, unowned = accommodations.owners(course, enrolled, [each.name for each in submissions])
    return matching.match(enrolled, bare, book.former(), owners), unowned


def counted(book: Gradebook) -> list[tuple[str, str, str]]:
    """(submission, exercise, key) of the attempts at the course's exercises. An earlier course may have had others."""
    counts = course_of(book)
    return [each for each in book.read_handins() if each[1] in counts.exercises]


def todo(
    book: Gradebook, regrade: str | None, shard: tuple[int, int] = (1, 1), programs: Programs = OURS
) -> list[Wanted]:
    """Everything that is to be graded, each attempt once, always in the same order.

    `shard` (i, n): only the i-th of n parts, by key, so that all machines agree on who grades what. An attempt that was
    handed in under other checks, and has a result of today's already, counts by that from now on.
    """
    with book.writing():  # all of it as of one moment: another run may share the gradebook
        return sorted(_todo(book, regrade, shard, programs), key=lambda each: (each.exercise, each.key))


def _todo(book: Gradebook, regrade: str | None, shard: tuple[int, int], programs: Programs) -> Collection[Wanted]:
    known, graded, again = jobs.exercises(programs.further), book.verdicts(), REGRADE.get(regrade or "", frozenset())
    digests, (number, parts) = book.digests(), shard
    wanted: dict[str, Wanted] = {}

    def is_open(key: str) -> bool:
        return key not in graded or (bool(again) and has(book.latest(key), again))

    for exercise, before in sorted({(exercise, key) for _, exercise, key in counted(book) if exercise in known}):
        text = book.attempt(digests[before]) if is_open(before) else None
        if text is None:
            continue
        key = jobs.job(exercise, text, programs).key
        if not is_open(key):
            book.move(before, key)
        elif _shard_of(key, parts) == number:
            wanted.setdefault(key, Wanted(key=key, exercise=exercise, digest=digests[before])).before.append(before)
    return wanted.values()


def _shard_of(key: str, parts: int) -> int:
    """From 1 on. Keys are hashed again, because in a gradebook from elsewhere a key may be any text."""
    return int.from_bytes(sha256(key.encode()).digest()) % parts + 1


def has(result: AttemptResult | None, verdicts: Iterable[Verdict]) -> bool:
    """Whether the result or one of its checks has one of them: a failed result may hide a check that is not judged."""
    found = {result.verdict, *(check.verdict for check in result.checks)} if result is not None else set()
    return not found.isdisjoint(verdicts)


def grade(
    book: Gradebook,
    wanted: list[Wanted],
    machines: Machines,
    tell: Tell,
    programs: Programs = OURS,
) -> None:
    """Grade, and keep each result as soon as it is there, under the key of the checks that gave it."""
    owners, before = defaultdict[str, list[str]](list), dict[str, list[str]]()
    for submission, _, key in book.handins():
        owners[key].append(submission)

    def order(each: Wanted) -> Job:
        job = jobs.job(each.exercise, book.attempt(each.digest), programs)
        before[job.key] = each.before
        return job

    def keep(job: Job, result: AttemptResult) -> None:
        with book.writing():
            book.add(job.key, result)
            for key in before[job.key]:
                book.move(key, job.key)
        tell([submission for key in before[job.key] for submission in owners[key]], result)

    schedule.run(map(order, wanted), machines, keep)


def course_of(book: Gradebook) -> Course:
    """What counts in this gradebook. Raises GradebookError."""
    return counting.course(book.settings())


def machine_of(book: Gradebook) -> Machine:
    """The machine that graded last; this one, if the gradebook does not say. Raises GradebookError."""
    said = book.settings().get("machine")
    return decoded(said.encode(), Machine) if said is not None else Machine.here()


def take(book: Gradebook, path: Path) -> merging.Merged:
    """Merge another gradebook; not at all, if this one could not be read any more then. Raises GradebookError."""
    try:
        with book.writing():
            merged = merging.merge(book, path)
            course_of(book)
            machine_of(book)
    except GradebookError as error:
        raise GradebookError(f"{path} is not taken: {error}") from error
    return merged


def report(book: Gradebook) -> Report:
    """Everything that the gradebook knows now, with what is absent, and without what is not graded yet."""
    handed_in, enrolled, course = book.submissions(), book.roster(), course_of(book)
    found, unowned = _matched(book, handed_in, enrolled, course)
    whose = found.learners if enrolled else {each.name: marks.said(each) for each in handed_in}
    pairs = [(each, learner) for each in handed_in for learner in whose.get(each.name, [None])]
    counts, unmeant = accommodations.resolved(course, enrolled, pairs)
    without = [*found.missing, *found.claimed]
    by_hand = [each for each in without if counts.decided_of(each.id)]
    excused = {each.id: counts.excused_from(each.id) for each in without}
    unmeant += unowned
    return Report(
        machine=machine_of(book),
        submissions=[
            *marks.of_all(marks.Graded(book, counts), handed_in, whose, found.undecided),
            *(marks.of_nothing(each, counts, found.undecided) for each in by_hand),
        ],
        exercises=_exercise_infos(counts),
        missing=[each for each in found.missing if each not in by_hand],
        claimed=[each for each in found.claimed if each not in by_hand],
        undecided={
            each.id: sorted({*found.undecided.get(each.id, ())} & {*counts.numbers} - {*excused[each.id]})
            for each in found.claimed
        },
        excused={learner: numbers for learner, numbers in excused.items() if numbers},
        ambiguous=found.ambiguous,
        former=found.former,
        unmeant=unmeant,
        leftovers=[
            *(("", each.path, each.why) for each in book.left_out()),
            *(("", accommodations.COURSE, why) for why in unmeant),
            *((name, name, why) for name, why in found.ambiguous.items()),
            *((each.name, left.path, left.why) for each in handed_in for left in each.ignored),
        ],
        attempts=book.texts(),
    )


def _exercise_infos(counts: Course) -> list[ExerciseInfo]:
    known = jobs.exercises(counts.further)
    return [
        ExerciseInfo.of(each, counts.max_score(each.number), (each.folder / SYNC).read_text("utf-8"))
        for each in (known[number] for number in counts.numbers if number in known)
    ]
