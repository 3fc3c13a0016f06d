"""Which learners the names in a submission mean, and how strong that evidence is. Pure."""

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
"""How much weaker a login in a repository's name is if most folders are not named like repositories."""
BY_HAND = -1
"""How strong a claim by the course is."""
BY_NAME, NEXT_KEY = 5, 10
"""How strong a claim by a person's name is; and how much weaker a claim is by each further one of several keys."""
FORMER = 50
"""How much weaker a claim is that only an earlier roster supports."""


class Claim(Record):
    """Which learners a person of a submission may be, and how strong the evidence is."""

    strength: int
    """0 is the strongest, except for BY_HAND; larger numbers are weaker."""
    learners: list[Learner]
    is_group: bool = False
    """All of them are meant, not one of them."""
    is_former: bool = False
    """Only an earlier roster supports it."""
    differs_from_today: bool = False
    """It is by an earlier roster, and today's does not mean the same learners."""
    gone: list[Learner] = msgspec.field(default_factory=list)
    """If today's roster means nobody: those whom an earlier one meant, and who are not in today's."""

    @property
    def plain(self) -> int:
        """Its strength, as if today's roster supported it."""
        return self.strength - FORMER * self.is_former

    @property
    def means_somebody(self) -> bool:
        return len(self.learners) == 1 or self.is_group

    @property
    def is_by_name(self) -> bool:
        """Whether no unique key supports it: somebody else may have the same name."""
        return not self.is_group and (self.strength % NEXT_KEY == BY_NAME or self.strength >= BESIDE_OTHERS)


def of_all(known: Known, submissions: Sequence[Submission]) -> dict[str, list[Claim]]:
    """A claim for each person of each submission, by the submissions' names."""
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
    """An earlier roster counts if today's means nobody, or has only the name."""
    found = _by_platform(known, person, assignment)
    if known.former is not None and (not found.learners or found.is_by_name):
        before = _former(known, _by_platform(known.former, person, assignment))
        if before.learners and (not found.learners or (before.means_somebody and not before.is_by_name)):
            return msgspec.structs.replace(before, differs_from_today=unique(found.learners) != before.learners)
    if known.gone is not None and not found.learners:
        return msgspec.structs.replace(found, gone=unique(_by_platform(known.gone, person, assignment).learners))
    return found


def _former(known: Known, claim: Claim) -> Claim:
    """A claim by an earlier roster, to the learners of today's."""
    ids = {each.id for each in claim.learners}
    own = [each for each in known.learners if each.id in ids]
    return msgspec.structs.replace(claim, strength=FORMER + claim.strength, learners=own, is_former=True)


def _by_platform(known: Known, person: Person, assignment: tuple[str, int]) -> Claim:
    ways = {"canvas": _canvas, "moodle": _moodle, "gradescope": _gradescope}
    if person.platform in ways:
        return ways[person.platform](known, person)
    return _without_platform(known, person, assignment)


def _canvas(known: Known, person: Person) -> Claim:
    """By the user's number, if the roster is Canvas's. In others, a number may be somebody else's, so names count."""
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
    """The members of the group that handed it in, under the number of one of them; [] if it is no group's."""
    group = known.groups_on_canvas.get(folded(person.name), [])
    return group if any(each in group for each in known.canvas_ids.get(folded(person.number), [])) else []


def otherwise(known: Known, person: Person) -> list[Learner]:
    """The learners whom the name of a file on Canvas means if it is read in another way."""
    return [
        learner
        for number, other in person.otherwise.items()
        for learner in known.on_canvas.get(folded(other), [])
        if not known.is_from_canvas or learner in known.canvas_ids.get(folded(number), [])
    ]


def _moodle(known: Known, person: Person) -> Claim:
    """By the participant's number, if the roster has those of the assignment; else by the full name, or a group's.

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
    """By a group's name, which is the weakest key: a learner may have the same name."""
    return Claim(strength=6, learners=members, is_group=True)


def _gradescope(known: Known, person: Person) -> Claim:
    for strength, index, key in ((0, known.ids, person.sid), (1, known.emails, person.email)):
        if key and folded(key) in index:
            return Claim(strength=strength, learners=index[folded(key)])
    return Claim(strength=BY_NAME, learners=known.names.get(in_order(person.name), []))


def _without_platform(known: Known, person: Person, assignment: tuple[str, int]) -> Claim:
    """By what is left of a repository's name without the assignment's, which is a login; else by the whole name."""
    whole, (prefix, weaker) = person.name, assignment
    if person.is_repository and prefix and whole.startswith(prefix):
        found = _first_known(_logins(whole.removeprefix(prefix)), _levels_of_logins(known))
        return msgspec.structs.replace(found, strength=found.strength + weaker)
    keys = _logins(whole) if person.is_repository else [whole]
    found = _first_known(keys, [(0, known.github), *_levels(known)])
    group = known.groups.get(folded(whole), [])
    return found if found.learners or not group else _group(group)


def _levels(known: Known) -> list[tuple[int, Index]]:
    return [(1, known.ids), (2, known.emails), (3, known.logins), (4, known.locals), (BY_NAME, known.names)]


def _levels_of_logins(known: Known) -> list[tuple[int, Index]]:
    """Anybody may choose a login: if the roster has those of GitHub, only these count."""
    if known.github:
        return [(0, known.github)]
    return [(1, known.logins), (2, known.emails), (3, known.locals), (4, known.ids), (BY_NAME, known.names)]


def _first_known(keys: Sequence[str], levels: Sequence[tuple[int, Index]]) -> Claim:
    """The learners of the first key that a level knows, by the first such level. Each further key is weaker."""
    for weaker, key in enumerate(keys):
        for strength, index in levels:
            found = index.get(folded(key)) or (index.get(in_order(key)) if strength == BY_NAME else None)
            if found:
                return Claim(strength=NEXT_KEY * weaker + strength, learners=found)
    return Claim(strength=0, learners=[])


def _logins(name: str) -> list[str]:
    """What may be the login: the name, with and without a branch."""
    return [name, *(name.removesuffix(branch) for branch in BRANCHES if name.endswith(branch))]


# --- repositories ----------------------------------------------------------------------------------

PLACES: tuple[Callable[[Submission], str], ...] = (
    lambda submission: submission.source,
    lambda submission: str(PurePath(submission.source).parent),
    lambda _: "",
)
"""Where the repositories of one assignment are: at one path, at paths side by side, or anywhere."""


def _prefixes_of_all(known: Known, submissions: Sequence[Submission], named: dict[str, list[str]]) -> dict[str, str]:
    """The assignment's name, with its dash, in the names of each submission's repositories; "" if there is none.

    Each week may have an assignment and a path of its own. A submission that is alone at its path belongs to the class
    of another path if the names of that class's repositories begin in the same way.
    """
    found: dict[str, str] = {}
    for place in PLACES:
        of_classes = sorted(set(filter(None, found.values())))
        rest: dict[str, list[str]] = defaultdict(list)
        for own, names, where in ((each.name, named[each.name], place(each)) for each in submissions):
            alike = [prefix for prefix in of_classes if any(name.startswith(prefix) for name in names)]
            if own not in found and alike:
                found[own] = _best_prefix(known, names, alike)
            elif own not in found:
                rest[where].append(own)
        for members in rest.values():
            names = [name for own in members for name in named[own]]
            prefix = _common_prefix(known, names)
            if place is PLACES[-1] or (prefix and sum(name.startswith(prefix) for name in names) > 1):
                found |= dict.fromkeys(members, prefix)
    return found


def _common_prefix(known: Known, names: Sequence[str]) -> str:
    """The assignment's name, with its dash, in the names of a class's repositories; "" if they have none in common.

    GitHub calls them assignment-LOGIN, and a login may have dashes. So the assignment is what more than half of them
    have in common, up to a dash: a repository with another name does not matter. If several prefixes are so common, the
    roster tells which it is.
    """
    dashed = [name for name in names if _prefixes(name)]
    shared = Counter(prefix for name in dashed for prefix in _prefixes(name))
    most = max(shared.values(), default=0)
    if 2 * most <= len(dashed):
        return ""
    common = [each for each, times in shared.items() if 2 * times > len(dashed)]
    # One name alone does not tell where the login begins: take the longest possible one, which is surely all of it.
    return _best_prefix(known, dashed, common) if most > 1 else min(common, key=len)


def _best_prefix(known: Known, names: Sequence[str], prefixes: Sequence[str]) -> str:
    """The prefix after which most names are a login of the roster; of equally good ones, the shortest."""
    levels = _levels_of_logins(known)

    def fitting(prefix: str) -> int:
        ends = (name.removeprefix(prefix) for name in names if name.startswith(prefix))
        return sum(bool(_first_known(_logins(end), levels).learners) for end in ends)

    return max(sorted(prefixes, key=len), key=fitting, default="")


def _prefixes(name: str) -> list[str]:
    """The beginnings of a name up to each dash, with the dash."""
    return [name[: at + 1] for at, char in enumerate(name) if char == "-" and 0 < at < len(name) - 1]
