"""What is said of a call that was given a pool."""

from __future__ import annotations

import contextlib

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import pools
from checker.model.codes import Code
from tests.evidence import run


def test_a_pool_that_is_used_and_left_open_is_right() -> None:
    """Nothing is said."""
    assert pools.misused("count", used=True, left_open=True) is None


def test_a_pool_that_is_not_used() -> None:
    """Whether it is open then does not matter."""
    for left_open in (True, False):
        said = pools.misused("count", used=False, left_open=left_open)
        assert said is not None
        assert said.code is Code.WRONG_TOOL
        assert said.sentence == "count was given a pool, and handed it no work."


@pytest.mark.parametrize(
    ("gil", "by_threads", "right"), [(False, True, True), (False, False, False), (True, True, False)]
)
def test_threads_are_as_good_where_there_is_no_gil(gil: bool, by_threads: bool, right: bool) -> None:
    """Only there, and only if they did the work."""
    call = Call(run(gil=gil))
    with contextlib.nullcontext() if right else pytest.raises(CheckFailed, match="handed it no work"):
        call.expect_given_pool("count", used=False, left_open=True, by_threads=by_threads)


def test_a_pool_that_is_closed() -> None:
    """It belongs to the caller."""
    said = pools.misused("count", used=True, left_open=False)
    assert said is not None
    assert said.code is Code.WRONG_RESULT
    assert "closed the pool that it was given" in said.sentence
