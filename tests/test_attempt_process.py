"""The grader's side of one attempt's process, with nobody, or only a script, on the other side."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator

import pytest

from checker.attempt import keeper
from checker.process import ProcessError, interpreters, lifeline, nursery
from checker.process.lifeline import Lifeline
from checker.process.nursery import Nursery

SOON_S = 20.0
"""By then even a busy machine has run a thread."""
NOTHING = dict.fromkeys(keeper.DESCRIPTORS, 0)


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


class Server:
    """A fork server that is played by the test, which has its end of the connection."""

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.status: int | None = None

    def poll(self) -> int | None:
        return self.status

    def wait(self, _: float | None = None) -> None:
        self.status = 0


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Server]]:
    """Those that will be started, in this order."""
    waiting = [Server(), Server()]
    started = iter(waiting)

    def start(*_: object) -> tuple[socket.socket, Server]:
        server = next(started)
        return server.ours, server

    monkeypatch.setattr(nursery, "_start", start)
    yield waiting
    for server in waiting:
        server.ours.close()
        server.theirs.close()


def test_a_call_begins_when_its_server_has_imported_everything(servers: list[Server]) -> None:
    """Only then does the time run in which a machine must be able to fork: an interpreter may take longer to start."""
    forks = Nursery(interpreters.own())
    servers[0].theirs.send(b".")
    forks.fork({}, NOTHING)
    assert servers[0].theirs.recv(100) == b'{"preload": []}'


def test_a_server_that_does_not_take_up_a_call_is_not_asked_again(
    servers: list[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its late answer would be taken for that to another call. There is a new one for the next."""
    monkeypatch.setattr(interpreters, "START_S", 0.01)
    forks = Nursery(interpreters.own())
    with pytest.raises(ProcessError, match="did not take up the call: timed out"):
        forks.fork({}, NOTHING)
    assert servers[0].status == 0
    servers[1].theirs.send(b".")
    forks.fork({}, NOTHING)


def test_a_server_that_ends_is_told_as_that(servers: list[Server]) -> None:
    """Instead of an answer, the end of the connection comes."""
    servers[0].theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(ProcessError, match="did not take up the call: it has ended"):
        Nursery(interpreters.own()).fork({}, NOTHING)


def test_the_end_waits_for_no_server_that_hangs(servers: list[Server]) -> None:
    """Who waits for its answer is told so at once, and no other is started."""
    forks, told = Nursery(interpreters.own()), []

    def ask() -> None:
        with pytest.raises(ProcessError) as error:
            forks.fork({}, NOTHING)
        told.append(str(error.value))

    asks = threading.Thread(target=ask)
    asks.start()
    servers[0].theirs.recv(1)
    forks.close()
    asks.join(SOON_S)
    assert told == ["the fork server did not take up the call: it has ended"]
    with pytest.raises(ProcessError, match="the checks are over"):
        forks.fork({}, NOTHING)
