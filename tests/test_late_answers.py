"""A busy machine may hold up one answer at the worst moment: no wrong attempt passes by that."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from checker.model.answer import Verdict
from checker.model.exercise import Exercise
from checker.session import grader
from checker.session.grader import Grader
from checker.world import service, site
from tests.test_attempts import ATTEMPTS, exercise_of


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Any:
    """late(name, number, seconds): so many seconds more until the attempt has the answer of this operation, or page."""
    wanted: dict[tuple[str, int], float] = {}
    asked: Counter[str] = Counter()
    perform, answer = service._perform, site.Site._answer

    def more_s(name: str) -> float:
        asked[name] += 1
        return wanted.get((name, asked[name]), 0.0)

    async def performed(operation: Any, request: Any, reader: Any) -> Any:
        late_s = more_s(operation.name)
        reply = await perform(operation, request, reader)
        await asyncio.sleep(late_s)
        return reply

    async def answered(self: site.Site, request: Any) -> Any:
        page = self._page(request.path)
        late_s = more_s(page.name if page is not None else "")
        reply = await answer(self, request)
        await asyncio.sleep(late_s)
        return reply

    def hold_up(name: str, number: int, seconds: float) -> None:
        wanted[name, number] = seconds

    monkeypatch.setattr(service, "_perform", performed)
    monkeypatch.setattr(site.Site, "_answer", answered)
    return hold_up


@pytest.fixture
def one_check(monkeypatch: pytest.MonkeyPatch) -> Any:
    """one_check(name): only this check of the exercise is run."""
    arguments = grader._arguments

    def select(name: str) -> None:
        def selected(exercise: Exercise, only: str) -> list[str]:
            return [*arguments(exercise, only), "-k", name]

        monkeypatch.setattr(grader, "_arguments", selected)

    return select


@pytest.mark.parametrize(
    ("attempt", "check", "operation", "number", "seconds"),
    [
        # The others have fetched all when the connection of the one too many is open.
        ("02_worker_locals/wrong/one_worker_too_many.py", "connection_is_shared", "connect", 4, 0.27),
        # The first page is there before those that fail, and the last one after them.
        ("03_pooled_downloads/wrong/order_of_completion.py", "reported_in_its_place", "missing", 1, 0.15),
        # The first three items are consumed when the next one is there, and there are no four left.
        ("07_bounded_buffer/wrong/one_consumer_too_many.py", "all_consumers_are_used", "produce", 4, 0.20),
        # A whole token has come when the second call is made: with the pause after it, two, and no part beside them.
        ("17_rate_limiter/wrong/rest_beside_whole_tokens_lost.py", "no_window", "ask", 29, 0.12),
        # The source is closed when the consumer has made room for the end mark.
        ("18_async_pipeline/wrong/end_mark_dropped.py", "slow_consumer", "hang up", 2, 0.15),
        # The late quote comes later than the deadline that began anew.
        ("19_deadlines/wrong/deadline_begins_anew.py", "in_time_are_kept", "ask", 27, 0.20),
        # After this pause, the value is too old for whoever keeps it longer at each look.
        ("20_single_flight/wrong/every_look_keeps_it.py", "kept_as_long", "pause", 2, 0.25),
        # The first job has failed as well when this one has, and nobody sees in which order they did.
        ("21_graceful_shutdown/wrong/in_the_order_of_failing.py", "accepted_jobs", "work", 3, 0.15),
        # The job is done when the second stop comes, and cannot be cancelled any more.
        ("21_graceful_shutdown/wrong/second_stop_hurries.py", "stopping_again", "moment", 2, 0.25),
    ],
)
def test_one_late_answer_hides_no_mistake(
    late: Any, one_check: Any, attempt: str, check: str, operation: str, number: int, seconds: float
) -> None:
    """It fails, or it is open and called again."""
    late(operation, number, seconds)
    one_check(check)
    path = ATTEMPTS / attempt
    with Grader() as graded:
        result = graded.grade(exercise_of(path), path.read_bytes())
    assert [each for each in result.checks if each.verdict is Verdict.PASSED] == []
    assert len(result.checks) == 1
