"""Races on scripted runs: what ends one, what leaves it open, and what the reference is measured against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import cast

import msgspec
import pytest

from checker.checks.call import Call
from checker.checks.race.hold import hold
from checker.checks.race.runner import Runner
from checker.checks.race.spec import Inputs, RaceSpec, Sources
from checker.judge.claim import HELD_UP
from checker.model.answer import Answer, Verdict
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.exercise import Exercise
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World
from tests.evidence import beats, pool_work, serial_work, waiting_run

SYNC, ATTEMPT, REFERENCE = b"sync", b"attempt", b"reference"


class Scripted:
    """An engine whose runs are written down; the last of each source's is repeated."""

    def __init__(self, **runs: list[Run]) -> None:
        self.asked: list[tuple[bytes | None, tuple[object, ...]]] = []
        self._runs: dict[str, Iterator[Run]] = {name: chain(those, repeat(those[-1])) for name, those in runs.items()}

    def run(self, source: Source, request: Invocation, _world: World, _watching: Watching) -> Run:
        assert source.text is not None
        self.asked.append((source.text, request.args))
        return next(self._runs[source.text.decode()])


def race(
    engine: Scripted, bound_by: str = "waiting", goal: float = 4.0, then: Callable[[Call], None] | None = None
) -> Answer:
    """The answer of a race of `work(scale)`."""
    exercise = msgspec.convert(
        {
            "title": "T", "summary": "S", "bound_by": bound_by, "level": 1, "minutes": 10, "requires": [],
            "goal": goal, "limit": 2.0 if bound_by == "cpu" else 10.0, "technique": "t", "deadline_s": 5.0,
            "hints": ["a", "b", "c"],
        },
        Exercise,
    )  # fmt: skip
    spec = RaceSpec("work", lambda scale: Inputs((scale,), then=then))
    sources = Sources(Source(SYNC), Source(ATTEMPT), Source(REFERENCE))
    runner = Runner(cast("Engine", engine), cast("World", None), exercise, sources, spec)
    return hold(runner, lambda _: None)


ONE_BY_ONE, TEN_WIDE = waiting_run(1, 1.01), waiting_run(10, 0.12)


def test_the_attempt_is_measured_against_sync() -> None:
    """A wide run passes, with the speed-up over sync; a serial one fails."""
    passed = race(Scripted(sync=[ONE_BY_ONE], attempt=[TEN_WIDE], reference=[TEN_WIDE]))
    assert passed.speed is not None
    assert (passed.verdict, round(passed.speed.speedup, 1)) == (Verdict.PASSED, 8.4)
    failed = race(Scripted(sync=[ONE_BY_ONE], attempt=[ONE_BY_ONE], reference=[TEN_WIDE]))
    assert failed.diagnosis is not None
    assert (failed.verdict, failed.diagnosis.code) == (Verdict.FAILED, Code.SERIAL)


def came_round(call: Call) -> None:
    call.expect_loop_alive("say")


@pytest.mark.parametrize(
    ("held_up_s", "verdict", "why"), [(0.02, Verdict.FAILED, ""), (0.03, Verdict.INCONCLUSIVE, HELD_UP)]
)
def test_what_else_must_be_true_may_be_open(held_up_s: float, verdict: Verdict, why: str) -> None:
    """A check within the race that nobody can judge leaves the race open: it is neither met nor missed."""
    still = msgspec.structs.replace(waiting_run(10, 0.12, held_up_s), beats=beats(0.0))
    judgement = race(Scripted(sync=[ONE_BY_ONE], attempt=[still], reference=[TEN_WIDE]), then=came_round)
    assert (judgement.verdict, judgement.why) == (verdict, why)
    alive = msgspec.structs.replace(still, beats=beats(*(beat / 100 for beat in range(1, 12))))
    engine = Scripted(sync=[ONE_BY_ONE], attempt=[still, alive], reference=[TEN_WIDE])
    assert race(engine, then=came_round).verdict is (verdict if verdict is Verdict.FAILED else Verdict.PASSED)


def test_the_better_run_of_the_reference_counts() -> None:
    """A reference that missed the goal was held up, and runs once more; one that reached it does not."""
    slow = waiting_run(10, 0.5)
    engine = Scripted(sync=[ONE_BY_ONE], attempt=[TEN_WIDE], reference=[slow, TEN_WIDE])
    speed = race(engine).speed
    assert speed is not None
    assert speed.reference == pytest.approx(1.01 / 0.12)
    assert race(Scripted(sync=[ONE_BY_ONE], attempt=[TEN_WIDE], reference=[TEN_WIDE, slow])).speed == speed


def test_the_reference_does_as_much_work_as_sync_did() -> None:
    """On a fast machine the work of a CPU-bound race is multiplied: for all that run in it."""
    halves = pool_work(0.52, [(0.5, 0.0), (0.5, 0.0)])
    engine = Scripted(sync=[serial_work(0.1), serial_work(1.0)], attempt=[halves], reference=[halves])
    judgement = race(engine, bound_by="cpu", goal=1.5)
    assert judgement.verdict is Verdict.PASSED, judgement
    assert judgement.speed is not None
    assert judgement.speed.reference == pytest.approx(judgement.speed.speedup)
    scales = {source: args[0] for source, args in engine.asked}
    assert scales[REFERENCE] == scales[SYNC] == pytest.approx(6.0)
