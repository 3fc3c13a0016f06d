"""Tries another interpreter before anything is graded on it: is it isolated, and can it do what attempts do?"""

from __future__ import annotations

from checker.attempt import landlock, namespaces
from checker.model.evidence import Run
from checker.model.interpreter import Interpreter
from checker.model.outcome import Raised, Returned
from checker.process import ProcessError, interpreters, isolation
from checker.process.engine import Engine
from checker.process.interpreters import InterpreterError
from checker.process.invocation import Invocation, Source
from checker.process.isolation import Isolation, Level
from checker.process.watched import Watching

DEADLINE_S = 30.0
TRIAL = b"""
import asyncio, subprocess, sys

async def starts_another():
    program = [sys.executable, "-c", "import asyncio, multiprocessing, ssl, sqlite3"]
    await asyncio.to_thread(subprocess.run, program, check=True)
"""


def tried(name: str) -> Interpreter:
    """The interpreter with this name on PATH, or this path. Raises InterpreterError if it does not work with the best
    isolation of this machine.
    """
    found, isolated = interpreters.find(name), isolation.best()
    for module, level in ((landlock, Level.LANDLOCK), (namespaces, Level.NAMESPACES)):
        escapes = isolation.escapes(module.__name__, found) if isolated.level.reaches(level) else []
        if escapes:
            raise _refused(name, found, isolated, f"a process of its could still {', '.join(escapes)}")
    engine = Engine(isolation=isolated, interpreter=found)
    world = engine.world()
    try:
        run = engine.run(Source(TRIAL), Invocation("starts_another"), world, Watching(DEADLINE_S))
    except ProcessError as error:
        raise _refused(name, found, isolated, str(error)) from error
    finally:
        world.close()
        engine.close()
    if not isinstance(run.outcome, Returned):
        raise _refused(name, found, isolated, _why(run))
    return found


def _refused(name: str, found: Interpreter, isolated: Isolation, why: str) -> InterpreterError:
    return InterpreterError(f"{name} ({found.name}) cannot be used with isolation by {isolated.level}: {why}")


def _why(run: Run) -> str:
    said = run.outcome.error.message if isinstance(run.outcome, Raised) else type(run.outcome).__name__
    return f"a first attempt did not work ({said}) {run.output.strip().rpartition(chr(10))[2]}".strip()
