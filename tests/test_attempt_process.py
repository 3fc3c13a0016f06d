"""The grader's side of one attempt's process, with nobody, or only a script, on the other side."""

from __future__ import annotations

import errno
import os
import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from checker.attempt import keeper, wire
from checker.model.limits import Limits
from checker.model.outcome import Hung
from checker.process import ProcessError, control_group, fork_server, interpreters, lifeline, samples, scratch
from checker.process.attempt_process import AttemptProcess
from checker.process.fork_server import ForkServer
from checker.process.lifeline import Lifeline
from checker.process.samples import Samples
from checker.process.surroundings import Copy

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

    monkeypatch.setattr(fork_server, "_start", start)
    yield waiting
    for server in waiting:
        server.ours.close()
        server.theirs.close()


def test_a_call_begins_when_its_server_has_imported_everything(servers: list[Server]) -> None:
    """Only then does the time run in which a machine must be able to fork: an interpreter may take longer to start."""
    forks = ForkServer(interpreters.own())
    servers[0].theirs.send(b".")
    forks.fork({}, NOTHING)
    assert servers[0].theirs.recv(100) == b'{"preload": []}'


def test_a_server_that_does_not_take_up_a_call_is_not_asked_again(
    servers: list[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its late answer would be taken for that to another call. There is a new one for the next."""
    monkeypatch.setattr(interpreters, "START_S", 0.01)
    forks = ForkServer(interpreters.own())
    with pytest.raises(ProcessError, match="did not take up the call: timed out"):
        forks.fork({}, NOTHING)
    assert servers[0].status == 0
    servers[1].theirs.send(b".")
    forks.fork({}, NOTHING)


def test_a_server_that_ends_is_told_as_that(servers: list[Server]) -> None:
    """Instead of an answer, the end of the connection comes."""
    servers[0].theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(ProcessError, match="did not take up the call: it has ended"):
        ForkServer(interpreters.own()).fork({}, NOTHING)


def test_the_end_waits_for_no_server_that_hangs(servers: list[Server]) -> None:
    """Who waits for its answer is told so at once, and no other is started."""
    forks, told = ForkServer(interpreters.own()), []

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


COPY = Copy("attempt.py", b"")
OPEN = Path("/proc/self/fd")
NOBODY = 2**22
"""No process has this number (PID_MAX_LIMIT of Linux)."""
linux_only = pytest.mark.skipif(not OPEN.exists(), reason="this system does not tell what is open")


class Scripted(ForkServer):
    """Forks nobody. `theirs` are copies of what an attempt's process and its keeper would have; they say hello."""

    def __init__(self) -> None:
        super().__init__(interpreters.own())
        self.theirs: dict[str, int] = {}

    def fork(self, job: dict[str, Any], descriptors: dict[str, int]) -> None:
        assert set(job) >= {"file", "limits"}
        self.theirs = {name: os.dup(descriptor) for name, descriptor in descriptors.items()}
        for number in (NOBODY, NOBODY, 1):
            os.write(self.theirs["lifeline"], keeper._told(number))
        os.write(self.theirs["connection"], wire.frame({"is": "hello"}))

    def drop(self, *names: str) -> None:
        for name in names or tuple(self.theirs):
            os.close(self.theirs.pop(name))


def begun(forks: ForkServer) -> AttemptProcess:
    return AttemptProcess(forks, COPY, terminal=False, sandbox=None, limits=Limits())


def is_open() -> list[Path]:
    """The descriptors of this process."""
    return sorted(OPEN.iterdir())


def refuse(*_: object) -> None:
    raise OSError(errno.EMFILE, "Too many open files")


@linux_only
@pytest.mark.parametrize(
    ("owner", "name"),
    [(control_group, "new"), (Copy, "put"), (os, "pipe"), (socket, "socketpair"), (Scripted, "fork")],
)
def test_a_process_that_cannot_be_started_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, owner: object, name: str
) -> None:
    """Wherever it fails: no folder, no descriptor; and it is told as a failure of ours."""
    monkeypatch.setattr(scratch, "place", lambda _: tmp_path)
    before = is_open()
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, refuse)
        with pytest.raises(ProcessError, match="Too many open files"):
            begun(Scripted())
    assert is_open() == before
    assert list(tmp_path.iterdir()) == []


@linux_only
def test_a_process_that_says_something_else_than_hello_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sockets that came with it are closed, too."""
    before, forks = is_open(), Scripted()

    def other(*_: object) -> object:
        forks.drop()
        return wire.frame({"is": "go"}), [each.detach() for each in socket.socketpair()], 0, None

    monkeypatch.setattr(socket, "recv_fds", other)
    with pytest.raises(ProcessError, match="did not start"):
        begun(forks)
    assert is_open() == before


def test_who_closes_the_pipe_for_stacks_is_not_listened_to_without_a_pause() -> None:
    """Its end is noticed once; a pipe at its end is always ready."""
    forks = Scripted()
    process = begun(forks)
    forks.drop("stacks")
    assert [process._listen(0), process._listen(0)] == [True, False]
    assert process.outcome(0.01, sample_every_s=0.001) == Hung(after_s=0.01, stacks=())
    forks.drop()
    process.close()


LAST = b'{"stacks": [{"who": "thread main", "frames": []}], "notices": [], "last": true}\n'


@pytest.mark.parametrize("is_late", [False, True])
def test_where_it_stood_is_known_however_late_we_look(is_late: bool) -> None:
    """What is there when the time is over counts, and so does what somebody wrote who had no core until then."""
    with closing(Samples()) as told:

        def delayed_s() -> float:
            if is_late:
                os.write(told.writers, LAST)
            return 1.0 if is_late else 0.0

        if not is_late:
            os.write(told.writers, LAST)
        assert [each.who for each in told.await_last(0.0, delayed_s)] == ["thread main"]
        os.close(told.writers)


def test_who_cannot_tell_is_not_awaited_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long others have kept it waiting, and whatever else it writes."""
    monkeypatch.setattr(samples, "MOST_DELAY_S", 0.01)
    with closing(Samples()) as told:
        monkeypatch.setattr(told, "take", lambda: True)
        os.write(told.writers, b"x")  # and so on
        assert told.await_last(0.01, lambda: 1e6) == ()
        os.close(told.writers)


@linux_only
def test_descriptors_may_have_any_number() -> None:
    """select(2) knows those up to 1023 only, and a grader with many cores has more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2048:
        pytest.skip("this system allows no more descriptors")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    with ExitStack() as stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        for _ in range(1024):
            stack.enter_context(open(os.devnull))  # noqa: PTH123  (what is open counts, not what it is)
        forks = Scripted()
        process = begun(forks)
        assert isinstance(process.outcome(0.01), Hung)
        forks.drop()
        process.close()
