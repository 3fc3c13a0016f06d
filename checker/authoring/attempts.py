"""Test attempts of an exercise: what the first lines of a wrong one promise, and whether all get what they should."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from checker.catalog import TESTS
from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.model.exercise import Exercise
from checker.report.remarks import for_authors

PLACE = f"{TESTS}/attempts"
SUFFIXES = (".py", ".pyx")
SAYS = "# Says: "
NAMES = re.compile(r"# (\w+): \S")
NEEDS = re.compile(r"# needs (\d+)\.(\d+)")
HEAD_LINES = 3


def folder_of(exercise: Path) -> Path:
    """The folder of an exercise's attempts, in a checkout of the project."""
    return exercise.parent.parent / PLACE / exercise.name


def of(folder: Path) -> list[Path]:
    """The attempts in a folder; none if it does not exist. Hidden files are an editor's own, as for own_files."""
    return sorted(path for path in folder.glob("[!.]*.*") if path.suffix in SUFFIXES)


def must_get(path: Path) -> Code | None:
    """The diagnosis that the first line of a wrong attempt names; None if it names none."""
    named = NAMES.match(_lines(path)[0])
    return Code(named[1]) if named is not None and named[1] in Code.__members__ else None


def must_say(path: Path) -> list[str]:
    """Words that the diagnosis's sentence or hint must contain: the lines "# Says: ..." after the first line."""
    return [line.removeprefix(SAYS) for line in takewhile(lambda line: line.startswith(SAYS), _lines(path)[1:])]


def needed(path: Path) -> tuple[int, int]:
    """The oldest Python that an attempt is meant for, as in "# needs 3.13"; (0, 0) if it is for any."""
    found = [match for line in _lines(path)[:HEAD_LINES] if (match := NEEDS.fullmatch(line))]
    return (int(found[0][1]), int(found[0][2])) if found else (0, 0)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() or [""]


def problems(exercise: Path) -> Iterator[str]:
    """One line for each wrong attempt that names no diagnosis."""
    for path in of(folder_of(exercise) / "wrong"):
        if must_get(path) is None:
            yield f"wrong/{path.name} names no diagnosis; begin it with `# CODE: ...`, a code of model/codes.py"


def graded(exercise: Exercise) -> Iterator[str]:
    """Grade all attempts, which takes minutes: one line for each that does not get what it should."""
    from checker.session.grader import Grader

    folder = folder_of(exercise.folder)
    with Grader(width=None, further=[exercise.folder.parent.parent]) as grader:
        for path in [*of(folder / "right"), *of(folder / "wrong")]:
            if needed(path) <= sys.version_info[:2]:
                result = grader.grade(exercise, path.read_bytes())
                wrong = _not_wrong_enough(path, result) if path.parent.name == "wrong" else _not_right(result)
                if wrong:
                    yield f"{path.parent.name}/{path.name} {wrong}"


def _not_right(result: AttemptResult) -> str:
    """Why a right attempt did not pass, or "". (A race that stayed open for lack of free cores is no problem.)"""
    open_race = result.verdict is Verdict.INCONCLUSIVE and result.diagnosis is None
    return "" if result.verdict is Verdict.PASSED or open_race else f"is {result.verdict}: {for_authors(result)}"


def _not_wrong_enough(path: Path, result: AttemptResult) -> str:
    """How the answer to a wrong attempt differs from what its first lines promise, or ""."""
    found, code = result.diagnosis, must_get(path)
    if result.verdict is not Verdict.FAILED or found is None:
        return f"is {result.verdict}; {code} is what its first line names"
    if found.code is not code:
        return f"is told {found.code}, not {code}: {found.sentence}"
    missing = [words for words in must_say(path) if words not in f"{found.sentence} {found.hint}"]
    return f"is not told {missing[0]!r}: {found.sentence} {found.hint}" if missing else ""
