"""The marks of each submission, as the course counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from checker.classroom.course import Course, Decided
from checker.classroom.submissions import names
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.model.answer import AttemptResult
from checker.report import sheet
from checker.report.model import Grading, Lateness, Learner, Past, SubmissionResult

LONGEST_NAME = 30
Results = Mapping[str, AttemptResult | None]
"""By exercise; None: handed in, and not graded yet."""


class Graded:
    """The results of a course's exercises, weighed. Each is read from the gradebook once."""

    def __init__(self, book: Gradebook, course: Course) -> None:
        self._book, self.course = book, course
        self._weighed: dict[str, AttemptResult | None] = {}
        self._gradings: dict[str, list[Grading]] = {}
        self.results: dict[str, dict[str, AttemptResult | None]] = defaultdict(dict)
        """By submission and exercise: what counts."""
        for submission, exercise, key in book.read_handins():
            if exercise in course.exercises:
                self.results[submission][exercise] = self._result(key)
        self.history: dict[str, dict[str, list[Past]]] = defaultdict(lambda: defaultdict(list))
        """By submission and exercise: everything that was ever handed in."""
        appeals = Appeals(book)
        for submission, exercise, key, at in book.past():
            if exercise in course.exercises:
                result, why = self._result(key), appeals.of(submission, exercise, key)
                past = _past(at.isoformat(), result, self._gradings[key], why)
                self.history[submission][exercise].append(past)

    def _result(self, key: str) -> AttemptResult | None:
        if key not in self._weighed:
            results = [(when, self.course.weighed(each)) for when, each in self._book.history(key)]
            self._gradings[key] = [_grading(when, each) for when, each in results]
            self._weighed[key] = results[-1][1] if results else None
        return self._weighed[key]


class Appeals:
    """What was graded again because somebody asked for it. An appeal is about a text, whichever checks grade it."""

    def __init__(self, book: Gradebook) -> None:
        self._book, self._digests = book, book.digests()
        self._found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
        for submission, exercise, key, _, why in book.appeals():
            self._found[submission, exercise].append((self._text(key), key, why))

    def of(self, submission: str, exercise: str, key: str) -> list[str]:
        """The reasons, the oldest first."""
        return [why for _, why in self._all(submission, exercise, key)]

    def are_earlier(self, submission: str, exercise: str, key: str) -> bool:
        """Whether there are appeals, all of them about results of other checks."""
        keys = [each for each, _ in self._all(submission, exercise, key)]
        return bool(keys) and key not in keys

    def _all(self, submission: str, exercise: str, key: str) -> list[tuple[str, str]]:
        found = self._found.get((submission, exercise), [])
        text = self._text(key) if found else ""
        return [(each, why) for digest, each, why in found if digest == text]

    def _text(self, key: str) -> str:
        """The SHA-256 of the text that was graded under a key, even if no attempt has that key any more."""
        said = (result.attempt_sha256 for _, result in self._book.history(key))
        return next(filter(None, said), self._digests.get(key, key))


def _past(at: str, result: AttemptResult | None, gradings: list[Grading], appeals: list[str]) -> Past:
    if result is None:
        return Past(at=at, verdict=None, appeals=appeals)
    code = gradings[-1].code
    return Past(at=at, verdict=result.verdict, score=result.score, code=code, gradings=gradings, appeals=appeals)


def _grading(when: str, result: AttemptResult) -> Grading:
    code = str(result.diagnosis.code) if result.diagnosis is not None else ""
    return Grading(at=when, by=result.graded_by, verdict=result.verdict, score=result.score, code=code)


def of_all(
    graded: Graded,
    submissions: Iterable[Submission],
    whose: Mapping[str, Sequence[Learner | None]],
    undecided: Mapping[str, Sequence[str]],
) -> list[SubmissionResult]:
    """A row for each learner, with all of their submissions; and one for each submission that is nobody's.

    `whose`: by the names of submissions; one that is not in it is nobody's. `undecided`: by the ids of learners, the
    exercises at which something may be theirs: if they have nothing else, that is not absent.
    """
    rows: list[tuple[Learner | None, list[Submission]]] = []
    known: dict[str, list[list[Submission]]] = defaultdict(list)
    for each in submissions:
        for learner in whose.get(each.name, [None]):
            mine = known[learner.id] if learner is not None else []
            row = next((row for row in mine if not _compete(graded, each, row)), [])
            if not row:
                rows.append((learner, row))
                mine.append(row)
            row.append(each)
    return [_without_undecided(_of_row(graded, row, learner), undecided) for learner, row in rows]


def of_nothing(learner: Learner, course: Course, undecided: Mapping[str, Sequence[str]]) -> SubmissionResult:
    """The row of a learner without any submission, whose points were set by hand."""
    return _without_undecided(of(Submission(name=learner.id, attempts=[]), learner, {}, course), undecided)


def _without_undecided(row: SubmissionResult, undecided: Mapping[str, Sequence[str]]) -> SubmissionResult:
    """Without the results of what is absent, but may be among what is undecided."""
    exercises = undecided.get(row.learner.id, ()) if row.learner is not None else ()
    found = {each.exercise for each in row.exercises if sheet.is_absent(each) and each.exercise in exercises}
    rest = [each for each in row.exercises if each.exercise not in found]
    return msgspec.structs.replace(row, exercises=rest, undecided=sorted(found)) if found else row


def _compete(graded: Graded, submission: Submission, others: Sequence[Submission]) -> bool:
    """Whether both have an exercise, as may be without a roster: then nobody knows which of them counts."""
    exercises = graded.results[submission.name].keys()
    return any(each is submission or not exercises.isdisjoint(graded.results[each.name]) for each in others)


def _of_row(graded: Graded, row: Sequence[Submission], learner: Learner | None) -> SubmissionResult:
    """The row of submissions that have no exercise in common."""
    if len(row) == 1:
        (only,) = row
        return of(only, learner, graded.results[only.name], graded.course, graded.history[only.name])
    parts = {exercise: each.name for each in row for exercise in graded.results[each.name]}
    newest_first = sorted(row, key=_newness)[::-1]
    together = msgspec.structs.replace(
        newest_first[0],
        name=" + ".join(each.name for each in row),
        attempts=[attempt for each in row for attempt in each.attempts if parts.get(attempt.exercise) == each.name],
        handed_in=max((each.handed_in for each in row if each.handed_in is not None), default=None),
    )
    found = {exercise: graded.results[name][exercise] for exercise, name in parts.items()}
    history: dict[str, list[Past]] = defaultdict(list)
    for exercise in sorted({number for each in row for number in graded.history[each.name]}):
        for each in sorted(row, key=lambda one: parts.get(exercise) == one.name):  # the attempt that counts comes last
            history[exercise] += graded.history[each.name].get(exercise, [])
    result = of(together, learner, found, graded.course, history)
    hand_backs = list(dict.fromkeys(name for each in newest_first for name in _hand_backs(each)))
    return msgspec.structs.replace(result, parts=parts, hand_backs=hand_backs)


def of(
    submission: Submission,
    learner: Learner | None,
    found: Results,
    course: Course,
    history: Mapping[str, list[Past]] | None = None,
) -> SubmissionResult:
    """One learner's row: a result for every exercise of the course, except those that are excused or not graded yet."""
    who = learner.id if learner is not None else submission.name
    excused = course.excused_from(who)
    counted = [number for number in course.numbers if number not in excused]
    by_hand = course.decided_of(who)
    timed = [each for each in submission.attempts if each.exercise not in by_hand]
    late_by = _late_by(timed, found, who, course)
    times = {each.exercise: each.handed_in for each in submission.attempts if each.handed_in and each.exercise in found}
    return SubmissionResult(
        submission=submission.name,
        exercises=[each for number in counted if (each := _result(number, found, course, by_hand)) is not None],
        learner=learner,
        handed_in=max(times.values(), key=datetime.fromisoformat, default=submission.handed_in),
        times=times,
        late=max(late_by.values(), key=lambda late: (late.penalty, late.days), default=None),
        late_by=late_by,
        takes_off=course.late.applies,
        excused=excused,
        history=dict(history or {}),
        hand_backs=_hand_backs(submission),
    )


def _result(number: str, found: Results, course: Course, by_hand: Mapping[str, Decided]) -> AttemptResult | None:
    result = found[number] if number in found else course.absent(number)
    return course.set_by_hand(result or course.absent(number), by_hand[number]) if number in by_hand else result


def _late_by(attempts: Sequence[HandIn], found: Results, who: str, course: Course) -> dict[str, Lateness]:
    lateness = {
        each.exercise: course.lateness(who, each.exercise, each.handed_in, each.is_marked_late)
        for each in attempts
        if each.exercise in found and not course.is_excused(who, each.exercise)
    }
    return {number: late for number, late in lateness.items() if late is not None}


def said(submission: Submission) -> Sequence[Learner | None]:
    """Without a roster: the people for whom the platform gives an id or an address; [None] if there are none."""
    people = [each for each in submission.people if each.sid or each.email]
    return [Learner(id=each.sid or each.email, name=each.name, email=each.email) for each in people] or [None]


def _hand_backs(submission: Submission) -> list[str]:
    """How names of feedback files begin so that the platforms know whose they are; one for each number, newest first.

    Moodle reads them in mod/assign/feedback/file/importziplib.php; Canvas finds the user, and the file that the
    feedback is about, by their numbers. Both ignore numbers of other assignments.
    """
    person = submission.people[0] if submission.people else Person(name="")
    name = re.sub(r"[\W_]+", "-", person.name)[:LONGEST_NAME]  # for people; platforms read the number
    if person.platform == "moodle" and person.number:
        return [f"{name}_{number}_assignfeedback_file_" for number in (person.number, *person.earlier)]
    if person.platform != "canvas":
        return []
    newest: dict[str, int] = {}
    for each in submission.attempts:
        newest[each.source] = max(newest.get(each.source, 0), names.serial(each))
    return [f"{name}_{person.number}_{number}_" for number in sorted({*newest.values()} - {0}, reverse=True)]


def _newness(submission: Submission) -> tuple[int, str]:
    return max(map(names.serial, submission.attempts), default=0), submission.handed_in or ""
