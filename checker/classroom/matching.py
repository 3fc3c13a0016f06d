"""Whose each submission is. Pure.

Unique keys that a platform wrote decide: its number of the learner, an id, an address, a login. Names decide only if
nothing else does. A submission with a weaker claim to a learner than another one harms nobody but its sender.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

import msgspec

from checker.classroom import claims, rosters
from checker.classroom.claims import Claim
from checker.classroom.people import BLIND, Known, called, folded, in_order, unique
from checker.gradebook.handins import Person, Submission
from checker.model.record import Record
from checker.report.model import Learner

NEAREST, ALIKE = 3, 0.5
"""How many names to suggest, and how alike they must be, by difflib (0 to 1)."""
NOBODYS = "the course says that it is nobody's"
NOTHING_DECIDED: Mapping[str, Sequence[Learner]] = {}
LOOKED_UP, LIKELY = 200, 40
"""For how many submissions the nearest names are looked up, and among how many names of the roster."""


class Matches(Record):
    """Whose the submissions are."""

    learners: dict[str, list[Learner]]
    """By the names of submissions: more than one where learners work together. A learner may have several submissions,
    with no exercise in common."""
    missing: list[Learner]
    """Those to whom no submission can belong."""
    ambiguous: dict[str, str]
    """By the names of submissions that were given to nobody: why."""
    claimed: list[Learner] = msgspec.field(default_factory=list)
    """Those to whom a submission may belong, but none was given."""
    undecided: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """By the ids of learners: exercises at which something may be theirs that was given to nobody."""
    former: dict[str, str] = msgspec.field(default_factory=dict)
    """By the names of submissions: to whom they were given, if only an earlier roster says so."""


def match(
    learners: Sequence[Learner],
    submissions: Iterable[Submission],
    earlier: Sequence[Learner] = (),
    decided: Mapping[str, Sequence[Learner]] = NOTHING_DECIDED,
) -> Matches:
    """Whose these submissions are. Their attempts must be only those that can be read.

    `earlier`: rows of earlier rosters, which count where today's says nothing. `decided`: the owners that the course
    names, by submission; they go before all else. A submission is given to nobody if it may mean two learners, or if
    another one with an exercise in common has an equally strong claim.
    """
    submissions = list(submissions)
    if not learners:
        return Matches(learners={}, missing=[], ambiguous={})
    known = Known(learners, *rosters.followed(learners, earlier))
    claimed = claims.of_all(known, submissions) | {
        name: [Claim(strength=claims.BY_HAND, learners=[each]) for each in owners] for name, owners in decided.items()
    }
    against = _against(known, submissions, claimed, decided)
    given = {name: whose for name, found in claimed.items() if (whose := _whose(found, against[name], is_theirs=True))}
    undecided: dict[str, set[str]] = defaultdict(set)
    for submission in submissions:
        for learner in _whose(claimed[submission.name], against[submission.name], is_theirs=False):
            undecided[learner.id] |= {each.exercise for each in submission.attempts}
    meant = {learner.id for found in claimed.values() for claim in found for learner in claim.learners}
    have = {learner.id for found in given.values() for learner in found}
    return Matches(
        learners=given,
        ambiguous={name: why for name, said in against.items() if (why := next(filter(None, said), ""))},
        former={
            name: ", ".join(map(called, whose))
            for name, whose in given.items()
            if any(claim.differs_from_today for claim in claimed[name])
        },
        missing=[each for each in learners if each.id not in meant],
        claimed=[each for each in learners if each.id in meant - have],
        undecided={learner: sorted(exercises) for learner, exercises in undecided.items()},
    )


def _against(
    known: Known,
    submissions: Sequence[Submission],
    claimed: dict[str, list[Claim]],
    decided: Mapping[str, Sequence[Learner]],
) -> dict[str, list[str]]:
    """By the names of submissions: the reason against each of their claims; "" if there is none."""
    rivals, nearest, found = _Rivals(submissions, claimed), _Nearest(known), dict[str, list[str]]()
    for submission in submissions:
        name, own = submission.name, claimed[submission.name]
        unknown = [""] * len(own) if name in decided else map(nearest.why_not, submission.people, own)
        reasons = [said or rivals.why_not(submission, claim) for said, claim in zip(unknown, own, strict=True)]
        found[name] = [NOBODYS] if name in decided and not own else reasons
    return found


def _whose(found: Sequence[Claim], reasons: Sequence[str], is_theirs: bool) -> list[Learner]:
    """The learners of the claims without a reason against them (`is_theirs`), or of those with one."""
    pairs = zip(found, reasons, strict=False)  # what the course makes nobody's has a reason and no claim
    return unique([each for claim, said in pairs if is_theirs is not bool(said) for each in claim.learners])


class _Rivals:
    """How strongly each learner is claimed, at each exercise and at any."""

    def __init__(self, submissions: Sequence[Submission], claimed: dict[str, list[Claim]]) -> None:
        self._at: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        """By learner and exercise: the strengths."""
        self._anywhere: dict[str, int] = {}
        """By learner: the strongest."""
        for submission in submissions:
            for claim in filter(lambda each: each.means_somebody, claimed[submission.name]):
                for learner in claim.learners:
                    self._anywhere[learner.id] = min(claim.strength, self._anywhere.get(learner.id, claim.strength))
                    for attempt in submission.attempts:
                        self._at[learner.id, attempt.exercise][claim.strength] += 1

    def why_not(self, submission: Submission, claim: Claim) -> str:
        """Why a submission is not given to the learners of a claim; "" if it is.

        Submissions that have no exercise in common do not compete: a learner may hand in one with a partner, and
        another alone. But a claim by a name alone loses to any stronger claim to that learner.
        """
        for learner in claim.learners:
            at = [self._at[learner.id, each.exercise] for each in submission.attempts]
            strongest = min(map(min, at), default=claim.strength)
            if strongest < claim.strength or (claim.is_by_name and self._anywhere[learner.id] < claim.plain):
                return f"it may be from {called(learner)}, whose submission is another one, by a key that tells more"
            if any(strengths[claim.strength] > 1 for strengths in at):
                return f"it may be from {called(learner)}, and so may another submission"
        return ""


class _Nearest:
    """Suggests learners for submissions that mean nobody for certain."""

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

    def why_not(self, person: Person, claim: Claim) -> str:
        """Why nobody is meant; "" if somebody is."""
        if not claim.learners:
            before = f"; in an earlier roster: {', '.join(map(called, claim.gone))}" if claim.gone else ""
            return self._of(person) + before
        return "" if claim.means_somebody else f"it may be from {' or '.join(map(called, claim.learners))}"

    def _of(self, person: Person) -> str:
        said = "nobody of the roster is known by what is written there"
        self._left -= 1
        if self._left < 0:  # probably the roster is that of another class
            return said
        name = f"{BLIND} {person.number}" if folded(person.name) == BLIND else folded(person.name)
        written = dict.fromkeys([name, in_order(person.name), *name.split("-"), folded(person.email)])
        close = [key for each in written if each for key in self._close(each)]
        people = list(dict.fromkeys(called(self._by_key[key]) for key in close))[:NEAREST]
        return f"{said}; the nearest: {', '.join(people)}" if people else said

    def _close(self, written: str) -> list[str]:
        """The keys most like it. difflib is slow, so it only looks at those that share the most pairs of letters."""
        shared = Counter(key for pair in _pairs(written) for key in self._with_pair.get(pair, ()))
        likely = [key for key, _ in shared.most_common(LIKELY)]
        return get_close_matches(written, likely, NEAREST, ALIKE)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
