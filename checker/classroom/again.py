"""Submissions that come again: which one of the gradebook each is, and what it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, count

import msgspec

from checker.classroom import jobs
from checker.classroom.claims import group_on_canvas, otherwise
from checker.classroom.people import BLIND, Known, folded, in_order
from checker.classroom.submissions import names
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Ignored, Person, Submission

ANOTHER_PATH = "counts now, which another path brought"
ANOTHER_GRADEBOOK = "counts now, which another gradebook brought"
REPLACED = (ANOTHER_PATH, ANOTHER_GRADEBOOK)
"""How `Ignored.why` ends for an attempt that was taken once and is replaced now."""


class Earlier:
    """What is in a gradebook before a run, to find in it what the run brings again."""

    def __init__(self, book: Gradebook, only: str | None) -> None:
        """`only`: the number of the one exercise that is handed in."""
        self._book, self._only = book, only
        self._known = Known(book.roster())
        self._before = {each.name: each for each in book.submissions()}
        self._called = {key: each.name for each in self._before.values() for key in self._identities(each)}
        self._names: set[str] = set()
        self.dated: set[tuple[str, str]] = set()
        """(submission, exercise) of attempts without a time of their own, which keep that of an earlier run."""

    def is_same(self, found: Submission) -> bool:
        """Whether the gradebook's submission of this name is surely by the same people."""
        before = self._before.get(found.name)
        return before is not None and not {*self._identities(before)}.isdisjoint(self._identities(found))

    def renamed(self, found: Submission, brought: Sequence[str] | None = None) -> Submission:
        """The submission under its name in the gradebook: another download may have other namesakes, or none.

        `brought`: the numbers of its exercises; `only` is the one if it is not given.
        """
        keys = self._identities(found)
        known = next((self._called[key] for key in keys if key in self._called), None)
        known = known or self._by_full_name(found, brought) or self._by_canvas_number(found)
        name = found.name if self.is_same(found) else known
        if name is None or (name in self._names and found.name not in self._names):  # its own download tells them apart
            name = self._free_name(found)
        self._names.add(name)
        self._called |= dict.fromkeys(keys, name)
        earlier = self._before.get(name)
        people = with_numbers(found.people, earlier.people) if earlier is not None else found.people
        return msgspec.structs.replace(found, name=name, people=people)

    def beside(self, submission: Submission) -> tuple[Submission, dict[str, str]]:
        """The submission with what other paths brought and it does not have; and the keys of that, by exercise.

        Its own attempts count. An attempt of another path that one of them replaces is listed in `ignored`. A text
        that was handed in before keeps its time.
        """
        source, earlier = submission.source, self._before.get(submission.name)
        told = [
            msgspec.structs.replace(each, exercise=each.exercise or self._only or "", source=source)
            for each in submission.ignored
        ]
        new = {each.exercise: msgspec.structs.replace(each, source=source) for each in submission.attempts}
        if earlier is None:
            return msgspec.structs.replace(submission, attempts=list(new.values()), ignored=told), {}
        known = self._book.current(submission.name)
        was = {exercise: digest for exercise, (_, digest) in known.items()}
        now = {exercise: jobs.digest(each.text) for exercise, each in new.items()}
        before = [each for each in earlier.attempts if self._only in (None, each.exercise) and each.exercise in known]
        same = [each for each in before if now.get(each.exercise) == was[each.exercise] is not None]
        submission = self._dated(submission, new, same)
        changed = [each for each in before if now.get(each.exercise) not in (None, was[each.exercise])]
        others = [each for each in before if each.source != source and was[each.exercise] is not None]
        stays = [each for each in others if now.get(each.exercise) is None]
        replaced = [_replaced(each, new[each.exercise]) for each in others if each in changed]
        if not changed:  # the same again, as after Ctrl-C
            replaced = [each for each in earlier.ignored if each.why.endswith(REPLACED)]
        new |= {each.exercise: self._with_text(each, was[each.exercise]) for each in stays}
        attempts, told = [new[number] for number in sorted(new)], [*replaced, *told]
        ignored = [*told, *self._unsettled(earlier, submission, told)]
        keys = {each.exercise: known[each.exercise][0] for each in stays}
        return msgspec.structs.replace(submission, attempts=attempts, ignored=ignored), keys

    def _unsettled(self, earlier: Submission, now: Submission, told: Sequence[Ignored]) -> list[Ignored]:
        """What earlier runs did not take, unless this one settles it. `told`: what this run did not take."""
        again = {(each.source, each.path) for each in told}
        rest = [each for each in earlier.ignored if (each.source, each.path) not in again]
        stays = [each for each in rest if not self._is_settled(each, earlier, now)]
        return [msgspec.structs.replace(each, is_earlier=True) for each in stays]

    def _is_settled(self, ignored: Ignored, earlier: Submission, now: Submission) -> bool:
        """Whether this run settles it: it was about the same exercises, or looked for all of them at the same path."""
        about = {ignored.exercise} - {""} or {
            each.exercise for each in earlier.attempts if each.source == ignored.source
        }
        is_here = ignored.source in ("", now.source)
        if self._only is not None:
            return self._only == ignored.exercise or (is_here and not ignored.exercise)
        return is_here or about <= {each.exercise for each in now.attempts}

    def _dated(self, submission: Submission, new: dict[str, HandIn], before: Sequence[HandIn]) -> Submission:
        """With the earliest known time of each text that was handed in before.

        That time may come from a list that is not given this time; and a repository that is handed in again brings all
        of its texts again, changed or not.
        """
        dated = {}
        for each in before:
            again = new[each.exercise]
            if again.handed_in is None and each.handed_in is not None:
                dated[each.exercise] = each.handed_in
            new[each.exercise] = with_time(each, again)
        self.dated |= {(submission.name, number) for number in dated}
        handed_in = submission.handed_in or max(dated.values(), default=None)
        return msgspec.structs.replace(submission, handed_in=handed_in)

    def _with_text(self, attempt: HandIn, digest: str | None) -> HandIn:
        return msgspec.structs.replace(attempt, text=self._book.attempt(digest) if digest is not None else None)

    def _free_name(self, found: Submission) -> str:
        """A name that no other submission has."""
        before = self._before.get(found.name)
        if found.name not in self._names and (before is None or not before.people or not found.people):
            return found.name
        number = found.people[0].number if found.people else ""
        numbers = chain([number] if number else [], map(str, count(len(self._before) + 1)))
        names = (f"{found.name} ({each})" for each in numbers)
        return next(name for name in names if name not in self._before and name not in self._names)

    def _identities(self, submission: Submission) -> list[str]:
        """What identifies all of its people together; and the earlier assignments' numbers of its only person."""
        if not submission.people:
            return []
        whole = " & ".join(sorted(map(self._identity, submission.people)))
        return [whole, *(f"{person.platform} {number}" for person in submission.people for number in person.earlier)]

    def _identity(self, person: Person) -> str:
        """What identifies one person.

        A name that can be read in two ways has an identity of its own; without a roster, nobody knows whether it can.
        So has a group's work: its number is that of whichever member handed it in.
        """
        if person.platform == "canvas" and group_on_canvas(self._known, person):
            return f"canvas group {folded(person.name)}"
        if person.otherwise and (not self._known.learners or otherwise(self._known, person)):
            return f"{person.identity} or {', '.join(sorted(person.otherwise))}"
        return person.identity

    def _by_full_name(self, found: Submission, brought: Sequence[str] | None) -> str | None:
        """The name of the submission with the same full name. Moodle numbers people anew in each assignment.

        The roster must have the full name once. A submission that has this exercise already, from another number, is
        not replaced: it may be somebody else's.
        """
        meant = self._moodle_name(found.people)
        if brought is None:
            brought = [self._only] if self._only is not None else []
        if not brought or not meant:
            return None
        earlier = [each for each in self._before.values() if self._moodle_name(each.people) == meant]
        free = [each.name for each in earlier if all(attempt.exercise not in brought for attempt in each.attempts)]
        return free[0] if len(earlier) == len(free) == 1 else None

    def _by_canvas_number(self, found: Submission) -> str | None:
        """The name of the submission with the same number on Canvas, whose person has another name by now.

        They must share an exercise: without that, it may be the work of a group of which this person is a member.
        """
        number, exercises = self._canvas_number(found.people), {each.exercise for each in found.attempts}
        earlier = [each for each in self._before.values() if number and self._canvas_number(each.people) == number]
        same = [each.name for each in earlier if not exercises.isdisjoint(one.exercise for one in each.attempts)]
        return same[0] if len(same) == 1 else None

    def _canvas_number(self, people: Sequence[Person]) -> str:
        """The number, if it can only be one person's; else ""."""
        if len(people) != 1 or people[0].platform != "canvas" or self._identity(people[0]) != people[0].identity:
            return ""
        return people[0].number

    def _moodle_name(self, people: Sequence[Person]) -> str:
        """The full name, or the group's, if it can only be one person's or group's; else ""."""
        if len(people) != 1 or people[0].platform != "moodle" or not self._known.learners:
            return ""
        name = in_order(people[0].name)
        named = self._known.names.get(name, [])
        if not named:
            return name if folded(people[0].name) in self._known.groups else ""
        numbered = self._known.identifiers.get(f"{BLIND} {people[0].number}", named)
        return name if len(named) == 1 and numbered == named else ""


def _replaced(attempt: HandIn, by: HandIn) -> Ignored:
    why = f"{by.path} {ANOTHER_PATH}"
    return Ignored(path=attempt.path, why=why, exercise=attempt.exercise, source=by.source)


def with_time(before: HandIn, again: HandIn) -> HandIn:
    """`again`, which has the same text as `before`, with the earliest time that is known of the two."""
    earliest = min(filter(None, (again.handed_in, before.handed_in)), key=datetime.fromisoformat, default=None)
    return msgspec.structs.replace(again, handed_in=earliest, is_marked_late=_is_marked_late(before, again))


def _is_marked_late(before: HandIn, again: HandIn) -> bool:
    """Of two hand-ins of one text. Only a file that the platform has numbered says that it was in time."""
    was_in_time = names.serial(before) != 0 and not before.is_marked_late
    if names.serial(again) == 0:
        return before.is_marked_late
    return again.is_marked_late and not was_in_time


def with_numbers(people: Sequence[Person], before: Sequence[Person]) -> list[Person]:
    """`people`, with the numbers that the platform gave the same person in earlier assignments."""
    if len(people) != 1 or len(before) != 1 or people[0].platform != "moodle":
        return list(people)
    (person,), (other,) = people, before
    numbers = dict.fromkeys((*person.earlier, other.number, *other.earlier))
    return [msgspec.structs.replace(person, earlier=[each for each in numbers if each not in ("", person.number)])]
