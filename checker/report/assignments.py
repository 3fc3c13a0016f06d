"""Match exercises to assignments of Canvas by their names. Pure.

Each assignment is matched to one exercise at most: of two columns with the same header, Canvas reads only the first.
When in doubt, no match is made: marks in a wrong assignment are lost, but Canvas asks about a header it does not know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from checker.model.record import Record
from checker.report.sheet import Column

ID = re.compile(r" \(\d+\)$")
NUMBER = re.compile(r"\d+")
SEVERAL = 2
Names = Mapping[str, str]
"""From the header of an assignment to its name in lower case, without Canvas's id."""


class Assigned(Record):
    """Headers by the numbers of exercises."""

    sure: dict[str, str]
    """The assignment is named like the exercise."""
    guessed: dict[str, str]
    """The assignment's name contains the exercise's title or number, or there is no other assignment."""


def assigned(columns: Sequence[Column], fields: Iterable[str]) -> Assigned:
    """Match exercises to assignments. `fields`: the roster's columns."""
    names = {field: ID.sub("", field).strip().casefold() for field in fields if ID.search(field)}
    known: dict[str, str] = {}
    for matches in (_is_full_title, _is_title):
        known |= _unique(columns, names, matches, known)
    sure = dict(known)
    for matches in (_contains_title, _starts_with_number):
        known |= _unique(columns, names, matches, known)
    free = {field: name for field, name in names.items() if field not in known.values()}
    known |= _by_number([each for each in columns if each.number not in known], free)
    if len(columns) == len(names) == 1:
        known = {columns[0].number: next(iter(names))} | known
    return Assigned(sure=sure, guessed={number: header for number, header in known.items() if number not in sure})


def _title(column: Column) -> str:
    """The title without the number, in lower case."""
    return column.title.removeprefix(column.number).strip().casefold()


def _is_full_title(column: Column, name: str) -> bool:
    return name == column.title.casefold()


def _is_title(column: Column, name: str) -> bool:
    return name == _title(column) != ""


def _contains_title(column: Column, name: str) -> bool:
    title = _title(column)
    return bool(title) and re.search(rf"(?<!\w){re.escape(title)}(?!\w)", name) is not None


def _starts_with_number(column: Column, name: str) -> bool:
    return name.startswith(column.number) and NUMBER.findall(name) == [column.number]


def _unique(
    columns: Sequence[Column], names: Names, matches: Callable[[Column, str], bool], known: Mapping[str, str]
) -> dict[str, str]:
    """New matches in which the exercise has one free assignment only, and the assignment one exercise only."""
    matching = {each.number: [field for field, name in names.items() if matches(each, name)] for each in columns}
    times = Counter(field for found in matching.values() for field in found)
    free = {number: [each for each in found if each not in known.values()] for number, found in matching.items()}
    return {
        number: found[0]
        for number, found in free.items()
        if number not in known and len(found) == 1 and times[found[0]] == 1
    }


def _by_number(columns: Sequence[Column], names: Names) -> dict[str, str]:
    """Matches in the one series, such as "Homework 03", "Homework 07", that has the most of these exercises.

    A series that counts 1, 2, 3 is not of our exercises, and an assignment with several numbers is ignored.
    """
    series: dict[str, dict[str, list[str]]] = {}
    for field, name in names.items():
        numbers = NUMBER.findall(name)
        if len(numbers) == 1:
            series.setdefault(NUMBER.sub("", name), {}).setdefault(numbers[0], []).append(field)
    lengths = {len(column.number) for column in columns}
    ours = [
        {each.number: by_number[each.number][0] for each in columns if len(by_number.get(each.number, [])) == 1}
        for by_number in series.values()
        if {len(number) for number in by_number} == lengths
    ]
    most = max(map(len, ours), default=0)
    best = [found for found in ours if len(found) == most]
    return best[0] if len(best) == 1 and most >= min(SEVERAL, len(columns)) else {}
