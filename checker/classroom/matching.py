"""Whose each submission is. Pure.

What a platform wrote and is unique decides: its number of the learner, an id, an address, a login. Names decide only
where nothing else does. A submission that claims somebody by less than another one harms nobody but its sender.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import msgspec

from checker.classroom.people import BLIND, Index, Known, folded, in_order, unique
from checker.gradebook.handins import Person, Submission
from checker.model.record import Record
from checker.report.model import Learner

BRANCHES = ("-main", "-master")
"""What GitHub adds to the name of a repository that is downloaded as a zip."""
NEAREST, ALIKE = 3, 0.5
"""How many names to suggest, and how alike they are, by difflib."""
LOOKED_UP, LIKELY = 200, 40
"""For so many submissions the nearest names are looked up, among so many of the roster."""
BESIDE_OTHERS = 100
"""How much weaker a login is in the name of a repository, where most folders are not called like repositories."""
BY_NAME, NEXT_KEY = 5, 10
"""How strong a claim by somebody's name is; and how much weaker each claim is by the next one of several keys."""


class Matches(Record):
    """Whose submissions these are."""

    learners: dict[str, list[Learner]]
    """By the names of submissions: more than one where learners work together. A learner may have several submissions,
    with no exercise in common."""
    missing: list[Learner]
    """Nobody's submission can be theirs."""
    ambiguous: dict[str, str]
    """By the names of submissions that were given to nobody: why."""


class _Claim(Record):
    strength: int
    """The strongest is 0."""
    learners: list[Learner]
    is_group: bool = False
    """All of them are meant, not one of them."""

    @property
    def means_somebody(self) -> bool:
        return len(self.learners) == 1 or self.is_group

    @property
    def is_by_name(self) -> bool:
        """By nothing that is unique: somebody else may be called like that."""
        return not self.is_group and (self.strength % NEXT_KEY == BY_NAME or self.strength >= BESIDE_OTHERS)


def match(learners: Sequence[Learner], submissions: Iterable[Submission]) -> Matches:
    """Whose these submissions are, where their attempts are those that can be read.

    Nobody is chosen where two learners may be meant, or two submissions with an exercise in common are as good.
    """
    submissions = list(submissions)
    if not learners:
        return Matches(learners={}, missing=[], ambiguous={})
    known = Known(learners)
    prefix = _prefix(known, [person.name for each in submissions for person in each.people if person.is_repository])
    claims = {each.name: [_claim(known, person, prefix) for person in each.people] for each in submissions}
    given: dict[str, list[Learner]] = {}
    ambiguous: dict[str, str] = {}
    rivals, nearest = _Rivals(submissions, claims), _Nearest(known)
    for submission in submissions:
        found = claims[submission.name]
        pairs = list(zip(submission.people, found, strict=True))
        reasons = [nearest.why_not(person, claim) or rivals.why_not(submission, claim) for person, claim in pairs]
        why = next(filter(None, reasons), "")
        if why:
            ambiguous[submission.name] = why
        taken = [each for claim, said in zip(found, reasons, strict=True) if not said for each in claim.learners]
        if taken:
            given[submission.name] = unique(taken)
    claimed = {learner.id for found in claims.values() for claim in found for learner in claim.learners}
    return Matches(
        learners=given, missing=[each for each in learners if each.id not in claimed], ambiguous=ambiguous
    )  # fmt: skip


class _Rivals:
    """How strongly each learner is claimed, at each exercise and at any."""

    def __init__(self, submissions: Sequence[Submission], claims: dict[str, list[_Claim]]) -> None:
        self._at: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        """By learner and exercise: the strengths."""
        self._anywhere: dict[str, int] = {}
        """By learner: the strongest."""
        for submission in submissions:
            for claim in filter(lambda each: each.means_somebody, claims[submission.name]):
                for learner in claim.learners:
                    self._anywhere[learner.id] = min(claim.strength, self._anywhere.get(learner.id, claim.strength))
                    for attempt in submission.attempts:
                        self._at[learner.id, attempt.exercise][claim.strength] += 1

    def why_not(self, submission: Submission, claim: _Claim) -> str:
        """Why a submission is not given to whom it means; "" if it is.

        Submissions that have no exercise in common do not compete: a learner may hand in one with a partner, and
        another alone. What is somebody's only by a name is not, where anything else tells more.
        """
        for learner in claim.learners:
            at = [self._at[learner.id, each.exercise] for each in submission.attempts]
            strongest = min(map(min, at), default=claim.strength)
            if strongest < claim.strength or (claim.is_by_name and self._anywhere[learner.id] < claim.strength):
                return f"it may be from {_called(learner)}, whose submission is another one, by a key that tells more"
            if any(strengths[claim.strength] > 1 for strengths in at):
                return f"it may be from {_called(learner)}, and so may another submission"
        return ""


def _called(learner: Learner) -> str:
    return f"{learner.name} ({learner.id})" if learner.name else learner.id


class _Nearest:
    """Whom submissions may mean that mean nobody for certain."""

    def __init__(self, known: Known) -> None:
        self._by_key: dict[str, Learner] = {}
        for index in (known.names, known.logins, known.github, known.ids, known.emails, known.locals):
            for key, learners in index.items():
                self._by_key.setdefault(key, learners[0])
        self._with_pair: dict[str, list[str]] = defaultdict(list)
        for key in self._by_key:
            for pair in _pairs(key):
                self._with_pair[pair].append(key)
        self._left = LOOKED_UP

    def why_not(self, person: Person, claim: _Claim) -> str:
        """Why nobody is meant; "" if somebody is."""
        if not claim.learners:
            return self._of(person)
        return "" if claim.means_somebody else f"it may be from {' or '.join(map(_called, claim.learners))}"

    def _of(self, person: Person) -> str:
        said = "nobody of the roster is known by what is written there"
        self._left -= 1
        if self._left < 0:  # somebody gave the roster of another class
            return said
        name = f"{BLIND} {person.number}" if folded(person.name) == BLIND else folded(person.name)
        written = dict.fromkeys([name, in_order(person.name), *name.split("-"), folded(person.email)])
        close = [key for each in written if each for key in self._close(each)]
        people = list(dict.fromkeys(_called(self._by_key[key]) for key in close))[:NEAREST]
        return f"{said}; the nearest: {', '.join(people)}" if people else said

    def _close(self, written: str) -> list[str]:
        """difflib is slow, so it looks only at those keys that have most pairs of letters in common."""
        shared = Counter(key for pair in _pairs(written) for key in self._with_pair.get(pair, ()))
        likely = [key for key, _ in shared.most_common(LIKELY)]
        return get_close_matches(written, likely, NEAREST, ALIKE)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


# --- claims ----------------------------------------------------------------------------------------


def _claim(known: Known, person: Person, prefix: tuple[str, int]) -> _Claim:
    ways = {"canvas": _canvas, "moodle": _moodle, "gradescope": _gradescope}
    return ways[person.platform](known, person) if person.platform in ways else _plain(known, person, prefix)


def _canvas(known: Known, person: Person) -> _Claim:
    """Its number of the user, if the roster is Canvas's; elsewhere a number may be somebody else's, and names count."""
    name, others = folded(person.name), otherwise(known, person)
    if known.is_from_canvas and not person.name.startswith("anon_"):
        found = known.canvas_ids.get(folded(person.number), [])
        group = known.groups_on_canvas.get(name, [])
        if any(each in group for each in found):  # a group's work has the number of one of its members
            return _Claim(strength=1, learners=group, is_group=True)
        return _Claim(strength=0, learners=unique([*found, *others]))
    named = known.on_canvas.get(name) or known.names.get(name, [])
    both = [each for each in named if each in known.ids.get(folded(person.number), [])]
    if others:
        return _Claim(strength=BY_NAME, learners=unique([*named, *others]))
    return _Claim(strength=1, learners=both) if both else _Claim(strength=BY_NAME, learners=named)


def otherwise(known: Known, person: Person) -> list[Learner]:
    """Whom of the roster the name of a file on Canvas means, too, if it is read in another way."""
    return [
        learner
        for number, other in person.otherwise.items()
        for learner in known.on_canvas.get(folded(other), [])
        if not known.is_from_canvas or learner in known.canvas_ids.get(folded(number), [])
    ]


def _moodle(known: Known, person: Person) -> _Claim:
    """The participant's number, if the roster is of an assignment; else the full name, or a group's name.

    In another assignment, everybody has another number.
    """
    group = known.groups.get(folded(person.name), [])
    numbers = [f"{BLIND} {number}" for number in (person.number, *person.earlier)]
    found = next((known.identifiers[each] for each in numbers if each in known.identifiers), [])
    if found or folded(person.name) == BLIND:
        return _Claim(strength=0, learners=found) if found or not group else _group(group)
    named = known.names.get(in_order(person.name), [])
    return _Claim(strength=BY_NAME, learners=named) if named or not group else _group(group)


def _group(members: list[Learner]) -> _Claim:
    """By its name, which is the weakest key: a learner may have the name of a group."""
    return _Claim(strength=6, learners=members, is_group=True)


def _gradescope(known: Known, person: Person) -> _Claim:
    for strength, index, key in ((0, known.ids, person.sid), (1, known.emails, person.email)):
        if key and folded(key) in index:
            return _Claim(strength=strength, learners=index[folded(key)])
    return _Claim(strength=BY_NAME, learners=known.names.get(in_order(person.name), []))


def _plain(known: Known, person: Person, assignment: tuple[str, int]) -> _Claim:
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


def _first(keys: Sequence[str], levels: Sequence[tuple[int, Index]]) -> _Claim:
    """Whom the first of the levels that knows one of the keys means; a key that comes first is a stronger one."""
    for weaker, key in enumerate(keys):
        for strength, index in levels:
            found = index.get(folded(key)) or (index.get(in_order(key)) if index and strength == BY_NAME else None)
            if found:
                return _Claim(strength=NEXT_KEY * weaker + strength, learners=found)
    return _Claim(strength=0, learners=[])


def _logins(name: str) -> list[str]:
    """What may be the login: the name, or the name without a branch."""
    return [name, *(name.removesuffix(branch) for branch in BRANCHES if name.endswith(branch))]


def _prefix(known: Known, names: Sequence[str]) -> tuple[str, int]:
    """What the assignment is called in the names of a class's repositories, and how much weaker a login after it is.

    GitHub calls them assignment-LOGIN, and a login may have dashes: so the assignment is what more than half of them
    have in common, up to a dash. Where there are several such beginnings, the roster tells which it is: one repository
    that is called otherwise has no say. Beside folders that are called otherwise, those count for more.
    """
    dashed = [name for name in names if _prefixes(name)]
    shared = Counter(prefix for name in dashed for prefix in _prefixes(name))
    most = max(shared.values(), default=0)
    if 2 * most <= len(dashed):
        return "", 0
    common = [each for each, times in shared.items() if 2 * times > len(dashed)]
    # Of one alone it cannot be told where the login begins: the longest that there may be is surely no part of one.
    prefix = _best(known, dashed, common) if most > 1 else min(common, key=len)
    return prefix, 0 if 2 * shared[prefix] > len(names) else BESIDE_OTHERS


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
