"""Ordinary programs that use unusual parts of the standard library: what the checker adds must not show."""

from __future__ import annotations

import pytest

from checker.model.outcome import Returned
from checker.process.engine import Engine
from checker.world.world import World
from tests.test_boundary import call

DEADLINE_S = 10.0
NO_STREAMS = {
    "none": "None",
    "one that only writes": "types.SimpleNamespace(write=lambda text: None)",
}


@pytest.mark.parametrize("how", NO_STREAMS)
def test_a_warning_needs_no_stream(engine: Engine, made_world: World, how: str) -> None:
    """Python itself says nothing where it cannot write; nor is that an error of who warns."""
    text = f"""
        import contextlib, types, warnings

        def work():
            with contextlib.redirect_stderr({NO_STREAMS[how]}):
                warnings.warn("old", UserWarning)
            return "done"
        """
    assert call(engine, made_world, text, deadline_s=DEADLINE_S).outcome == Returned(value="done")
