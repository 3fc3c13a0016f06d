"""Whom what is said of a submission means, and how much that tells. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import PurePath

import msgspec

from checker.classroom.people import BLIND, Index, Known, folded, in_order, unique
from checker.gradebook.handins import Person, Submission
from checker.model.record import Record
from checker.report.model import Learner

BRANCHES = ("-main", "-master")
"""What GitHub adds to the name of a repository that is downloaded as a zip."""
BESIDE_OTHERS = 100
"""How much weaker a login is in the name of a repository, where most folders are not called like repositories."""
BY_HAND = -1
"""What the course says."""
BY_NAME, NEXT_KEY = 5, 10
"""How strong a claim by somebody's name is; and how much weaker each claim is by the next one of several keys."""
FORMER = 50
"""How much weaker a claim is by what only an earlier roster said."""


class Claim(Record):
    """Whom what is said of a submission means, and how much that tells."""

    strength: int
    """The strongest is 0, but for what the course says."""
    learners: list[Learner]
    is_group: bool = False
    """All of them are meant, not one of them."""
    is_former: bool = False
    """By what an earlier roster said of them."""
    is_news: bool = False
    """And today's does not mean them."""
    gone: list[Learner] = msgspec.field(default_factory=list)
    """Whom an earlier roster meant, where today's means nobody."""

    @property
    def plain(self) -> int:
        """How strong it was when it was made."""
        return self.strength - FORMER * self.is_former

    @property
    def means_somebody(self) -> bool:
        return len(self.learners) == 1 or self.is_group

    @property
    def is_by_name(self) -> bool:
        """By nothing that is unique: somebody else may be called like that."""
        return not self.is_group and (self.strength % NEXT_KEY == BY_NAME or self.strength >= BESIDE_OTHERS)


def of_all(known: Known, submissions: Sequence[Submission]) -> dict[str, list[Claim]]:
    """Whom each person of each submission means, by the submissions' names."""
    named = {each.name: [person.name for person in each.people if person.is_repository] for each in submissions}
    prefixes = _prefixes_of_all(known, submissions, named)
    whole = [name for names in named.values() for name in names]
    begin = [name for own, names in named.items() for name in names if prefixes[own] and name.startswith(prefixes[own])]
    weaker = 0 if 2 * len(begin) > len(whole) else BESIDE_OTHERS
    return {
        each.name: [_claim(known, person, (prefixes[each.name], weaker)) for person in each.people]
        for each in submissions
    }


def _claim(known: Known, person: Person, assignment: tuple[str, int]) -> Claim:
    """What an earlier roster said tells where today's says nothing, or has no more than the name."""
    found = _today(known, person, assignment)
    if known.former is not None and (not found.learners or found.is_by_name):
        before = _former(known, _today(known.former, person, assignment))
        if before.learners and (not found.learners or (before.means_somebody and not before.is_by_name)):
            return msgspec.structs.replace(before, is_news=unique(found.learners) != before.learners)
    if known.gone is not None and not found.learners:
        return msgspec.structs.replace(found, gone=unique(_today(known.gone, person, assignment).learners))
    return found


def _former(known: Known, claim: Claim) -> Claim:
    """What an earlier roster makes of it, of the learners of today."""
    ids = {each.id for each in claim.learners}
    own = [each for each in known.learners if each.id in ids]
    return msgspec.structs.replace(claim, strength=FORMER + claim.strength, learners=own, is_former=True)


def _today(known: Known, person: Person, assignment: tuple[str, int]) -> Claim:
    ways = {"canvas": _canvas, "moodle": _moodle, "gradescope": _gradescope}
    return ways[person.platform](known, person) if person.platform in ways else _plain(known, person, assignment)


def _canvas(known: Known, person: Person) -> Claim:
    """Its number of the user, if the roster is Canvas's; elsewhere a number may be somebody else's, and names count."""
    name, others = folded(person.name), otherwise(known, person)
    if known.is_from_canvas and not person.name.startswith("anon_"):
        if group := group_on_canvas(known, person):
            return Claim(strength=1, learners=group, is_group=True)
        return Claim(strength=0, learners=unique([*known.canvas_ids.get(folded(person.number), []), *others]))
    named = known.on_canvas.get(name) or known.names.get(name, [])
    both = [each for each in named if each in known.ids.get(folded(person.number), [])]
    if others:
        return Claim(strength=BY_NAME, learners=unique([*named, *others]))
    return Claim(strength=1, learners=both) if both else Claim(strength=BY_NAME, learners=named)


def group_on_canvas(known: Known, person: Person) -> list[Learner]:
    """The members of the group whose work it is, which has the number of one of them; [] if it is no group's."""
    group = known.groups_on_canvas.get(folded(person.name), [])
    return group if any(each in group for each in known.canvas_ids.get(folded(person.number), [])) else []


def otherwise(known: Known, person: Person) -> list[Learner]:
    """Whom of the roster the name of a file on Canvas means, too, if it is read in another way."""
    return [
        learner
        for number, other in person.otherwise.items()
        for learner in known.on_canvas.get(folded(other), [])
        if not known.is_from_canvas or learner in known.canvas_ids.get(folded(number), [])
    ]


def _moodle(known: Known, person: Person) -> Claim:
    """The participant's number, if the roster is of an assignment; else the full name, or a group's name.

    In another assignment, everybody has another number.
    """
    group = known.groups.get(folded(person.name), [])
    numbers = [f"{BLIND} {number}" for number in (person.number, *person.earlier)]
    found = next((known.identifiers[each] for each in numbers if each in known.identifiers), [])
    if found or folded(person.name) == BLIND:
        return Claim(strength=0, learners=found) if found or not group else _group(group)
    named = known.names.get(in_order(person.name), [])
    return Claim(strength=BY_NAME, learners=named) if named or not group else _group(group)


def _group(members: list[Learner]) -> Claim:
    """By its name, which is the weakest key: a learner may have the name of a group."""
    return Claim(strength=6, learners=members, is_group=True)


def _gradescope(known: Known, person: Person) -> Claim:
    for strength, index, key in ((0, known.ids, person.sid), (1, known.emails, person.email)):
        if key and folded(key) in index:
            return Claim(strength=strength, learners=index[folded(key)])
    return Claim(strength=BY_NAME, learners=known.names.get(in_order(person.name), []))


def _plain(known: Known, person: Person, assignment: tuple[str, int]) -> Claim:
    """What is left of a repository's name without the assignment is a login; the roster says whose, if it knows."""
    whole, (prefix, weaker) = person.name, assignment
    if person.is_repository and prefix and whole.startswith(prefix):
        found = _first(_logins(whole.removeprefix(prefix)), _levels_of_logins(known))
        return msgspec.structs.replace(found, strength=found.strength + weaker)
    keys = _logins(whole) if person.is_repository else [whole]
    found = _first(keys, [(0, known.github), *_levels(known)])
    group = known.groups.get(folded(whole), [])
    return found if found.learners or not group else _group(group)


def _levels(known: Known) -> list[tuple[int, Index]]:
    return [(1, known.ids), (2, known.emails), (3, known.logins), (4, known.locals), (BY_NAME, known.names)]


def _levels_of_logins(known: Known) -> list[tuple[int, Index]]:
    """Anybody may choose a login: where the roster says whose it is on GitHub, nothing else does."""
    if known.github:
        return [(0, known.github)]
    return [(1, known.logins), (2, known.emails), (3, known.locals), (4, known.ids), (BY_NAME, known.names)]


def _first(keys: Sequence[str], levels: Sequence[tuple[int, Index]]) -> Claim:
    """Whom the first of the levels that knows one of the keys means; a key that comes first is a stronger one."""
    for weaker, key in enumerate(keys):
        for strength, index in levels:
            found = index.get(folded(key)) or (index.get(in_order(key)) if strength == BY_NAME else None)
            if found:
                return Claim(strength=NEXT_KEY * weaker + strength, learners=found)
    return Claim(strength=0, learners=[])


def _logins(name: str) -> list[str]:
    """What may be the login: the name, or the name without a branch."""
    return [name, *(name.removesuffix(branch) for branch in BRANCHES if name.endswith(branch))]


# --- repositories ----------------------------------------------------------------------------------

PLACES: tuple[Callable[[Submission], str], ...] = (
    lambda submission: submission.source,
    lambda submission: str(PurePath(submission.source).parent),
    lambda _: "",
)
"""Where repositories of one assignment are: at one path, at paths beside each other, or anywhere."""


def _prefixes_of_all(known: Known, submissions: Sequence[Submission], named: dict[str, list[str]]) -> dict[str, str]:
    """What the assignment is called in the names of the repositories of each submission; "" where there is none.

    Each week may have an assignment, and a path, of its own. Who is alone at a path belongs to a class of another one
    whose repositories begin like that.
    """
    found: dict[str, str] = {}
    for place in PLACES:
        of_classes = sorted(set(filter(None, found.values())))
        rest: dict[str, list[str]] = defaultdict(list)
        for own, names, where in ((each.name, named[each.name], place(each)) for each in submissions):
            alike = [prefix for prefix in of_classes if any(name.startswith(prefix) for name in names)]
            if own not in found and alike:
                found[own] = _best(known, names, alike)
            elif own not in found:
                rest[where].append(own)
        for members in rest.values():
            names = [name for own in members for name in named[own]]
            prefix = _prefix(known, names)
            if place is PLACES[-1] or (prefix and sum(name.startswith(prefix) for name in names) > 1):
                found |= dict.fromkeys(members, prefix)
    return found


def _prefix(known: Known, names: Sequence[str]) -> str:
    """What the assignment is called in the names of a class's repositories; "" if they have nothing in common.

    GitHub calls them assignment-LOGIN, and a login may have dashes: so the assignment is what more than half of them
    have in common, up to a dash. Where there are several such beginnings, the roster tells which it is: one repository
    that is called otherwise has no say.
    """
    dashed = [name for name in names if _prefixes(name)]
    shared = Counter(prefix for name in dashed for prefix in _prefixes(name))
    most = max(shared.values(), default=0)
    if 2 * most <= len(dashed):
        return ""
    common = [each for each, times in shared.items() if 2 * times > len(dashed)]
    # Of one alone it cannot be told where the login begins: the longest that there may be is surely no part of one.
    return _best(known, dashed, common) if most > 1 else min(common, key=len)


def _best(known: Known, names: Sequence[str], prefixes: Sequence[str]) -> str:
    """The prefix with which most names end in a login of the roster; of equally good ones the shortest."""
    levels = _levels_of_logins(known)

    def fitting(prefix: str) -> int:
        ends = (name.removeprefix(prefix) for name in names if name.startswith(prefix))
        return sum(bool(_first(_logins(end), levels).learners) for end in ends)

    return max(sorted(prefixes, key=len), key=fitting, default="")


def _prefixes(name: str) -> list[str]:
    """Up to each dash, that with it."""
    return [name[: at + 1] for at, char in enumerate(name) if char == "-" and 0 < at < len(name) - 1]
