"""Worlds: operations, accounts and pages on real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import struct
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from checker.checks.call import Call
from checker.model.evidence import NOT_ASKED
from checker.model.outcome import Raised
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Namespace, Source
from checker.process.watched import Watching
from checker.world.accounts import Accounts
from checker.world.heart import Heart
from checker.world.ledger import MAX_BYTES, MAX_ENTRIES, MAX_KEY, Full, Ledger
from checker.world.listening import BACKLOG, MAX_CONNECTIONS
from checker.world.loop import come_round
from checker.world.operations import Operation
from checker.world.peer import Manner, Peer
from checker.world.service import Service
from checker.world.site import Page, Site
from checker.world.world import World
from tests.conftest import wait_for


def ask(engine: Engine, request: object, read: bool = True) -> bytes:
    """One line to the world's port, and the line that comes back."""
    with socket.create_connection(("127.0.0.1", engine.port), timeout=5) as connection:
        connection.sendall(json.dumps(request).encode() + b"\n")
        return connection.makefile("rb").readline() if read else b""


def test_an_operation_takes_its_time_and_answers_afresh(engine: Engine, made_world: World) -> None:
    """The latency is on the world's side, each answer is new, and the ledger has both operations."""
    job = made_world.operation("job", lambda delay: delay)
    started_s = time.perf_counter()
    answers = [json.loads(ask(engine, {"op": job.id, "args": [0.05], "caller": "me", "line": 3})) for _ in range(2)]
    assert time.perf_counter() - started_s >= 0.1
    assert answers[0] != answers[1]
    assert job.answer == job.answer_to(0.05) == answers[1]["answer"]
    assert job.answer_to(0.07) is NOT_ASKED
    spans = made_world.ledger.spans()
    assert [(span.name, span.outcome, span.caller, span.line) for span in spans] == [("job", "answered", "me", 3)] * 2
    assert all(span.end_s is not None and span.end_s - span.start_s >= 0.05 for span in spans)


@pytest.mark.parametrize("kind", [ConnectionError, KeyError])
def test_an_operation_can_fail_on_purpose(engine: Engine, made_world: World, kind: type[Exception]) -> None:
    """The error's type, and what it was made of, cross; the ledger says that it failed."""
    job = made_world.operation("job", 0.0, error=kind("down"))
    assert json.loads(ask(engine, {"op": job.id})) == {"error": {"type": kind.__name__, "message": "down"}}
    assert [span.outcome for span in made_world.ledger.spans()] == ["failed"]


def test_wrong_arguments_are_a_type_error(engine: Engine, made_world: World) -> None:
    """A call with arguments that make no sense comes back as the attempt's own mistake, and is no operation."""
    job = made_world.operation("say", lambda delay: delay)
    reply = json.loads(ask(engine, {"op": job.id, "args": ["soon"]}))
    assert reply["error"]["type"] == "TypeError"
    assert "say() cannot be called with ('soon',)" in reply["error"]["message"]
    assert made_world.ledger.spans() == []


def test_no_answer_was_due_before_it_was_asked_for(engine: Engine, made_world: World) -> None:
    """A delay below zero is none: else the world would seem to be late by it, and no verdict could be given."""
    job = made_world.operation("say", lambda delay: delay)
    assert "answer" in json.loads(ask(engine, {"op": job.id, "args": [-100.0]}))
    assert [span.latency_s for span in made_world.ledger.spans()] == [0.0]
    assert made_world.ledger.late_s() < 100


def test_what_is_refused_at_its_start_is_no_operation(engine: Engine, made_world: World) -> None:
    """An account that is not there: a read that would never end would be said to go on after the return."""
    accounts = made_world.accounts({"alice": 1}, read_s=0.02)
    reply = json.loads(ask(engine, {"op": accounts.read.id, "args": ["nobody"]}))
    assert reply["error"]["type"] == "TypeError"
    assert made_world.ledger.spans() == []
    assert json.loads(ask(engine, {"op": accounts.read.id, "args": ["alice"]})) == {"answer": 1}


@pytest.mark.parametrize("args", [[], [0.0, 1]])
def test_a_wrong_number_of_arguments_is_told_as_that(engine: Engine, made_world: World, args: list[float]) -> None:
    """The names of what answers on our side mean nothing to a learner."""
    by_latency = made_world.operation("say", lambda delay: delay)
    by_answer = made_world.operation("say", 0.0, answer=lambda _caller, delay: delay)
    for job in (by_latency, by_answer):
        message = json.loads(ask(engine, {"op": job.id, "args": args}))["error"]["message"]
        assert message == f"say() takes 1 argument, and was given {len(args)}"


@pytest.mark.parametrize("text", ["def work(say): say(delay=0.0)", "async def work(say): await say(delay=0.0)"])
def test_an_argument_by_its_name_is_told_as_that(engine: Engine, made_world: World, text: str) -> None:
    """On every Python, and without a name of ours."""
    job = made_world.operation("say", lambda delay: delay)
    run = engine.run(Source(text.encode()), Invocation("work", (job,)), made_world, Watching(5.0))
    assert isinstance(run.outcome, Raised)
    assert run.outcome.error.type == "TypeError"
    assert run.outcome.error.message == "say() takes its arguments by their places: leave out `delay=`"
    assert run.outcome.error.line == 1


def test_hanging_up_is_seen(engine: Engine, made_world: World) -> None:
    """A caller that closes its connection has dropped its operation, long before its latency is over."""
    job = made_world.operation("job", 5.0)
    ask(engine, {"op": job.id}, read=False)
    deadline_s = time.perf_counter() + 2
    while not (spans := made_world.ledger.spans()) or spans[0].end_s is None:
        assert time.perf_counter() < deadline_s
        time.sleep(0.005)
    assert spans[0].outcome == "dropped"


@pytest.mark.parametrize("server", ["service", "peer", "site"])
def test_a_connection_that_is_reset_is_hung_up(engine: Engine, made_world: World, server: str) -> None:
    """As the system does to whoever ends with something unread; no end of what was sent comes then."""
    port, request = slow(engine, made_world, server)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        wait_for(made_world.ledger.spans, 5)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wait_for(lambda: made_world.ledger.spans()[0].end_s is not None, 5)
    assert made_world.ledger.spans()[0].outcome == "dropped"


@pytest.mark.parametrize("server", ["service", "peer", "site"])
def test_who_hangs_up_while_the_world_has_no_core_has_hung_up(
    engine: Engine, made_world: World, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The latency is over when the world comes to look, and nobody is there any more to answer to."""
    port, request = slow(engine, made_world, server)
    loop, late, hung_up = engine._thread.loop, threading.Event(), threading.Event()

    def without_a_core() -> None:
        late.set()
        hung_up.wait(5)

    def until_all_is_due() -> None:
        loop.call_later(0.0, without_a_core)  # the operation's timer is due in the same turn, behind it
        now_s = loop.time() + 2 * SLOW_S
        monkeypatch.setattr(loop, "time", lambda: now_s)

    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
        wait_for(made_world.ledger.spans, 5)
        loop.call_soon_threadsafe(until_all_is_due)
        assert late.wait(5)
    monkeypatch.undo()
    hung_up.set()
    wait_for(lambda: made_world.ledger.spans()[0].end_s is not None, 5)
    assert made_world.ledger.spans()[0].outcome == "dropped"


def test_who_hangs_up_later_has_been_answered_before(engine: Engine, made_world: World) -> None:
    """However long the thread of the worlds takes from its last look at a caller to the answer."""
    gone_s: list[float] = []

    def answer(_caller: str) -> None:
        client.close()
        gone_s.append(time.perf_counter())

    operation = made_world.operation("job", 0.0, answer=answer)
    client = socket.create_connection(("127.0.0.1", engine.port), timeout=5)
    client.sendall(json.dumps({"op": operation.id}).encode() + b"\n")
    wait_for(lambda: [span.outcome for span in made_world.ledger.spans()] == ["answered"], 5)
    end_s = made_world.ledger.spans()[0].end_s
    assert end_s is not None
    assert end_s < gone_s[0]


@pytest.mark.parametrize("latency_s", [0.0, 5.0])
def test_who_came_and_went_before_the_world_accepted_anybody(
    engine: Engine, made_world: World, latency_s: float
) -> None:
    """After catching up, not one of them is on its way: connection, request and end were there already."""
    request = json.dumps({"op": made_world.operation("job", latency_s).id}).encode() + b"\n"

    async def caught_up() -> list[str]:
        await come_round()
        return [span.outcome for span in made_world.ledger.spans()]

    with without_a_core(engine):
        outcomes = asyncio.run_coroutine_threadsafe(caught_up(), engine._thread.loop)
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", engine.port), timeout=5) as client:
                client.sendall(request)
    assert outcomes.result(5) == ["dropped"] * 20


def test_an_answer_is_overdue_until_it_can_be_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ended when it was due, and was sent half a second later: that is the machine's fault."""
    now_s = iter([10.0, 11.5])
    monkeypatch.setattr("checker.world.ledger.time", SimpleNamespace(perf_counter=lambda: next(now_s)))
    ledger = Ledger()
    ledger.open("job", 1.0).close("answered", 11.0)
    assert (ledger.spans()[0].end_s, ledger.late_s()) == (11.0, 0.5)


def test_what_has_no_answer_to_give_has_failed(engine: Engine, made_world: World) -> None:
    """Not to be taken for an operation that is still going on."""

    def answer(_caller: str) -> None:
        raise TypeError("no answer")

    operation = made_world.operation("job", 0.0, answer=answer)
    with socket.create_connection(("127.0.0.1", engine.port), timeout=5) as client:
        client.sendall(json.dumps({"op": operation.id}).encode() + b"\n")
        assert client.recv(1)
    assert [span.outcome for span in made_world.ledger.spans()] == ["failed"]


@pytest.mark.parametrize("headers_first", [False, True])
def test_who_hangs_up_before_the_world_comes_to_look(engine: Engine, made_world: World, headers_first: bool) -> None:
    """The request and its end are there together: nobody is there any more whom the headers could reach."""
    port, request = asked(made_world.page(5.0, "late", headers_first=headers_first))
    with without_a_core(engine), socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(request)
    wait_for(lambda: [span.outcome for span in made_world.ledger.spans() if span.end_s is not None] == ["dropped"], 5)


@pytest.mark.parametrize("server", ["service", "peer"])
def test_who_hangs_up_and_asks_again_asks_for_one_at_a_time(engine: Engine, made_world: World, server: str) -> None:
    """Also if the world has no core meanwhile, and comes to see both in the same turn."""
    port, request = slow(engine, made_world, server)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as first:
        first.sendall(request)
        wait_for(made_world.ledger.spans, 5)
        with without_a_core(engine):
            first.close()
            second = socket.create_connection(("127.0.0.1", port), timeout=5)
            second.sendall(request)
    with second:
        wait_for(lambda: len(made_world.ledger.spans()) == 2, 5)
    one, other = made_world.ledger.spans()
    assert one.outcome == "dropped"
    assert one.end_s is not None
    assert one.end_s <= other.start_s


SLOW_S = 5.0
"""Longer than a test may be held up between two of its lines."""


def slow(engine: Engine, world: World, server: str) -> tuple[int, bytes]:
    """Where something can be asked for that takes SLOW_S, and how one asks."""
    if server == "service":
        return engine.port, json.dumps({"op": world.operation("job", SLOW_S).id}).encode() + b"\n"
    if server == "peer":
        return world.peer("peer", Manner(SLOW_S)).port, b"ann\n"
    return asked(world.page(SLOW_S))


def asked(page: Page) -> tuple[int, bytes]:
    """Where a page is asked for, and how."""
    url = urllib.parse.urlsplit(page.url)
    return url.port or 0, f"GET {url.path} HTTP/1.1\r\nHost: it\r\n\r\n".encode()


@contextlib.contextmanager
def without_a_core(engine: Engine) -> Iterator[None]:
    """The thread of the worlds stands still meanwhile."""
    stands_still, over = threading.Event(), threading.Event()

    def stand_still() -> None:
        stands_still.set()
        over.wait(5)

    engine._thread.loop.call_soon_threadsafe(stand_still)
    assert stands_still.wait(5)
    yield
    over.set()


SERVERS = {
    "service": Service, "peer": lambda: Peer(Ledger(), "peer", Manner()), "site": lambda: Site(Ledger()),
}  # fmt: skip


@pytest.mark.parametrize("made", SERVERS.values(), ids=SERVERS)
def test_the_queue_of_callers_is_long(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, made: Callable[[], Service | Peer | Site]
) -> None:
    """On a server's own socket, and on one of an attempt's network: what the kernel was told last counts."""
    lengths: dict[int, int] = {}
    listen = socket.socket.listen

    def noted(listener: socket.socket, length: int = 0) -> None:
        lengths[listener.getsockname()[1]] = length
        listen(listener, length)

    monkeypatch.setattr(socket.socket, "listen", noted)
    server, further = made(), socket.create_server(("127.0.0.1", 0))
    engine._thread.run(server.start())
    also = engine._thread.run(server.serve(further))
    assert lengths == {server.port: BACKLOG, further.getsockname()[1]: BACKLOG}
    engine._thread.loop.call_soon_threadsafe(also.close)
    engine._thread.run(server.stop())


@pytest.mark.parametrize(
    "request_line",
    [
        {"op": "unknown"},
        {"nonsense": 1},
        [],
        {"op": 7},
        {"op": "x" * 2**21},
        {"beat": "unknown"},
        {"args": {"$": 1}},
    ],
)
def test_strange_requests_are_hung_up_on(engine: Engine, made_world: World, request_line: object) -> None:
    """Whatever arrives, the world closes that connection and goes on."""
    with contextlib.suppress(ConnectionError):
        assert ask(engine, request_line) == b""
    job = made_world.operation("job", 0.0)
    assert "answer" in json.loads(ask(engine, {"op": job.id}))


@pytest.mark.parametrize(
    "sent", [b"GET /\xff HTTP/1.1\r\n\r\n", b"no request at all\r\n\r\n", b"GET /" + 100_000 * b"a"]
)
def test_strange_requests_to_a_site_are_not_logged(
    made_world: World, caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    """A record holds what was sent, and the frames that read it: some thousand of them took the grader's memory."""
    page = urllib.parse.urlparse(made_world.page(0.0).url)
    for _ in range(3):
        connected = socket.create_connection((page.hostname or "", page.port or 0), timeout=5)
        with contextlib.suppress(ConnectionError), connected:
            connected.sendall(sent)
            assert connected.recv(9) in (b"HTTP/1.0 ", b"HTTP/1.1 ")
    assert caplog.records == []


def test_a_mistake_of_the_worlds_own_is_logged(made_world: World, caplog: pytest.LogCaptureFixture) -> None:
    """It is nobody else's."""
    api = made_world.api()
    api.endpoint("weather", 0.0, status=lambda _: 1 // 0)
    with pytest.raises(urllib.error.HTTPError, match="500"):
        urllib.request.urlopen(f"{api.url}/weather/Oslo", timeout=5)
    assert [record.exc_info and record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_who_asks_more_often_than_there_are_answers_is_told(engine: Engine, made_world: World) -> None:
    """A StopIteration of a check's iterator ended the world's own coroutine, and the caller got no answer at all."""
    answers, latencies_s = iter(["only one"]), iter([0.0])
    told = made_world.operation("tell", 0.0, answer=lambda _caller: next(answers))
    use = made_world.operation("use", lambda: next(latencies_s))
    for operation in (told, use):
        assert "answer" in json.loads(ask(engine, {"op": operation.id}))
        complaint = f"{operation.name}() was called more often than there are answers"
        assert json.loads(ask(engine, {"op": operation.id})) == {"error": {"type": "TypeError", "message": complaint}}


def test_connections_are_capped(engine: Engine, made_world: World) -> None:
    """An attempt that opens connections and never reads does not take the world down."""
    job = made_world.operation("job", 0.0)
    idle = [socket.create_connection(("127.0.0.1", engine.port), timeout=5) for _ in range(MAX_CONNECTIONS)]
    try:
        with socket.create_connection(("127.0.0.1", engine.port), timeout=5) as one_more:
            assert one_more.recv(1) == b""
    finally:
        for connection in idle:
            connection.close()
    deadline_s = time.perf_counter() + 2
    while not (reply := ask(engine, {"op": job.id})):
        assert time.perf_counter() < deadline_s
    assert "answer" in json.loads(reply)


def test_calls_side_by_side_do_not_take_each_others_connections(engine: Engine, made_world: World) -> None:
    """On a machine with many cores, hundreds of calls share the world's server: none is hung up on for the others."""
    job = made_world.operation("job", 0.0)
    service = made_world._service
    keys = ["one", "another"]
    for key in keys:
        service.listen(key, Heart(lambda: None, Idle()))
    crowd = [socket.create_connection(("127.0.0.1", engine.port), timeout=5) for _ in range(MAX_CONNECTIONS)]
    try:
        assert "answer" in json.loads(ask(engine, {"op": job.id}))
        for key in keys:
            service.forget(key)
        with socket.create_connection(("127.0.0.1", engine.port), timeout=5) as one_more:
            assert one_more.recv(1) == b""
    finally:
        for connection in crowd:
            connection.close()


class Idle:
    """A thread of which nothing is known."""

    def moved(self) -> bool:
        return True

    def waits_for_events(self) -> bool | None:
        return None


def test_a_lost_update_is_seen_without_luck() -> None:
    """Two reads of one version that are each followed by a write: the second write loses the first."""
    accounts = Accounts(Ledger(), {"a": 10}, 0.0)
    seen = {caller: accounts.read.reply(caller, ("a",)) for caller in ("one", "two")}
    accounts.write.reply("one", ("a", seen["one"] + 1))
    accounts.write.reply("two", ("a", seen["two"] + 1))
    assert accounts.lost_updates == 1
    assert accounts.balances == {"a": 11}


def test_updates_in_turn_lose_nothing() -> None:
    """Read, write, read, write: nothing is lost, and the lowest balance is remembered."""
    accounts = Accounts(Ledger(), {"a": 10}, 0.0)
    for caller, change in (("one", -30), ("two", 40)):
        accounts.write.reply(caller, ("a", accounts.read.reply(caller, ("a",)) + change))
    assert accounts.lost_updates == 0
    assert accounts.balances == {"a": 20}
    assert accounts.lowest == {"a": -20}


def test_balances_are_whole_numbers() -> None:
    """Something else than an int is the attempt's mistake."""
    accounts = Accounts(Ledger(), {"a": 10}, 0.0)
    with pytest.raises(TypeError):
        accounts.write.reply("one", ("a", True))


def fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=5) as response:
        return bytes(response.read())


def test_pages_differ_each_time(made_world: World) -> None:
    """A page takes its time and has a fresh body for each request."""
    (page,) = made_world.pages(0.05)
    assert page.body is NOT_ASKED
    started_s = time.perf_counter()
    first, second = fetch(page.url), fetch(page.url)
    assert time.perf_counter() - started_s >= 0.1
    assert first != second
    assert page.bodies == [first, second]


def test_pages_can_fail(made_world: World) -> None:
    """A status, a broken connection, and a page that does not exist."""
    missing, broken = made_world.page(0.0, "missing", status=404), made_world.page(0.0, "broken", drop=True)
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetch(missing.url)
    caught.value.close()
    with pytest.raises((ConnectionError, urllib.error.URLError)):
        fetch(broken.url)
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetch(missing.url.rsplit("/", 1)[0] + "/guess")
    caught.value.close()
    assert [span.outcome for span in made_world.ledger.spans()] == ["failed", "failed"]


def test_a_world_that_is_closed_answers_nothing(engine: Engine) -> None:
    """After its check, a world's operations are unknown and its site is gone."""
    world = engine.world()
    job, (page,) = world.operation("job", 0.0), world.pages(0.0)
    world.close()
    assert ask(engine, {"op": job.id}) == b""
    with pytest.raises(urllib.error.URLError):
        fetch(page.url)


def test_many_callers_at_once(engine: Engine, made_world: World) -> None:
    """A hundred operations side by side take about as long as one."""
    job = made_world.operation("job", 0.2)
    replies: list[bytes] = []
    threads = [threading.Thread(target=lambda: replies.append(ask(engine, {"op": job.id}))) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({json.loads(reply)["answer"] for reply in replies}) == 100
    assert isinstance(job, Operation)


def called(engine: Engine, world: World, text: str, *args: object) -> Call:
    """One call of `work` in this text."""
    return Call(engine.run(Source(text.encode()), Invocation("work", args), world, Watching(5.0)))


def test_a_cancelled_operation_tidies_up_before_it_lets_go(engine: Engine, made_world: World) -> None:
    """The awaiting task goes on until its cleanup is done; a stubborn one gets its answer all the same."""
    text = """
import asyncio
async def work(slow, stubborn):
    tasks = [asyncio.create_task(call()) for call in (slow, stubborn)]
    await asyncio.sleep(0.1)
    for task in tasks: task.cancel()
    return [str(type(one).__name__) for one in await asyncio.gather(*tasks, return_exceptions=True)]
"""
    slow, stubborn = made_world.operation("slow", 5.0, cleanup_s=0.05), made_world.operation("kid", 0.3, stubborn=True)
    run = called(engine, made_world, text, slow, stubborn)
    run.expect_result(["CancelledError", "str"])
    run.expect_cancelled("slow", 1)
    run.expect_tidied_up("slow")
    run.expect_nothing_left()
    run.expect_not_waiting_for("slow")


def test_an_operation_that_blocks_and_an_argument_with_attributes(engine: Engine, made_world: World) -> None:
    """It blocks in an `async def` too, and the loop is seen to stand still."""
    text = "async def work(load, step): return [load(), step.needs]"
    load = made_world.operation("load", 2.0, blocking=True)
    run = called(engine, made_world, text, load, Namespace(needs=["a"]))
    run.expect_result([load.answer, ["a"]])
    with pytest.raises(Exception, match="BLOCKS_LOOP"):
        run.expect_loop_alive("load")


def test_an_activity_is_a_span(engine: Engine, made_world: World) -> None:
    """From begin to end, with the seconds that it should take; telling it is no operation."""
    text = (
        "import time\ndef work(nap):\n    nap.begin('a', 0.02)\n    nap.begin('b', 0.03)\n    time.sleep(0.02)\n"
        "    return nap.end('a')"
    )
    nap = made_world.activity("nap", timed=True)
    run = called(engine, made_world, text, nap)
    run.expect_result(nap.token("a"))
    assert [(span.name, span.key, span.latency_s, span.outcome) for span in run.observed.spans] == [
        ("nap", "a", 0.02, "answered"),
        ("nap", "b", 0.03, "open"),
    ]


def test_an_activity_that_ends_too_early_is_refused(engine: Engine, made_world: World) -> None:
    """Whatever the clocks of its process say; and nobody gets the token for it."""
    text = """
import time
def work(nap):
    nap.begin("a", 5.0)
    time.monotonic = time.perf_counter = time.time = lambda: 10.0**9
    try:
        return nap.end("a")
    except RuntimeError as error:
        return str(error)
"""
    nap = made_world.activity("nap", timed=True)
    value = called(engine, made_world, text, nap).value
    assert value.startswith("woken after")
    assert value.endswith("of 5.00 s")
    assert nap.token("a") not in (value, NOT_ASKED)
    assert nap.token("never") is NOT_ASKED


def test_a_file_can_be_renewed(made_world: World) -> None:
    """It has the same size and other first bytes, and was changed at another moment of the same second."""
    for size, last_ns in ((0, 5 * 10**9), (5, 6 * 10**9 - 100), (5000, 5_500_000_000)):
        file = made_world.file(size)
        os.utime(file.path, ns=(0, last_ns))
        before = file.content
        file.renew()
        changed_ns = Path(file.path).stat().st_mtime_ns
        assert (changed_ns // 10**9, changed_ns != last_ns) == (5, True)
        assert len(file.content) == size
        assert (file.content[:4] != before[:4]) is (size > 0)


def test_a_world_remembers_no_more_than_it_can() -> None:
    """Neither too many operations nor too much of what they were asked for."""
    ledger = Ledger()
    for _ in range(MAX_ENTRIES):
        ledger.admit(10)
        ledger.open("job", 0.0)
    with pytest.raises(Full):
        ledger.admit(10)
    ledger = Ledger()
    ledger.admit(MAX_BYTES)
    with pytest.raises(Full):
        ledger.admit(1)
    endless = "x" * (MAX_KEY + 1)
    assert len(ledger.open("job", 0.0, endless).key) == len(ledger.connect("", endless).key) == MAX_KEY


def test_headers_may_come_long_before_the_body(engine: Engine, made_world: World) -> None:
    """Whoever has only the headers of a page still has its request under way."""
    page = made_world.page(0.2, headers_first=True)
    text = """
import http.client, time, urllib.parse
def work(address):
    url = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(url.netloc)
    connection.request("GET", url.path)
    response = connection.getresponse()
    headers_s = time.monotonic()
    body = response.read().decode()
    connection.close()
    return [response.status, body.split()[0], time.monotonic() - headers_s > 0.1]
"""
    run = called(engine, made_world, text, page.url)
    run.expect_result([200, "page", True])
    run.expect_operations("page", 1)


def test_links_redirects_and_connections(engine: Engine, made_world: World) -> None:
    """Pages link to pages, redirects lead on, another host is another address, and connections are counted."""
    home, there = made_world.page(0.0, "home"), made_world.page(0.0, "there")
    moved, elsewhere = made_world.page(0.0, "moved", 302, location=there), made_world.page(0.0, "else", foreign=True)
    home.links = [moved, elsewhere]
    text = """
import http.client, urllib.parse
kept = []
def work(first, second, keep):
    url = urllib.parse.urlsplit(first)
    connection = http.client.HTTPConnection(url.netloc)
    answers = []
    for path in (first, second):
        connection.request("GET", path)
        response = connection.getresponse()
        answers.append([response.status, response.getheader("Location"), response.read().decode().count("<a href=")])
    kept.append(connection) if keep else connection.close()
    return answers
"""
    run = called(engine, made_world, text, home.url, moved.url, False)
    run.expect_result([[200, None, 2], [302, urllib.parse.urlsplit(there.url).path, 0]])  # without the host
    run.expect_connections(at_most=1)
    run.expect_nothing_left()
    assert home.url.split("/")[2] != elsewhere.url.split("/")[2]
    with pytest.raises(Exception, match="LEAK_SESSION"):
        called(engine, made_world, text, home.url, moved.url, True).expect_nothing_left()


def test_files_and_memory(engine: Engine, made_world: World) -> None:
    """Files differ, have their size, and are gone with their world; reading one at once is seen in the memory."""
    first, second = made_world.file(20 * 2**20), made_world.file(20 * 2**20)
    assert len(first.content) == 20 * 2**20
    assert first.content != second.content
    at_once = "def work(path):\n    with open(path, 'rb') as f: return len(f.read())"
    in_pieces = (
        "def work(path):\n    with open(path, 'rb') as f: return sum(map(len, iter(lambda: f.read(65536), b'')))"
    )
    called(engine, made_world, in_pieces, first.path).expect_memory(4)
    with pytest.raises(Exception, match="UNBOUNDED"):
        called(engine, made_world, at_once, first.path).expect_memory(16)
    lets_go = "held = [b'x' * (60 * 2**20)]\ndef work(path):\n    held.clear()\n    return len(open(path, 'rb').read())"
    with pytest.raises(Exception, match="UNBOUNDED"):
        called(engine, made_world, lets_go, first.path).expect_memory(16)
    made_world.close()
    with pytest.raises(FileNotFoundError):
        _ = first.content


def test_how_long_answers_were_overdue() -> None:
    """Several at the same time count once: so long was whoever waited for them held up at most. A failure is an answer,
    too: whoever waits for that is held up as long. Who has hung up waits for nothing."""
    ledger = Ledger()
    for latency_s, end_s, outcome in (
        (1.0, 1.3, "answered"), (1.1, 1.4, "answered"), (2.0, 2.05, "failed"), (0.5, 0.5, "answered"),
        (3.0, 3.5, "dropped"),
    ):  # fmt: skip
        span = ledger.open("job", latency_s)
        span.start_s, span.told_s, span.outcome = 0.0, end_s, outcome
    told = ledger.open("nap", 0.1, self_reported=True)
    told.start_s, told.told_s, told.outcome = 0.0, 9.0, "answered"
    assert ledger.late_s() == pytest.approx(0.4 + 0.05)
