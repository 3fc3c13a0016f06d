"""Which assignment of Canvas the marks of an exercise go to, told by what it is called. Pure.

An assignment goes to one exercise at most: of two columns with one header, Canvas reads the first. And marks that go to
somebody else's assignment are lost there, while a header that Canvas does not know is one that it asks about.
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
"""Headers of assignments, and what those are called, in small letters and without Canvas's number."""


class Assigned(Record):
    """Headers by the numbers of exercises."""

    sure: dict[str, str]
    """Called like the exercise."""
    guessed: dict[str, str]
    """Its title or its number is in what they are called, or there is no other assignment."""


def assigned(columns: Sequence[Column], fields: Iterable[str], told: Mapping[str, str]) -> Assigned:
    """`fields`: the roster's. `told`: headers that are known already, by the numbers of exercises."""
    names = {field: ID.sub("", field).strip().casefold() for field in fields if ID.search(field)}
    known = dict(told)
    for is_called in (_fully, _shortly):
        known |= _only_theirs(columns, names, is_called, known)
    sure = {number: header for number, header in known.items() if number not in told}
    for is_called in (_among_others, _at_its_start):
        known |= _only_theirs(columns, names, is_called, known)
    free = {field: name for field, name in names.items() if field not in known.values()}
    known |= _by_number([each for each in columns if each.number not in known], free)
    if len(columns) == len(names) == 1:
        known = {columns[0].number: next(iter(names))} | known
    return Assigned(sure=sure, guessed={each: known[each] for each in known if each not in told.keys() | sure.keys()})


def _title(column: Column) -> str:
    return column.title.removeprefix(column.number).strip().casefold()


def _fully(column: Column, name: str) -> bool:
    return name == column.title.casefold()


def _shortly(column: Column, name: str) -> bool:
    return name == _title(column) != ""


def _among_others(column: Column, name: str) -> bool:
    title = _title(column)
    return bool(title) and re.search(rf"(?<!\w){re.escape(title)}(?!\w)", name) is not None


def _at_its_start(column: Column, name: str) -> bool:
    return name.startswith(column.number) and NUMBER.findall(name) == [column.number]


def _only_theirs(
    columns: Sequence[Column], names: Names, is_called: Callable[[Column, str], bool], known: Mapping[str, str]
) -> dict[str, str]:
    """What one exercise alone is called, if no other assignment is called so, too."""
    called = {each.number: [field for field, name in names.items() if is_called(each, name)] for each in columns}
    times = Counter(field for found in called.values() for field in found)
    free = {number: [each for each in found if each not in known.values()] for number, found in called.items()}
    return {
        number: found[0]
        for number, found in free.items()
        if number not in known and len(found) == 1 and times[found[0]] == 1
    }


def _by_number(columns: Sequence[Column], names: Names) -> dict[str, str]:
    """Of the one series, such as "Homework 03", "Homework 07", that has all these exercises, or most of several.

    A series that counts 1, 2, 3 is not ours, and neither is an assignment of several numbers.
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
