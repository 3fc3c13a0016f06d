"""Finds the learners of another roster, or an earlier one, under another id, name or address in this one. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

import msgspec

from checker.classroom.people import NUMBERED, folded, in_order, unique
from checker.classroom.roster import EMAILS, IDENTIFIERS, IDS, LOGINS, by_column, values
from checker.gradebook.handins import Submission
from checker.report.model import Learner

Key = tuple[str, str]
"""The kind of a value, such as its column, and the value."""
Numbers = Mapping[str, Set[str]]
"""Moodle's numbers of everybody who handed in, by exercise."""


def joined(ours: Sequence[Learner], theirs: Sequence[Learner], is_same_list: bool) -> dict[str, str]:
    """Our ids of those learners of `theirs` who have another id here, by their ids.

    They have an id, a login or an address in common with ours, and differ in none. On Moodle, whose numbers are new in
    each assignment, the full name tells, if each roster has it once. `is_same_list`: the numbers may be of one
    assignment, where two numbers are two people.
    """
    index = _index(ours, is_by_name=not is_same_list)
    ids, there = {each.id for each in ours}, {each.id for each in theirs}
    found: dict[str, str] = {}
    for learner in theirs:
        same = _same(index, learner) if learner.id not in ids else None
        if same is not None and same.id not in there:
            found[learner.id] = same.id
    claimed = Counter(found.values())
    return {each: own for each, own in found.items() if claimed[own] == 1}


def followed(learners: Sequence[Learner], former: Sequence[Learner]) -> tuple[list[Learner], list[Learner]]:
    """Rows of earlier rosters under today's ids; and the rows of those who are not in today's roster.

    The same id is the same person, unless both the name and the address differ: some ids only count rows.
    """
    today, index = {each.id: each for each in learners}, _index(learners, is_by_name=False) if former else {}
    kept, gone = [], []
    for row in former:
        own = today.get(row.id)
        same = _same(index, row) if own is None else own if _may_be_same(own, row) else None
        if same is not None:
            kept.append(msgspec.structs.replace(row, id=same.id))
        else:
            gone.append(row)
    return kept, gone


def _may_be_same(one: Learner, other: Learner) -> bool:
    is_named_otherwise = bool(one.name and other.name) and in_order(one.name) != in_order(other.name)
    return not is_named_otherwise or folded(one.email) == folded(other.email) != ""


def numbers(submissions: Sequence[Submission]) -> Numbers:
    """Moodle's numbers of the people who handed these in."""
    found: dict[str, set[str]] = defaultdict(set)
    for submission in submissions:
        own = {each for one in submission.people if one.platform == "moodle" for each in (one.number, *one.earlier)}
        for attempt in submission.attempts:
            found[attempt.exercise] |= own
    return found


def may_be_same_list(ours: Numbers, theirs: Numbers) -> bool:
    """Whether an exercise is in both, from different people: then both may be parts of one assignment."""
    return any(ours[each].isdisjoint(theirs[each]) for each in ours.keys() & theirs.keys())


def _index(learners: Sequence[Learner], is_by_name: bool) -> Mapping[Key, list[Learner]]:
    index: dict[Key, list[Learner]] = {}
    for learner in learners:
        for key in _keys(learner, is_by_name):
            index.setdefault(key, []).append(learner)
    return index


def _same(index: Mapping[Key, list[Learner]], learner: Learner) -> Learner | None:
    likely = unique([each for key in _keys(learner, is_by_name=True) for each in index.get(key, [])])
    same = [each for each in likely if not _differ(each, learner)]
    return same[0] if len(same) == 1 else None


def _keys(learner: Learner, is_by_name: bool) -> list[Key]:
    name = in_order(learner.name)
    is_numbered = any(NUMBERED.fullmatch(folded(each)) for each in values(learner, IDENTIFIERS))
    named = [("full name", name)] if is_by_name and is_numbered and name else []
    return [*_identifying(learner).items(), *named]


def _identifying(learner: Learner) -> dict[str, str]:
    """A learner's values that nobody else can have, without Moodle's numbers, by column."""
    said = by_column(learner, (*IDS, *LOGINS)) | {EMAILS[0]: learner.email}
    found = {column: folded(value) for column, value in said.items()}
    return {column: value for column, value in found.items() if value and not NUMBERED.fullmatch(value)}


def _differ(one: Learner, other: Learner) -> bool:
    first, second = _identifying(one), _identifying(other)
    return any(first[column] != second[column] for column in first.keys() & second.keys())
