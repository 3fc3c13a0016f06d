"""Whether an event loop goes round: what the world believes, and what it does not."""

from __future__ import annotations

import asyncio

import pytest

from checker.observe.pulse import Pulse
from checker.process.engine import Engine, Invocation, Source
from checker.process.watched import Watching
from checker.world.heart import QUESTION_BYTES, Heart
from checker.world.world import World
from tests.attacks.test_attacks import HERE

BY_A_THREAD = (HERE / "14_keep_the_loop_alive" / "heartbeat_by_a_thread.py").read_bytes()


def beaten(engine: Engine, world: World, text: bytes) -> tuple[int, int]:
    """(beats that were believed, how often the world asked in 0.5 s at the very least) of `gather_reports`."""
    load = world.operation("load", 0.5, blocking=True)
    run = engine.run(Source(text), Invocation("gather_reports", (load, ["may"])), world, Watching(5.0))
    return len([beat for beat in run.beats_s if run.started_s < beat < run.started_s + 0.45]), 20


def test_a_loop_that_goes_round_is_believed(engine: Engine, made_world: World) -> None:
    """It waits for a thread, and answers."""
    text = b"import asyncio\nasync def gather_reports(load, keys):\n    return [await asyncio.to_thread(load, keys[0])]"
    believed, asked = beaten(engine, made_world, text)
    assert believed > asked / 4


@pytest.mark.skipif(not Pulse.AVAILABLE, reason="this system does not account for threads")
def test_a_thread_that_answers_for_it_is_not(engine: Engine, made_world: World) -> None:
    """Its main thread was on no core. (It may have been while the call began.)"""
    believed, _ = beaten(engine, made_world, BY_A_THREAD)
    assert believed <= 2


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


@pytest.mark.parametrize(
    ("answers", "moved", "beats", "forged"),
    [
        ([None, None, None], True, 3, 0),
        ([None, None, None], False, 0, 3),
        ([None, b"." * QUESTION_BYTES, None], True, 1, 0),
        ([b"." * 10_000], True, 0, 0),
    ],
    ids=["answers", "somebody else's answers", "an answer that is none", "a flood"],
)
def test_what_counts_as_an_answer(answers: list[bytes | None], moved: bool, beats: int, forged: int) -> None:
    """Only the question itself, and only from the loop's own thread."""

    async def listen() -> Heart:
        reader = asyncio.StreamReader()
        heart = Heart(lambda: None, lambda: moved)
        await heart.listen(reader, Writer(reader, list(answers)))  # type: ignore[arg-type]
        return heart

    heart = asyncio.run(listen())
    assert (len(heart.beats_s), heart.forged) == (beats, forged)
