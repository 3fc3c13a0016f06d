"""Which lines of an attempt are run, by this interpreter and by another: each has its own way to tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.model.interpreter import Interpreter
from checker.process import interpreters
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from tests import pythons

TEXT = """import threading

def other():
    return 1

def work(raises):
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    if raises:
        raise ValueError
    return 2
"""
ALWAYS = {1, 3, 4, 6, 7, 8, 9, 10}


@pytest.mark.parametrize("which", [interpreters.own, pythons.any_other])
@pytest.mark.parametrize(("raises", "last"), [(True, 11), (False, 12)])
def test_lines_are_told_where_they_are_asked_for(which: Callable[[], Interpreter], raises: bool, last: int) -> None:
    """Those of the module, of the call, and of its threads; also when it raises."""
    engine = Engine(interpreter=which())
    world = engine.world()
    source, invocation = Source(TEXT.encode(), path="/learner/attempt.py"), Invocation("work", (raises,))
    try:
        assert engine.run(source, invocation, world, Watching(deadline_s=20)).lines == ()
        engine.measures_lines = True
        assert set(engine.run(source, invocation, world, Watching(deadline_s=20)).lines) == ALWAYS | {last}
    finally:
        world.close()
        engine.close()
