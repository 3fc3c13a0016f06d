"""The marks of each submission, as the course counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from checker.classroom.course import Course, known_by
from checker.classroom.submissions import names
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.model.answer import AttemptResult
from checker.report.model import Lateness, Learner, Past, SubmissionResult

LONGEST_NAME = 30
Results = Mapping[str, AttemptResult | None]
"""By exercise; None: handed in, and not graded yet."""


class Graded:
    """What was handed in of the exercises of a course, weighed. Each result is read from the gradebook once."""

    def __init__(self, book: Gradebook, course: Course) -> None:
        self._book, self._course = book, course
        self._weighed: dict[str, AttemptResult | None] = {}
        self.results: dict[str, dict[str, AttemptResult | None]] = defaultdict(dict)
        """By submission and exercise: what counts."""
        for submission, exercise, key in book.read_handins():
            if exercise in course.exercises:
                self.results[submission][exercise] = self._result(key)
        self.history: dict[str, dict[str, list[Past]]] = defaultdict(lambda: defaultdict(list))
        """By submission and exercise: everything that was ever handed in."""
        appeals: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for submission, exercise, key, _, why in book.appeals():
            appeals[submission, exercise, key].append(why)
        for submission, exercise, key, at in book.past():
            if exercise in course.exercises:
                past = _past(at.isoformat(), self._result(key), appeals[submission, exercise, key])
                self.history[submission][exercise].append(past)

    def _result(self, key: str) -> AttemptResult | None:
        if key not in self._weighed:
            latest = self._book.latest(key)
            self._weighed[key] = self._course.weighed(latest) if latest is not None else None
        return self._weighed[key]


def _past(at: str, result: AttemptResult | None, appeals: list[str]) -> Past:
    if result is None:
        return Past(at=at, verdict=None, appeals=appeals)
    code = str(result.diagnosis.code) if result.diagnosis is not None else ""
    return Past(at=at, verdict=result.verdict, score=result.score, code=code, appeals=appeals)


def of(
    submission: Submission,
    learner: Learner | None,
    found: Results,
    course: Course,
    history: Mapping[str, list[Past]] | None = None,
) -> SubmissionResult:
    """One learner's: a result for every exercise of the course but those that are excused or not graded yet."""
    who = known_by(submission.name, learner)
    excused = [number for number in course.numbers if course.is_excused(who, number)]
    counted = [number for number in course.numbers if number not in excused]
    late_by, hand_backs = _late_by(submission.attempts, found, who, course), _hand_backs(submission)
    return SubmissionResult(
        submission=submission.name,
        exercises=[each for number in counted if (each := _result(number, found, course)) is not None],
        learner=learner,
        handed_in=submission.handed_in,
        late=max(late_by.values(), key=lambda late: (late.penalty, late.days), default=None),
        late_by=late_by,
        takes_off=course.late.applies,
        excused=excused,
        history=dict(history or {}),
        hand_back=next(iter(hand_backs), ""),
        hand_backs=hand_backs,
    )


def _result(number: str, found: Results, course: Course) -> AttemptResult | None:
    return found[number] if number in found else course.absent(number)


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
        newest[each.source] = max(newest.get(each.source, 0), each.serial or _serial(each.path))
    return [f"{name}_{person.number}_{number}_" for number in sorted({*newest.values()} - {0}, reverse=True)]


def _serial(path: str) -> int:
    """For what an older checker kept."""
    named = names.canvas(PurePath(path).name)
    return named.serial if named is not None else 0
