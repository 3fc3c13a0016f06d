"""What an attempt's file is called in tracebacks: as its author calls it, though a copy of it is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model.evidence import Run
from checker.model.outcome import Hung, Raised, Unusable
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

PRINTS = """import traceback

def work():
    try:
        1 / 0  # the line that is to blame
    except ZeroDivisionError:
        traceback.print_exc()
"""
IN_A_POOL = """import multiprocessing
from concurrent.futures import ProcessPoolExecutor

def fail():
    raise ValueError("in a worker")

def work(method):
    with ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
        pool.submit(fail).result()
"""


def run(engine: Engine, world: World, text: str, file: Path | None, *args: object) -> Run:
    """Call `work`; `file`: where its author has this text."""
    source = Source(text.encode(), path=str(file) if file is not None else None)
    return engine.run(source, Invocation("work", args), world, Watching(deadline_s=20))


def test_a_traceback_names_the_learners_own_file_and_its_line(
    engine: Engine, made_world: World, tmp_path: Path
) -> None:
    """Also where the attempt may not read it: the line is there all the same."""
    file = tmp_path / "attempt.py"
    file.write_text("# not what is run\n" * 9)
    output = run(engine, made_world, PRINTS, file).output
    assert f'File "{file}", line 5, in work' in output
    assert "1 / 0  # the line that is to blame" in output
    assert "not what is run" not in output


def test_a_graded_attempt_has_the_name_that_it_is_handed_in_under(engine: Engine, made_world: World) -> None:
    """No folder of this machine is in what learners and instructors read."""
    assert 'File "attempt.py", line 5, in work' in run(engine, made_world, PRINTS, None).output


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_an_error_in_a_worker_is_found_in_the_file(
    engine: Engine, made_world: World, tmp_path: Path, method: str
) -> None:
    """A process that starts afresh imports the copy, by the copy's name."""
    outcome = run(engine, made_world, IN_A_POOL, tmp_path / "attempt.py", method).outcome
    assert isinstance(outcome, Raised)
    assert (outcome.error.type, outcome.error.line) == ("ValueError", 5)


def test_stacks_and_mistakes_of_syntax_are_found_in_the_file(engine: Engine, made_world: World, tmp_path: Path) -> None:
    """By their lines; the text is the learner's own in both."""
    file = tmp_path / "attempt.py"
    source = Source(b"import time\n\ndef work():\n    time.sleep(60)\n", path=str(file))
    hung = engine.run(source, Invocation("work"), made_world, Watching(deadline_s=1)).outcome
    assert isinstance(hung, Hung)
    assert [frame.line for stack in hung.stacks for frame in stack.frames] == [4]
    unusable = run(engine, made_world, "def work():\n    return (\n", file).outcome
    assert isinstance(unusable, Unusable)
    assert unusable.error is not None
    assert unusable.error.line == 2
