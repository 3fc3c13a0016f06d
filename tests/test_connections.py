"""Connections that know their users: in a world, and what is said of them on recorded evidence."""

from __future__ import annotations

from typing import Any

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import connections, flow
from checker.model.answer import Diagnosis, Verdict
from checker.model.codes import Code
from checker.model.evidence import NOT_ASKED, Connection, Left, Run
from checker.model.outcome import ErrorInfo, Raised, Returned, Stack
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.connections import Connections
from checker.world.world import World
from tests.evidence import START_S, run, span


def code(found: Diagnosis | None) -> Code | None:
    return found.code if found is not None else None


def call(engine: Engine, world: World, text: str, server: Connections) -> Run:
    """Run `work(connect)` of an attempt."""
    return engine.run(Source(text.encode()), Invocation("work", (server.connect,)), world, Watching(5.0))


SHARED = """
import threading

def work(connect):
    line = connect("ada")
    threads = [threading.Thread(target=line.get, args=(key,)) for key in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    line.close()
    line.close()
    try:
        line.get("c")
    except ValueError as error:
        return str(error)
"""


def test_a_connection_knows_who_opened_used_and_closed_it(engine: Engine, made_world: World) -> None:
    """Opening takes its time, two users at once are seen, and a closed connection refuses."""
    server = made_world.connections("get", 0.05, 0.1)
    seen = call(engine, made_world, SHARED, server)
    assert seen.outcome == Returned(value="this connection is closed")
    (line,) = seen.connections
    assert (line.number, line.key, line.opener.partition(" ")[0]) == (1, "ada", "thread")
    assert line.opened_s - seen.started_s >= 0.05
    assert line.closed_s is not None
    assert line.closed_s < seen.end_s
    uses = [each for each in seen.spans if each.name == "get"]
    assert sorted(each.key for each in uses) == ["ada a", "ada b", "ada c"]
    assert {each.connection for each in uses} == {1}
    assert server.answer_to("ada", "a") not in (NOT_ASKED, server.answer_to("ada", "b"))
    assert server.answer_to("ada", "c") is NOT_ASKED
    assert code(connections.shared(seen)) is Code.RACE
    assert sum(bool(each.mark) for each in connections.marked(seen).spans) == 2
    assert code(connections.owned(seen)) is Code.ORDER


IN_TASKS = """
import asyncio

async def one(connect, who):
    line = await connect(who)
    try:
        return await line.get("key")
    except KeyError as error:
        return str(error)
    finally:
        await line.close()

async def work(connect):
    return await asyncio.gather(one(connect, "ada"), one(connect, "ben"))
"""


def test_in_an_async_def_its_operations_are_awaited(engine: Engine, made_world: World) -> None:
    """Latency, error and answer are functions of what it was opened for, and of what is asked."""
    server = made_world.connections(
        "get",
        {"ada": 0.01, "ben": 0.01}.get,
        lambda who, _key: 0.02 if who == "ada" else 0.04,
        error=lambda who, key: KeyError(f"{who} has no {key}") if who == "ben" else None,
        answer=lambda caller, who, key: f"{caller.partition(' ')[0]} {who} {key}",
    )
    seen = call(engine, made_world, IN_TASKS, server)
    assert seen.outcome == Returned(value=["task ada key", "'ben has no key'"])
    assert [each.latency_s for each in seen.spans if each.name == "get"] == [0.02, 0.04]
    assert connections.shared(seen) is None
    assert connections.owned(seen) is None
    assert connections.left_open(seen) is None


def test_what_is_not_closed_is_left_open(engine: Engine, made_world: World) -> None:
    """The end of the process closes nothing."""
    text = "def work(connect):\n    connect('ada').get('a')\n    connect('ben').close()\n"
    seen = call(engine, made_world, text, made_world.connections("get", 0.0, 0.0))
    assert seen.left.connections == 1
    found = connections.left_open(seen)
    assert found is not None
    assert found.code is Code.LEAK_SESSION
    assert "1 connection of 2 stayed open: that of 'ada' is the first" in found.sentence


def test_there_are_not_endlessly_many(engine: Engine, made_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt that opens one after the other is refused at some time."""
    monkeypatch.setattr("checker.world.connections.MOST", 3)
    text = "def work(connect):\n    while True:\n        connect()\n"
    seen = call(engine, made_world, text, made_world.connections("get", 0.0, 0.0))
    assert isinstance(seen.outcome, Raised)
    assert seen.outcome.error.type == "ConnectionRefusedError"
    assert len(seen.connections) == 3


def recorded(*opened: Connection, **fields: Any) -> Run:
    return run(connections=opened, **fields)


def line(number: int, closed_s: float | None = 0.9, **fields: Any) -> Connection:
    closed_s = None if closed_s is None else START_S + closed_s
    return Connection(opened_s=START_S, closed_s=closed_s, number=number, **fields)


@pytest.mark.parametrize(
    ("times", "expected", "words"),
    [(2, None, ""), (1, Code.UNDER_USED, "2 connections were opened for 3 requests"), (3, Code.UNDER_USED, "3 are")],
)
def test_how_many_were_opened(times: int, expected: Code | None, words: str) -> None:
    """Too many are not used again; too few are not one for each."""
    spans = tuple(span(0.1 * n, 0.1 * n + 0.1, connection=1 + n % 2) for n in range(3))
    found = connections.opened(recorded(line(1), line(2), spans=spans), times)
    assert code(found) == expected
    assert words in (found.sentence if found else "")


@pytest.mark.parametrize(
    ("times", "late_s", "expected"),
    [
        (3, 0.1, Verdict.INCONCLUSIVE),  # the thread of the third came when the others had taken all of its work
        (3, 0.01, Verdict.FAILED),
        (1, 0.1, Verdict.FAILED),  # nobody opens more because of that
    ],
)
def test_opened_when_needed_in_a_call_that_was_held_up(times: int, late_s: float, expected: Verdict) -> None:
    """Two connections, each of which took 120 ms to open."""
    spans = tuple(span(0.0, 0.12, 0.12, name="connect") for _ in range(2))
    with pytest.raises(CheckFailed) as failed:
        Call(recorded(line(1), line(2), spans=spans, late_s=late_s)).expect_opened(times)
    assert failed.value.answer.verdict is expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"start_s": 0.1, "end_s": 0.2}, None),  # begins when the first ends
        ({"start_s": 0.09, "end_s": 0.2}, Code.RACE),
        ({"start_s": 0.05, "end_s": None}, Code.RACE),
        ({"start_s": 0.05, "end_s": 0.2, "connection": 2}, None),
        ({"start_s": 0.05, "end_s": 0.2, "connection": 0}, None),
    ],
)
def test_two_at_once(second: dict[str, Any], expected: Code | None) -> None:
    """Two operations that overlap, on one connection."""
    both = (span(0.0, 0.1, connection=1), span(**{"connection": 1} | second))
    seen = recorded(line(1), line(2), spans=both)
    assert code(connections.shared(seen)) == expected
    assert sum(bool(each.mark) for each in connections.marked(seen).spans) == (2 if expected else 0)


@pytest.mark.parametrize(
    ("caller", "words"),
    [
        ("thread 1", ""),
        ("thread 2", "was opened by one thread, and another did"),
        ("task 1", "by one task, and another"),
    ],
)
def test_whose_a_connection_is(caller: str, words: str) -> None:
    """Only who has opened it."""
    found = connections.owned(
        recorded(line(1, opener="thread 1"), spans=(span(0.0, 0.1, connection=1, caller=caller),))
    )
    assert code(found) is (Code.ORDER if words else None)
    assert words in (found.sentence if found else "")


def test_a_connection_of_an_earlier_call_is_nobodys() -> None:
    """Whose names are the same in both."""
    found = connections.owned(
        recorded(line(2, opener="thread 1"), spans=(span(0.0, 0.1, connection=1, caller="thread 1"),))
    )
    assert code(found) is Code.ORDER
    assert found is not None
    assert "Connection 1 was opened by one call, and another did say with it" in found.sentence


def test_what_was_given_up_is_in_nobodys_way() -> None:
    """That a caller hung up, the world may notice a little late."""
    both = (span(0.0, 0.1, connection=1, outcome="dropped"), span(0.09, 0.2, connection=1))
    assert connections.shared(recorded(line(1), spans=both)) is None


def test_who_is_not_done_yet_has_left_nothing_open() -> None:
    """A call that returned in the middle of its work is told that, and not of its open connections."""
    found = connections.left_open(recorded(line(1, None), left=Left(operations=1, connections=1)))
    assert code(found) is Code.LEAK_THREAD


@pytest.mark.parametrize(
    "seen", [recorded(line(1, 2.0)), recorded(line(1, None), left=Left(threads=(Stack(who="w", frames=()),)))]
)
def test_a_thread_that_still_runs_has_not_closed_its_connection_yet(seen: Run) -> None:
    """To close it in a `finally` is no help for who does not wait for that."""
    found = connections.left_open(seen)
    assert found is not None
    assert found.code is Code.LEAK_THREAD
    assert "1 connection of 1 had not been closed" in found.sentence
    assert "join every thread" in found.hint
    assert code(connections.left_open(recorded(line(1, None)))) is Code.LEAK_SESSION


@pytest.mark.parametrize(("kinds", "expected"), [(("KeyError",), Code.CRASHED), (("LookupError", "TypeError"), None)])
def test_errors_of_ones_own_among_the_results(kinds: tuple[str, ...], expected: Code | None) -> None:
    """What no operation failed with is the attempt's own mistake."""
    errors = [
        ErrorInfo(type="KeyError", bases=("KeyError", "LookupError"), message="no"),
        ErrorInfo(type="TypeError", bases=("TypeError",), message="oops", line=3),
    ]
    found = flow.foreign_error(run(), [1, *errors], kinds, None)
    assert code(found) == expected
    assert found is None or (found.line == 3 and "TypeError: oops" in found.sentence)


def test_what_is_known_of_an_error_comes_before_what_helps_most() -> None:
    """The words of the exercise are for what nobody knows more of."""
    found = [
        flow.foreign_error(run(), [ErrorInfo(type=kind, bases=(kind,), message=message, line=3)], (), "It is yours.")
        for kind, message in (("NameError", "name 'conection' is not defined"), ("TypeError", "oops"))
    ]
    assert [each.hint == "It is yours." for each in found if each] == [False, True]


CANCELLED = """
import asyncio

async def one(connect):
    line = await connect("ada")
    asyncio.get_running_loop().call_soon(asyncio.current_task().cancel)
    await line.close()
    await asyncio.sleep(1)

async def work(connect):
    return await asyncio.gather(one(connect), return_exceptions=True) != []
"""


def test_who_is_cancelled_while_it_closes_one_has_closed_it(engine: Engine, made_world: World) -> None:
    """When two fail at one moment, the first makes that the other is cancelled in its `finally`."""
    seen = call(engine, made_world, CANCELLED, made_world.connections("get", 0.0, 0.0))
    assert [line.closed_s is not None for line in seen.connections] == [True]
