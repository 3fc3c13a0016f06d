"""What the functions of a scenario.py declare that they return, and what becomes of anything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker import catalog
from checker.model.outcome import FORGED, ErrorInfo, Raised, Returned
from checker.process import declared
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

SCENARIO = '''
"""Drives."""
from typing import TypedDict

import a_library_that_nobody_has

Seen = TypedDict("Seen", {"count": object, "left open": bool})


class Told(TypedDict):
    """Two figures."""

    rps: float
    errors: object


def order(attempt, names) -> tuple[list[str], list[str], int]: ...
async def answers(attempt) -> list[object] | str | None: ...
def seen(attempt) -> Seen: ...
def told(attempt) -> Told: ...
def nothing(attempt) -> None: ...
def anything(attempt): ...
'''
AN_ERROR = ErrorInfo(type="ValueError", bases=("ValueError",), message="")
FITS: list[tuple[str, Any]] = [
    ("order", (["a"], [], 3)), ("answers", [1, AN_ERROR]), ("answers", "stuck"), ("answers", None),
    ("seen", {"count": AN_ERROR, "left open": True}), ("told", {"rps": 1.5, "errors": None}), ("nothing", None),
    ("anything", {1: b"2"}), ("anything", AN_ERROR), ("anything", {1}), ("answers", [{1}, {"a": {2}}]),
]  # fmt: skip
FITS_NOT: list[tuple[str, Any]] = [
    ("order", (["a"], [])), ("order", (["a"], [], "3")), ("order", (["a"], [1], 3)), ("order", None), ("answers", 7),
    ("seen", {"count": 1}), ("seen", {"count": 1, "left open": "no"}), ("told", {"rps": "1.5", "errors": 0}),
    ("told", []), ("nothing", 0), ("order", ({"a"}, [], 3)), ("answers", {1}), ("answers", frozenset()),
]  # fmt: skip


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "scenario.py"
    file.write_text(SCENARIO)
    return file


@pytest.mark.parametrize(("function", "value"), FITS)
def test_what_is_declared_is_kept(scenario: Path, function: str, value: Any) -> None:
    """`object` is whatever an attempt put there, an exception, too."""
    outcome = Returned(value=value)
    assert declared.kept(Invocation(function, scenario=scenario), outcome) is outcome


@pytest.mark.parametrize(("function", "value"), FITS_NOT)
def test_what_no_driver_returns_was_returned_by_none(scenario: Path, function: str, value: Any) -> None:
    """A check never computes with it."""
    assert declared.kept(Invocation(function, scenario=scenario), Returned(value=value)) == FORGED


def test_only_what_drivers_return_is_declared(scenario: Path) -> None:
    """An attempt's own function may return anything, and whoever raises has returned nothing."""
    assert declared.kept(Invocation("order"), Returned(value=7)) == Returned(value=7)
    assert declared.kept(Invocation("order", scenario=scenario), Raised(error=AN_ERROR)) == Raised(error=AN_ERROR)


@pytest.mark.parametrize(
    ("exercise", "function", "value"),
    [
        ("10_socket_loop", "wakings", [0.25, "too early"]),
        ("10_socket_loop", "in_bites", None),
        ("21_graceful_shutdown", "over_already", None),
    ],
)
def test_what_tells_of_a_mistake_is_declared_too(exercise: str, function: str, value: Any) -> None:
    """A driver that says what went wrong has not been answered for."""
    outcome = Returned(value=value)
    invocation = Invocation(function, scenario=catalog.own_exercises() / exercise / "scenario.py")
    assert declared.kept(invocation, outcome) is outcome


@pytest.mark.parametrize("annotation", ["Sequence[str]", "'list[str]'", "list[set]", "Any", "tuple[int, ...]"])
def test_other_annotations_are_refused(tmp_path: Path, annotation: str) -> None:
    """The file is read, and not run: what it imports is unknown."""
    file = tmp_path / "scenario.py"
    file.write_text(f"def order(attempt) -> {annotation}: ...")
    with pytest.raises(declared.Unreadable):
        declared.of(file)


def test_an_attempt_that_answers_in_the_drivers_place(engine: Engine, made_world: World, tmp_path: Path) -> None:
    """Its answer has another type: it has no part in any check, and is no error of ours."""
    file = tmp_path / "scenario.py"
    file.write_text("def order(attempt) -> list[str]:\n    return attempt.order()\n")
    calls = {'["a", "b"]': Returned(value=["a", "b"]), "7": FORGED}
    for answer, wanted in calls.items():
        source = Source(f"def order():\n    return {answer}\n".encode())
        run = engine.run(source, Invocation("order", scenario=file), made_world, Watching(5.0))
        assert run.outcome == wanted
