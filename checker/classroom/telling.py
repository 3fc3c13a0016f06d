"""Lines for an instructor: what was not taken, and what a merge did. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from checker.classroom.again import REPLACED
from checker.classroom.merging import Merged
from checker.gradebook.handins import Ignored
from checker.report.terminal import printable

LISTED = 10
ALL_REPLACED = "`checker export class.db --format leftovers` lists them"
NAMESAKES = "If one name there is that of two people, rename what one of them handed in, and grade that again."


def not_taken(ignored: Sequence[tuple[str, Ignored]]) -> list[str]:
    """By submission. Many may be replaced where a class is graded from another place: then their names say enough."""
    replaced = [name for name, each in ignored if each.why.endswith(REPLACED)]
    lines = [
        f"Not taken from {name}: {each.path}: {each.why}"
        for name, each in ignored
        if len(replaced) <= LISTED or not each.why.endswith(REPLACED)
    ]
    if len(replaced) > LISTED:
        whose = listed(list(dict.fromkeys(replaced)))
        told = f"Replaced by what another path or gradebook brought: {len(replaced)} attempts, of {whose}"
        lines.append(f"{told}; {ALL_REPLACED}")
    return lines


def merged(found: Merged, called: str) -> list[str]:
    """What to look at after a merge, a line each. `called`: the other gradebook."""
    renamed = [f"{theirs} is {ours}" for theirs, ours in found.renamed.items()]
    lines = [f"Called otherwise here than in {called}: {listed(renamed)}"] if renamed else []
    lines += [*not_taken(found.ignored), NAMESAKES] if found.ignored else []
    return [printable(line) for line in lines]


def listed(names: list[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
