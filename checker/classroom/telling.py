"""Lines for an instructor: what was not taken, and what a merge did. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from checker.classroom.again import REPLACED
from checker.classroom.merging import Merged
from checker.gradebook.handins import Ignored
from checker.report.terminal import printable

LISTED = 10
ALL_IGNORED = "`checker export class.db --format leftovers` lists them"
NAMESAKES = "If one name there is that of two people, rename what one of them handed in, and grade that again."
MANY: dict[str, Callable[[Ignored], bool]] = {
    "Replaced by what another path or gradebook brought: {} attempts": lambda each: each.why.endswith(REPLACED),
    "Not taken in earlier runs: {}": lambda each: each.is_earlier,
}
"""Kinds of reasons that are told in one line where there are many of them."""


def not_taken(ignored: Sequence[tuple[str, Ignored]]) -> list[str]:
    """What was not taken of each submission.

    If many attempts were replaced, as when a class is graded from another place, or if much is from earlier weeks, then
    one line with the submissions' names is enough.
    """
    left, many = list(ignored), []
    for words, is_one in MANY.items():
        concerned = [name for name, each in left if is_one(each)]
        if len(concerned) > LISTED:
            many.append(f"{words.format(len(concerned))}, of {listed(list(dict.fromkeys(concerned)))}; {ALL_IGNORED}")
            left = [(name, each) for name, each in left if not is_one(each)]
    return [*(f"Not taken from {name}: {each.path}: {each.why}" for name, each in left), *many]


def left_out(ignored: Sequence[Ignored]) -> list[str]:
    """What is nobody's. If earlier runs alone have told of much, only its number is told."""
    earlier = [each for each in ignored if each.is_earlier]
    shown = [each for each in ignored if not each.is_earlier] if len(earlier) > LISTED else ignored
    lines = [f"Left out: {each.path}: {each.why}" for each in shown]
    return [*lines, f"Left out in earlier runs: {len(earlier)}; {ALL_IGNORED}"] if len(earlier) > LISTED else lines


def merged(found: Merged, called: str) -> list[str]:
    """What to look at after a merge, a line each. `called`: the other gradebook."""
    renamed = [f"{theirs} is {ours}" for theirs, ours in found.renamed.items()]
    lines = [f"Called otherwise here than in {called}: {listed(renamed)}"] if renamed else []
    lines += [*not_taken(found.ignored), NAMESAKES] if found.ignored else []
    return [printable(line) for line in lines]


def of_earlier_rosters(given: Mapping[str, str]) -> list[str]:
    """One line, or none. `given`: by the names of submissions, to whom they were given."""
    told = [f"{name} is from {who}" for name, who in given.items()]
    return [f"Only an earlier roster says whose these are: {listed(told)}"] if told else []


def listed(names: list[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
