"""Whether an event loop goes round: what the world believes, and what it does not."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.checks.call import Call, CheckFailed
from checker.observe.pulse import Pulse
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.heart import QUESTION_BYTES, Heart
from checker.world.service import Service
from checker.world.world import World
from tests.attacks.test_attacks import HERE

TELLS = Path("/proc/thread-self/schedstat").exists()
FORGERS = [HERE / "14_keep_the_loop_alive" / f"heartbeat_{name}.py" for name in ("by_a_thread", "held_back")]


def called(engine: Engine, world: World, text: bytes) -> Call:
    """A call of `gather_reports` with one load of 0.5 s."""
    load = world.operation("load", 0.5, blocking=True)
    return Call(engine.run(Source(text), Invocation("gather_reports", (load, ["may"])), world, Watching(5.0)))


def test_a_loop_that_goes_round_is_believed(engine: Engine, made_world: World) -> None:
    """It waits for a thread, and answers."""
    text = b"import asyncio\nasync def gather_reports(load, keys):\n    return [await asyncio.to_thread(load, keys[0])]"
    called(engine, made_world, text).expect_loop_alive("load")


def test_nor_does_it_matter_how_it_waits_for_events(engine: Engine, made_world: World) -> None:
    """Python's documentation makes a loop with a SelectSelector, as its example of a policy does."""
    text = b"""
import asyncio, selectors

class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        return asyncio.SelectorEventLoop(selectors.SelectSelector())

asyncio.set_event_loop_policy(Policy())

async def gather_reports(load, keys):
    return [await asyncio.to_thread(load, keys[0])]
"""
    called(engine, made_world, text).expect_loop_alive("load")


@pytest.mark.skipif(not TELLS, reason="this system does not account for threads")
@pytest.mark.parametrize("path", FORGERS, ids=lambda path: path.stem)
def test_a_thread_that_answers_for_it_is_not(engine: Engine, made_world: World, path: Path) -> None:
    """Its main thread was on no core; or for another reason, as it did not wait for events when it was asked."""
    with pytest.raises(CheckFailed):
        called(engine, made_world, path.read_bytes()).expect_loop_alive("load")


def test_what_a_main_thread_waits_for() -> None:
    """Who looks for events waits for events, who sleeps does not, and of a process that is gone nobody knows."""
    waits = {
        "select.epoll().poll()": True,
        "pair = socket.socketpair(); select.select(pair[:1], [], [])": True,
        "pair = socket.socketpair(); pair[0].settimeout(60); pair[0].recv(1)": False,
        "time.sleep(60)": False,
    }
    for wait, expected in waits.items():
        text = f"import select, socket, time; print(flush=True); {wait}"
        with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE) as waiting:
            assert waiting.stdout is not None
            waiting.stdout.readline()
            pulse = Pulse(waiting.pid)
            until_s = time.monotonic() + 10
            while pulse.waits_for_events() is not (expected if TELLS else None):
                assert time.monotonic() < until_s
            waiting.kill()
        pulse.close()
        assert pulse.waits_for_events() is None


def test_who_hides_is_not_seen_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system showed at first is not unknown later; where it never shows it, nobody tells."""

    def refused(path: Path) -> bytes:
        raise PermissionError(path)

    shown = Pulse(os.getpid())
    monkeypatch.setattr(Path, "read_bytes", refused)
    hidden = Pulse(os.getpid())
    assert shown.waits_for_events() is (False if TELLS else None)
    assert hidden.waits_for_events() is None
    shown.close()
    hidden.close()


class Writer:
    """Sends each question on to whoever answers."""

    def __init__(self, reader: asyncio.StreamReader, answers: list[bytes | None]) -> None:
        self._reader, self._answers = reader, answers

    def write(self, question: bytes) -> None:
        if not self._answers:
            self._reader.feed_eof()
            return
        answer = self._answers.pop(0)
        self._reader.feed_data(question if answer is None else answer)


class Thread:
    """A main thread of which this is known."""

    def __init__(self, moved: bool, waits: bool | None) -> None:
        self._moved, self._waits = moved, waits

    def moved(self) -> bool:
        return self._moved

    def waits_for_events(self) -> bool | None:
        return self._waits


AT_REST, UNKNOWN, BUSY, ASLEEP = Thread(True, True), Thread(True, None), Thread(True, False), Thread(False, False)


@pytest.mark.parametrize(
    ("answers", "thread", "sure", "unsure"),
    [
        ([None, None, None], AT_REST, 3, 0),
        ([None, None, None], UNKNOWN, 3, 0),
        ([None, None, None], BUSY, 0, 3),
        ([None, None, None], ASLEEP, 0, 0),
        ([None, b"." * QUESTION_BYTES, None], AT_REST, 1, 0),
        ([b"." * 10_000], AT_REST, 0, 0),
    ],
    ids=["at rest", "nobody tells", "busy", "asleep", "an answer that is none", "a flood"],
)
def test_what_counts_as_an_answer(answers: list[bytes | None], thread: Thread, sure: int, unsure: int) -> None:
    """Only the question itself, and only from the loop's own thread, which surely is the loop's where it waits."""

    async def listen() -> Heart:
        reader = asyncio.StreamReader()
        heart = Heart(lambda: None, thread)
        await heart.listen(reader, Writer(reader, list(answers)))  # type: ignore[arg-type]
        return heart

    heart = asyncio.run(listen())
    assert [beat.sure for beat in heart.beats] == [True] * sure + [False] * unsure


def test_an_attempt_has_one_heart() -> None:
    """Its key is good once: who comes with it again is not listened to, however many they are."""

    async def listen() -> tuple[Heart, list[bytes]]:
        service, heart = Service(), Heart(lambda: None, AT_REST)
        service.listen("key", heart)
        await service.start()
        connections = [await asyncio.open_connection("127.0.0.1", service.port) for _ in range(3)]
        for _, writer in connections:
            writer.write(b'{"beat":"key"}\n')
        heard = [await reader.read(QUESTION_BYTES) for reader, _ in connections]
        for _, writer in connections:
            writer.close()
        await service.stop()
        return heart, heard

    heart, heard = asyncio.run(listen())
    assert heart.connected
    assert sum(map(bool, heard)) == 1


def test_a_heart_does_not_beat_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks at so many."""
    monkeypatch.setattr("checker.world.heart.MAX_BEATS", 2)

    async def listen() -> Heart:
        reader, heart = asyncio.StreamReader(), Heart(lambda: None, AT_REST)
        await heart.listen(reader, Writer(reader, [None] * 9))  # type: ignore[arg-type]
        return heart

    assert len(asyncio.run(listen()).beats) == 2
