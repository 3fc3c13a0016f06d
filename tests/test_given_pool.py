"""What is said of a call that was given a pool."""

from __future__ import annotations

from checker.judge.diagnosis import pools
from checker.model.codes import Code


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


def test_a_pool_that_is_closed() -> None:
    """It belongs to the caller."""
    said = pools.misused("count", used=True, left_open=False)
    assert said is not None
    assert said.code is Code.WRONG_RESULT
    assert "closed the pool that it was given" in said.sentence
