"""What the companion shows, in terminals of all sorts.

`python -m tests.made_pages` writes what it looks like now to tests/data/pages. Read the difference.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from checker.catalog import load, own_exercises, resolve
from checker.commands import solution
from checker.model.answer import CheckResult, Verdict
from checker.model.exercise import Exercise
from checker.model.picture import Scene
from checker.progress import page, watch_page
from checker.progress.rules import CheckedOnce, Outcome, Standing, State, Try
from checker.progress.watch_page import Watched
from checker.report import terminal
from checker.report.terminal import StyledLine
from checker.session.told import Told
from tests import made_class, made_screens

GOLDEN = Path(__file__).parent / "data" / "pages"
TERMINALS = {"80": (80, "utf-8"), "40": (40, "utf-8"), "plain-40": (40, "ascii")}
"""Columns and encoding."""
HEIGHT = 24
HINT = "Look at what waits.\n\n    for url in urls:\n        fetch(url)\n"


def exercise(number: str, title: str) -> Exercise:
    """Texts of its own: those of the exercises may change."""
    return msgspec.structs.replace(
        load(resolve(own_exercises(), number)),
        title=title, summary="Twenty pages, one after the other. Make it ten at a time, in the same order.", minutes=20,
        goal=4.0, limit=10.0, hints=[HINT, "Two", "Three"],
    )  # fmt: skip


EXERCISES = [exercise("01", "Two jobs"), exercise("03", "Pooled downloads"), exercise("05", "Safe ledger")]


def a_try(minute: int, verdict: Verdict, speedup: float) -> Try:
    """One run."""
    checks = [CheckedOnce(id="test_it", verdict=verdict, max_score=10.0)]
    outcome = Outcome(
        verdict=verdict, speed=made_class.speed(speedup), checks=checks, attempt_sha256="a",
        diagnosis=made_class.SERIAL if verdict is Verdict.FAILED else None,
    )  # fmt: skip
    return Try(at=datetime(2026, 3, 1, 14, minute, tzinfo=UTC), key="03 a b", outcome=outcome)


TRIES = [a_try(5, Verdict.FAILED, 1.0), a_try(12, Verdict.INCONCLUSIVE, 5.0), a_try(40, Verdict.PASSED, 8.5)]
STANDINGS = [
    Standing(number="01", state=State.PASSED, best=8.5, tries=3),
    Standing(number="03", state=State.IN_PROGRESS, tries=1),
    Standing(number="05", state=State.UNTOUCHED),
]


def _check() -> CheckResult:
    return msgspec.structs.replace(made_screens.check(), output="")


def _watch(columns: int) -> list[StyledLine]:
    checks = [made_class.order(), _check()]
    watched = Watched(exercise=EXERCISES[1], passed=1, total=3, checks=checks, running=False)
    return watch_page.render(watched, [], HEIGHT, columns)


def _run(columns: int) -> Iterable[StyledLine]:
    check = _check()
    scenes = tuple(Scene(who=who, length_s=0.8, picture=check.picture, groups=()) for who in ("sync", "attempt"))
    told = Told(exercise="03", folder="exercises/03", sha256="ab", result=check, scenes=scenes)
    return solution.drawn({"sync": "sync.py", "attempt": "attempt.py"}, [told], columns)


PAGES: dict[str, Callable[[int], Iterable[StyledLine]]] = {
    "list": lambda columns: page.overview(EXERCISES, STANDINGS, EXERCISES[1], {"01": TRIES}, columns),
    "history": lambda columns: page.history(EXERCISES[1], TRIES, columns),
    "hint": lambda _: page.hint(EXERCISES[1], 1),
    "watch": _watch,
    "run": _run,
}


def render(name: str, columns: int, encoding: str) -> str:
    """All lines of a page, without colours; times are in UTC."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    lines = terminal.fitted(PAGES[name](columns), columns, encoding)
    return "".join(f"{line.text}\n" for line in lines)


def golden() -> dict[str, str]:
    return {f"{name}-{kind}.txt": render(name, *which) for name in PAGES for kind, which in TERMINALS.items()}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, text in golden().items():
        (GOLDEN / name).write_text(text, encoding="utf-8")
