"""The grader's side of one attempt's process, with nobody, or only a script, on the other side."""

from __future__ import annotations

import os

import pytest

from checker.attempt import keeper
from checker.process import lifeline
from checker.process.lifeline import Lifeline


@pytest.fixture
def killed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Who would have got signals."""
    pids: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, _: pids.append(pid))
    return pids


def test_who_was_never_heard_of_is_not_killed(killed: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork server that does not answer: the keeper's end is still on its way there, and its number is not known."""
    monkeypatch.setattr(lifeline, "CLOSE_S", 0.01)
    line = Lifeline()
    with line.keepers:
        line.close()
    assert killed == []


@pytest.mark.parametrize("number", [0, 1, -1])
def test_only_one_process_and_those_below_it_are_taken_down(killed: list[int], number: int) -> None:
    """For kill(2), 0 is the caller's own process group, and -1 everybody."""
    with pytest.raises(ValueError, match=str(number)):
        keeper.take_down(number)
    assert killed == []
