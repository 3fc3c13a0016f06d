"""Who of another roster is in this one already, under another id. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from checker.classroom.people import BLIND, folded, in_order, unique
from checker.classroom.roster import EMAILS, IDENTIFIERS, IDS, LOGINS, by_column, values
from checker.gradebook.handins import Submission
from checker.report.model import Learner

NUMBERED = re.compile(rf"{BLIND} \d+")
Key = tuple[str, str]
"""What a value is, and the value."""
Numbers = Mapping[str, Set[str]]
"""Moodle's, of everybody who handed in, by exercise."""


def joined(ours: Sequence[Learner], theirs: Sequence[Learner], is_same_list: bool) -> dict[str, str]:
    """The ids here of those who have another one there.

    They have an id, a login or an address in common, and differ in none. On Moodle, whose numbers are new in each
    assignment, the full name tells, if each roster has it once. `is_same_list`: the numbers may be of one assignment,
    in which who has two numbers is two people.
    """
    index: dict[Key, list[Learner]] = defaultdict(list)
    for learner in ours:
        for key in _keys(learner, not is_same_list):
            index[key].append(learner)
    ids, there = {each.id for each in ours}, {each.id for each in theirs}
    found: dict[str, str] = {}
    for learner in theirs:
        likely = unique([each for key in _keys(learner, not is_same_list) for each in index.get(key, [])])
        same = [each for each in likely if not _differ(each, learner)]
        if learner.id not in ids and len(same) == 1 and same[0].id not in there:
            found[learner.id] = same[0].id
    claimed = Counter(found.values())
    return {each: own for each, own in found.items() if claimed[own] == 1}


def numbers(submissions: Sequence[Submission]) -> Numbers:
    """Of what these handed in."""
    found: dict[str, set[str]] = defaultdict(set)
    for submission in submissions:
        own = {each for one in submission.people if one.platform == "moodle" for each in (one.number, *one.earlier)}
        for attempt in submission.attempts:
            found[attempt.exercise] |= own
    return found


def may_be_same_list(ours: Numbers, theirs: Numbers) -> bool:
    """Whether an exercise is in both, from different people: then both may be parts of one assignment's list."""
    return any(ours[each].isdisjoint(theirs[each]) for each in ours.keys() & theirs.keys())


def _keys(learner: Learner, is_by_name: bool) -> list[Key]:
    name = in_order(learner.name)
    is_numbered = any(NUMBERED.fullmatch(folded(each)) for each in values(learner, IDENTIFIERS))
    named = [("full name", name)] if is_by_name and is_numbered and name else []
    return [*_unique(learner).items(), *named]


def _unique(learner: Learner) -> dict[str, str]:
    """What is one person's only, but for Moodle's numbers, by what it is."""
    said = by_column(learner, (*IDS, *LOGINS)) | {EMAILS[0]: learner.email}
    found = {column: folded(value) for column, value in said.items()}
    return {column: value for column, value in found.items() if value and not NUMBERED.fullmatch(value)}


def _differ(one: Learner, other: Learner) -> bool:
    first, second = _unique(one), _unique(other)
    return any(first[column] != second[column] for column in first.keys() & second.keys())
