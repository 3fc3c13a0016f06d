"""What an attempt raises on purpose, and what Python raises of its mistakes, wherever either comes up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from checker.attempt import named
from checker.attempt.mistakes import is_mistake

MADE = """
class NotEnough(ValueError):
    pass


def refuses():
    raise ValueError("not enough money")


def refuses_in_its_own_way():
    try:
        refuses()
    except ValueError as error:
        raise NotEnough(
            "not enough money"
        ) from error


def lets_it_pass():
    try:
        refuses()
    except ValueError:
        raise


def unpacks():
    first, second = {1}


def removes():
    [].remove("who is not there")


def converts():
    return int("two")


def in_a_call():
    for _ in [1]:
        unpacks()


async def awaits(future):
    await future
"""


@pytest.fixture
def made(tmp_path: Path) -> ModuleType:
    file = tmp_path / "made_attempt.py"
    file.write_text(MADE)
    return named.load(file, "/a/learner/attempt.py")


def raised_by(call: Callable[[], object]) -> ValueError:
    try:
        call()
    except ValueError as error:
        return error
    raise AssertionError


MEANT = ("refuses", "refuses_in_its_own_way", "lets_it_pass")
NOT_MEANT = ("unpacks", "removes", "converts", "in_a_call")


@pytest.mark.parametrize("function", MEANT + NOT_MEANT)
def test_what_comes_up_without_a_raise_was_not_meant(made: ModuleType, function: str) -> None:
    """Also when it has gone through a thread of a pool."""
    for_here = getattr(made, function)
    with ThreadPoolExecutor(1) as pool:
        for call in (for_here, lambda: pool.submit(for_here).result()):
            assert is_mistake(raised_by(call), made) is (function in NOT_MEANT)


def test_what_a_future_was_given_was_meant(made: ModuleType) -> None:
    """It was raised nowhere before."""
    given: Future[None] = Future()
    given.set_exception(ValueError("not enough money"))
    assert not is_mistake(raised_by(given.result), made)

    async def awaited() -> None:
        future = asyncio.get_running_loop().create_future()
        future.set_exception(ValueError("not enough money"))
        await made.awaits(future)

    assert not is_mistake(raised_by(lambda: asyncio.run(awaited())), made)
    assert not is_mistake(ValueError("never raised"), made)
