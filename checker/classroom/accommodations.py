"""Which learners of the class a course means by its extensions, excuses, decisions and owners. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

import msgspec

from checker.classroom.course import Course, Decided, Excused, Extension
from checker.classroom.people import Known, called, folded, in_order, unique
from checker.gradebook.handins import Submission
from checker.report.model import Learner

COURSE = "course.toml"
WORDS = {Extension: "extension", Excused: "excuse", Decided: "decision"}
SAY = "say an id, an e-mail address, a login or a full name that only one learner has"
T = TypeVar("T", Extension, Excused, Decided)


def resolved(
    course: Course, roster: Sequence[Learner], whose: Sequence[tuple[Submission, Learner | None]]
) -> tuple[Course, list[str]]:
    """The course, with the id of the learner in each entry that means one; and a sentence for each other entry.

    An entry may also name a submission that is nobody's. If `roster` is empty, the class is everybody who handed in; a
    single submission is a learner's own run then, and gets no sentences, because the other entries are about others.
    """
    people = _People(roster or [learner for _, learner in whose if learner is not None])
    nobodys = {submission.name for submission, learner in whose if learner is None}
    told: list[str] = []

    def with_ids(entries: Sequence[T]) -> list[T]:
        found = []
        for entry in entries:
            meant = people.called(entry.learner)
            if len(meant) != 1 and entry.learner not in nobodys:
                told.append(f"the {WORDS[type(entry)]} of {entry.learner!r} {_why_not(meant)}; {SAY}")
            found.append(msgspec.structs.replace(entry, learner=meant[0].id) if len(meant) == 1 else entry)
        return found

    meant = msgspec.structs.replace(
        course,
        extensions=with_ids(course.extensions), excused=with_ids(course.excused), decided=with_ids(course.decided),
    )  # fmt: skip
    is_class = bool(roster) or len({submission.name for submission, _ in whose}) > 1
    return meant, list(dict.fromkeys(told)) if is_class else []


def owners(
    course: Course, roster: Sequence[Learner], submissions: Collection[str]
) -> tuple[dict[str, list[Learner]], list[str]]:
    """The owners that the course names, by submission; and a sentence for each entry that cannot be used."""
    people, found, told = _People(roster), dict[str, list[Learner]](), list[str]()
    for entry in course.owners:
        meant = [people.called(each) for each in entry.learners]
        strangers = [(key, who) for key, who in zip(entry.learners, meant, strict=True) if len(who) != 1]
        if not roster:
            told.append(f"the owners of {entry.submission!r} are of no use without a roster: say --roster")
        elif entry.submission not in submissions:
            told.append(f"the owners of {entry.submission!r} have no such submission: say what reports call it")
        elif strangers:
            told += [f"the owner {key!r} of {entry.submission!r} {_why_not(who)}; {SAY}" for key, who in strangers]
        else:
            found[entry.submission] = unique([each for who in meant for each in who])
    return found, list(dict.fromkeys(told))


def _why_not(meant: Sequence[Learner]) -> str:
    people = " or ".join(map(called, meant))
    return f"may mean {people}" if people else "means nobody of the class"


class _People:
    """The learners of a class, by every key that a course may use for them."""

    def __init__(self, learners: Sequence[Learner]) -> None:
        self._by_id = {each.id: each for each in learners}
        self._known = Known(learners)

    def called(self, key: str) -> list[Learner]:
        """Everybody whom a key may mean. If it is an id, nothing else counts, because marks are given by ids."""
        if key in self._by_id:
            return [self._by_id[key]]
        indices = (self._known.ids, self._known.emails, self._known.logins)
        found = [each for index in indices for each in index.get(folded(key), [])]
        return unique([*found, *self._known.names.get(in_order(key), [])])
