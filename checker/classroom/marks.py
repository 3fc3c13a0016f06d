"""The marks of each submission, as the course counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from checker.classroom.course import Course, Decided, known_by
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
    """What was handed in of the exercises of a course, weighed. Each result is read from the gradebook once."""

    def __init__(self, book: Gradebook, course: Course) -> None:
        self._book, self._course = book, course
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
            results = [(when, self._course.weighed(each)) for when, each in self._book.history(key)]
            self._gradings[key] = [_grading(when, each) for when, each in results]
            self._weighed[key] = results[-1][1] if results else None
        return self._weighed[key]


class Appeals:
    """What was graded again because somebody asked for it. An appeal is about a text, whatever checks grade that."""

    def __init__(self, book: Gradebook) -> None:
        self._book, self._digests = book, book.digests()
        self._found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
        for submission, exercise, key, _, why in book.appeals():
            self._found[submission, exercise].append((self._text(key), key, why))

    def of(self, submission: str, exercise: str, key: str) -> list[str]:
        """The reasons, the oldest first."""
        return [why for _, why in self._all(submission, exercise, key)]

    def are_earlier(self, submission: str, exercise: str, key: str) -> bool:
        """Whether there are appeals, and all of them are about results of other checks."""
        keys = [each for each, _ in self._all(submission, exercise, key)]
        return bool(keys) and key not in keys

    def _all(self, submission: str, exercise: str, key: str) -> list[tuple[str, str]]:
        found = self._found.get((submission, exercise), [])
        text = self._text(key) if found else ""
        return [(each, why) for digest, each, why in found if digest == text]

    def _text(self, key: str) -> str:
        """The SHA-256 of what was graded under a key, also if nothing is any more."""
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
    course: Course,
    undecided: Mapping[str, Sequence[str]] | None = None,
) -> list[SubmissionResult]:
    """One for each learner, of all that is the learner's; and one for each submission that is nobody's.

    `whose`: by the names of submissions; what is not in it is nobody's. `undecided`: by the ids of learners, exercises
    at which something may be theirs: it is not absent, where they have nothing else.
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
    results = [_of_row(graded, row, learner, course) for learner, row in rows]
    return [_without(each, undecided or {}) for each in results]


def of_nothing(learner: Learner, course: Course, undecided: Mapping[str, Sequence[str]]) -> SubmissionResult:
    """The row of somebody of whom nothing is here, where points were set by hand."""
    return _without(of(Submission(name=learner.id, attempts=[]), learner, {}, course), undecided)


def _without(row: SubmissionResult, undecided: Mapping[str, Sequence[str]]) -> SubmissionResult:
    """Without a result of what is absent and may be somewhere."""
    exercises = undecided.get(row.learner.id, ()) if row.learner is not None else ()
    found = {each.exercise for each in row.exercises if sheet.is_absent(each) and each.exercise in exercises}
    rest = [each for each in row.exercises if each.exercise not in found]
    return msgspec.structs.replace(row, exercises=rest, undecided=sorted(found)) if found else row


def _compete(graded: Graded, submission: Submission, others: Sequence[Submission]) -> bool:
    """Both have an exercise, as may be where there is no roster: then nobody knows which of them counts."""
    exercises = graded.results[submission.name].keys()
    return any(each is submission or not exercises.isdisjoint(graded.results[each.name]) for each in others)


def _of_row(graded: Graded, row: Sequence[Submission], learner: Learner | None, course: Course) -> SubmissionResult:
    """Of submissions that have no exercise in common."""
    if len(row) == 1:
        (only,) = row
        return of(only, learner, graded.results[only.name], course, graded.history[only.name])
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
        for each in sorted(row, key=lambda one: parts.get(exercise) == one.name):  # what counts is the last
            history[exercise] += graded.history[each.name].get(exercise, [])
    result = of(together, learner, found, course, history)
    hand_backs = list(dict.fromkeys(name for each in newest_first for name in _hand_backs(each)))
    return msgspec.structs.replace(result, parts=parts, hand_backs=hand_backs)


def of(
    submission: Submission,
    learner: Learner | None,
    found: Results,
    course: Course,
    history: Mapping[str, list[Past]] | None = None,
) -> SubmissionResult:
    """One learner's: a result for every exercise of the course but those that are excused or not graded yet."""
    who = known_by(submission.name, learner)
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


def _late_by(attempts: Sequence[HandIn], found: Results, who: list[str], course: Course) -> dict[str, Lateness]:
    lateness = {
        each.exercise: course.lateness(who, each.exercise, each.handed_in, each.is_marked_late)
        for each in attempts
        if each.exercise in found and not course.is_excused(who, each.exercise)
    }
    return {number: late for number, late in lateness.items() if late is not None}


def said(submission: Submission) -> Sequence[Learner | None]:
    """Without a roster: whom the platform names, if it does more than that."""
    people = [each for each in submission.people if each.sid or each.email]
    return [Learner(id=each.sid or each.email, name=each.name, email=each.email) for each in people] or [None]


def _hand_backs(submission: Submission) -> list[str]:
    """As the platforms read the names of feedback files: Moodle's mod/assign/feedback/file/importziplib.php, and
    Canvas, which finds the user and the file that it is about by their numbers. A number of another assignment is
    ignored by both, so there is one for each, the newest first.
    """
    person = submission.people[0] if submission.people else Person(name="")
    name = re.sub(r"[\W_]+", "-", person.name)[:LONGEST_NAME]  # for people; the number is what is read
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
