"""The learners of a roster by all of their keys; and how names are compared. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from checker.classroom.roster import GITHUB, GROUPS, IDENTIFIERS, IDS, LOGINS, values
from checker.gradebook.handins import Person
from checker.report.model import Learner

NUMBER_IN_NAME = re.compile(r"_(\d+)_")
BLIND = "participant"
"""What Moodle, in English, calls everybody if marking is blind."""
NUMBERED = re.compile(rf"{BLIND} \d+")
"""As Moodle's lists number participants, anew in each assignment."""

Index = dict[str, list[Learner]]


class Known:
    """The learners by each kind of key. Keys are folded."""

    def __init__(
        self, learners: Sequence[Learner], former: Sequence[Learner] = (), gone: Sequence[Learner] = ()
    ) -> None:
        """`former`: rows of earlier rosters about the same people, under today's ids; `gone`: about others."""
        self.learners = learners
        self.former = Known(former) if former else None
        self.gone = Known(gone) if gone else None
        self.is_from_canvas = any({"Student", "ID"} <= each.fields.keys() for each in learners)
        self.canvas_ids = _index(learners, lambda each: [each.fields.get("ID", "")] if self.is_from_canvas else [])
        self.identifiers = _index(learners, lambda each: values(each, IDENTIFIERS))
        self.github = _index(learners, lambda each: values(each, GITHUB))
        self.ids = _index(learners, lambda each: [each.id, *values(each, IDS)])
        self.emails = _index(learners, lambda each: [each.email])
        self.logins = _index(learners, lambda each: values(each, LOGINS))
        self.locals = _index(learners, lambda each: [each.email.partition("@")[0]])
        self.groups = _index(learners, lambda each: values(each, GROUPS))
        self.groups_on_canvas = {on_canvas(key): members for key, members in self.groups.items()}
        self.names = _index(learners, _names)
        self.on_canvas = _index(learners, lambda each: [on_canvas(each.name)])


def _index(learners: Sequence[Learner], telling: Callable[[Learner], Iterable[str]]) -> Index:
    index: Index = {}
    for learner in learners:
        for key in {folded(key) for key in telling(learner)} - {""}:
            index.setdefault(key, []).append(learner)
    return index


def unique(learners: Sequence[Learner]) -> list[Learner]:
    return list({learner.id: learner for learner in learners}.values())


def is_another_list(learners: Iterable[Learner], people: Iterable[Person]) -> bool:
    """Whether these rows come from another assignment than the one in which these people handed in.

    Moodle numbers everybody anew in each assignment, in its list ("Participant 880256") and in the download.
    """
    said = {folded(value) for each in learners for value in values(each, IDENTIFIERS)}
    numbers = {value for value in said if NUMBERED.fullmatch(value)}
    handed_in = {f"{BLIND} {each.number}" for each in people if each.platform == "moodle" and each.number}
    return bool(numbers and handed_in) and numbers.isdisjoint(handed_in)


def _names(learner: Learner) -> list[str]:
    """The words of a name in alphabetical order; and joined, from each word on (`adalovelace`, `lovelaceada`)."""
    words = _words(learner.name)
    turned = ["".join(words[at:] + words[:at]) for at in range(len(words))]
    return [in_order(learner.name), *turned]


def called(learner: Learner) -> str:
    """How a learner is named to people."""
    return f"{learner.name} ({learner.id})" if learner.name else learner.id


def on_canvas(name: str) -> str:
    """A name as Canvas writes it into the names of files."""
    return re.sub(r"\W", "", NUMBER_IN_NAME.sub(r"\1", folded(name)))


def in_order(name: str) -> str:
    """A name's words in alphabetical order."""
    return " ".join(sorted(_words(name)))


def _words(name: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in folded(name)).split()


def folded(text: str) -> str:
    """A text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
