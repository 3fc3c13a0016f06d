"""Servers of plain TCP, clients who talk to an attempt's server, and what is said of sockets."""

from __future__ import annotations

import contextlib
import socket
import time

import pytest

from checker.judge.diagnosis import sockets
from checker.model.codes import Code
from checker.model.evidence import Reply
from checker.model.outcome import ErrorInfo, Raised
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.ledger import MAX_BYTES
from checker.world.peer import Manner, Peer
from checker.world.visitors import talk
from checker.world.world import World
from tests import evidence
from tests.conftest import wait_for


def ask(peer: Peer, line: bytes) -> bytes:
    """Everything that comes back for a line, until the server closes."""
    with socket.create_connection(peer.address, timeout=5) as connection:
        connection.sendall(line)
        return b"".join(iter(lambda: connection.recv(100), b""))


def test_it_answers_late_and_afresh(made_world: World) -> None:
    """The latency is the server's; each answer is new; the ledger has the word as the key."""
    peer = made_world.peer("peer", Manner(0.05))
    started_s = time.perf_counter()
    first, second = ask(peer, b"ann 1\n"), ask(peer, b"ann 2\n")
    assert time.perf_counter() - started_s >= 0.1
    assert first != second
    assert (peer.answer_to("ann") or "").encode() == second
    assert peer.received == {"ann": b"ann 2"}
    assert [(span.name, span.key, span.outcome) for span in made_world.ledger.spans()] == [
        ("peer", "ann", "answered")
    ] * 2


def test_it_answers_in_pieces(made_world: World) -> None:
    """Byte by byte, and in the end all of it."""
    peer = made_world.peer("peer", Manner(in_pieces=True))
    with socket.create_connection(peer.address, timeout=5) as connection:
        connection.sendall(b"bob\n")
        pieces = list(iter(lambda: connection.recv(100), b""))
    assert len(pieces) > 3
    assert b"".join(pieces).decode() == peer.answer_to("bob")


def test_it_reads_only_after_a_while(made_world: World) -> None:
    """A megabyte cannot be sent at once to who does not read; later it arrives whole."""
    peer, message = made_world.peer("peer", Manner(reads_after_s=0.2)), b"much " + b"x" * 2**20 + b"\n"
    started_s = time.perf_counter()
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        connection.connect(peer.address)
        connection.sendall(message)
        assert time.perf_counter() - started_s >= 0.15
        assert connection.recv(100)
    assert peer.received["much"] + b"\n" == message


def test_it_echoes(made_world: World) -> None:
    """What comes goes back, until the client has nothing more to say."""
    peer = made_world.peer("peer", Manner(echoes=True))
    with socket.create_connection(peer.address, timeout=5) as connection:
        connection.sendall(b"hello")
        connection.shutdown(socket.SHUT_WR)
        assert b"".join(iter(lambda: connection.recv(100), b"")) == b"hello"


def test_it_does_not_take_everything(made_world: World) -> None:
    """A line without an end is not kept without an end."""
    peer = made_world.peer("peer", Manner())
    with socket.create_connection(peer.address, timeout=5) as connection, contextlib.suppress(ConnectionError):
        for _ in range(20):
            connection.sendall(b"x" * 2**20)
    _wait_for(lambda: made_world.ledger.connections()[0].closed_s is not None)
    assert sum(map(len, peer.received.values())) <= MAX_BYTES


def test_all_of_them_keep_no_more_than_their_world(made_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lines come at once, to whichever of a world's servers."""
    monkeypatch.setattr("checker.world.ledger.MAX_BYTES", 3 * 2**16)
    peers = [made_world.peer(name, Manner()) for name in ("one", "other")]
    for number in range(8):
        ask(peers[number % 2], f"{number} ".encode() + b"x" * 2**15 + b"\n")
    assert 0 < sum(len(line) for peer in peers for line in peer.received.values()) <= 3 * 2**16


def test_who_comes_too_often_is_hung_up_on(made_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection too many is closed, and leaves nothing behind."""
    peer = made_world.peer("peer", Manner())
    assert ask(peer, b"ann\n")
    monkeypatch.setattr("checker.world.ledger.MAX_ENTRIES", 1)
    with contextlib.suppress(ConnectionError):
        assert ask(peer, b"bob\n") == b""
    wait_for(lambda: not peer._connections, 5)


def test_who_hangs_up_has_dropped_its_operation(made_world: World) -> None:
    """And the connection is closed, as far as the ledger knows."""
    peer = made_world.peer("peer", Manner(5.0))
    with socket.create_connection(peer.address, timeout=5) as connection:
        connection.sendall(b"ann\n")
        _wait_for(lambda: len(made_world.ledger.spans()) == 1)
        assert made_world.ledger.connections()[0].closed_s is None
    _wait_for(lambda: made_world.ledger.spans()[0].outcome == "dropped")
    _wait_for(lambda: made_world.ledger.connections()[0].closed_s is not None)


def _wait_for(condition: object) -> None:
    deadline_s = time.perf_counter() + 2
    assert callable(condition)
    while not condition():
        assert time.perf_counter() < deadline_s
        time.sleep(0.005)


SERVER = b"""
import socket, threading

def serve(listener, visitors, side_by_side):
    def echo(connection):
        with connection:
            while data := connection.recv(100):
                connection.sendall(data)
    visitors.come()
    threads = []
    for _ in range(2):
        thread = threading.Thread(target=echo, args=(listener.accept()[0],))
        thread.start()
        if not side_by_side:
            thread.join()
        threads.append(thread)
    for thread in threads:
        thread.join()
"""


@pytest.mark.parametrize("side_by_side", [True, False])
def test_a_silent_client(engine: Engine, made_world: World, side_by_side: bool) -> None:
    """The quick one is served while the silent one says nothing, exactly where clients are served side by side."""
    listener = made_world.listener()
    silent = talk(["hello", "again"], falls_silent_until=lambda: visitors.gone(1))
    quick = talk(["good morning"], comes_when=lambda: visitors.heard(0))
    visitors = made_world.visitors(listener, [silent, quick])
    request = Invocation("serve", (listener, visitors, side_by_side))
    engine.run(Source(SERVER), request, made_world, Watching(5.0))
    replies = made_world.replies(visitors)
    assert [reply.answer for reply in replies] == [["hello", "again"], ["good morning"]]
    assert (sockets.kept_waiting(*replies) is None) is side_by_side


# --- what is said ---


def reply(ended_s: float, trouble: str = "") -> Reply:
    return Reply(what="a client", status=None, answer=[], began_s=1.0, ended_s=ended_s, trouble=trouble)


def test_who_keeps_whom_waiting() -> None:
    """The quick one is gone before the silent one, and came because that one had been answered."""
    assert sockets.kept_waiting(reply(3.0), reply(2.0)) is None
    assert sockets.kept_waiting(reply(2.0), reply(3.0)) is not None
    assert sockets.kept_waiting(reply(3.0), reply(2.0, "was not answered")) is not None


def test_what_is_quick_is_over_first() -> None:
    """Where it is not, something held it up."""
    quick, slow = evidence.span(0.0, 0.1, name="quick"), evidence.span(0.0, 0.4, name="slow")
    run = evidence.run(spans=(quick, slow))
    assert sockets.held_up(run, "quick", "slow", "it waited", "hint") is None
    found = sockets.held_up(run, "slow", "quick", "it waited", "hint")
    assert found is not None
    assert (found.code, found.sentence) == (Code.SERIAL, "it waited.")
    assert sockets.held_up(run, "quick", "never asked", "it waited", "hint") is None
    assert sockets.held_up(run, "never asked", "slow", "it waited", "hint") is not None


def test_what_began_too_late_shows_nothing() -> None:
    """Beside other programs, the slow one may end even later than who had to wait until it was due."""
    slow = evidence.span(0.0, 0.9, name="slow", latency_s=0.4)
    for start_s, shows_nothing in ((0.39, False), (0.41, True)):
        run = evidence.run(spans=(evidence.span(start_s, 0.5, name="quick"), slow))
        assert sockets.hidden(run, "quick", "slow") is shows_nothing


def test_a_socket_that_would_block() -> None:
    """sendall on a non-blocking socket has lost what did not fit."""
    error = ErrorInfo(type="BlockingIOError", bases=("BlockingIOError", "OSError"), message="", line=3)
    found = sockets.would_block(evidence.run(outcome=Raised(error=error)))
    assert found is not None
    assert (found.code, found.line) == (Code.LOST, 3)
    assert sockets.would_block(evidence.run()) is None


@pytest.mark.parametrize(
    ("received", "code"), [(b"abc", None), (b"ab", Code.LOST), (None, Code.LOST), (b"abd", Code.WRONG_RESULT)]
)
def test_what_arrived(received: bytes | None, code: Code | None) -> None:
    """All of it, and as it was sent."""
    found = sockets.not_received(received, b"abc")
    assert (found.code if found else None) is code


def test_order_has_its_own_hint() -> None:
    """All is there, but not in order; where something else is wrong, the usual hint stands."""
    assert sockets.misplaced(evidence.run(value=[1, 2]), [1, 2], "queue up") is None
    found = sockets.misplaced(evidence.run(value=[2, 1]), [1, 2], "queue up")
    assert found is not None
    assert (found.code, found.hint) == (Code.ORDER, "queue up")
    other = sockets.misplaced(evidence.run(value=[1]), [1, 2], "queue up")
    assert other is not None
    assert other.hint != "queue up"


@pytest.mark.parametrize(
    "text",
    [
        "import asyncio",
        "import asyncio.events as e",
        "from asyncio import run",
        "def f():\n    from asyncio.events import *",
        "import sys\na = sys.modules['asyncio']",
        "a = __import__('asyncio')",
        "import importlib\na = importlib.import_module('asyncio.base_events')",
    ],
)
def test_imports_are_read(text: str) -> None:
    """By a statement anywhere, or by the module's name as text."""
    found = sockets.imported(evidence.run(source=text), "asyncio")
    assert found is not None
    assert found.code is Code.WRONG_TOOL


@pytest.mark.parametrize(
    "text",
    [
        "import select\n# asyncio",
        "x = 'asyncio'",
        "import asynciox",
        "def f(:",
        "raise RuntimeError('asyncio')",
        "stop('asyncio. That is for the next exercise')",
        "logging.getLogger('asyncio')",
    ],
)
def test_what_is_no_import(text: str) -> None:
    """A comment, another name, a text that nobody looks up or that is for people, a file that cannot be read."""
    assert sockets.imported(evidence.run(source=text), "asyncio") is None
