"""The solution of 26 on real interpreters, where this machine has them; and what the checks only pretend."""

from __future__ import annotations

import concurrent.futures
import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker import catalog
from tests import own_files

TIMEOUT_S = 60.0
NOT_FOUND = 127
PROGRAM = """
import sys
import time

sys.path.insert(0, sys.argv[1])
import attempt

if __name__ == "__main__":
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    wanted = "Thread" if not gil else "Interpreter" if sys.version_info >= (3, 14) else "Process"
    for kind, name in (("io", "Thread"), ("cpu", wanted)):
        executor = attempt.make_executor(kind, 2, attempt.count_primes)
        with executor:
            counts = list(executor.map(attempt.count_primes, [0], [100]))
            print(type(executor).__name__ == f"{name}PoolExecutor", counts)
"""


@pytest.mark.parametrize(
    "python", [sys.executable, "python3.12", "python3.13", "python3.13t", "python3.14", "python3.14t"]
)
def test_the_choice_on_a_real_interpreter(python: str, tmp_path: Path) -> None:
    """Threads without a GIL, interpreters from 3.14 on, else processes; and they work."""
    found = shutil.which(python)
    if found is None:
        pytest.skip(f"there is no {python} here")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    folder = catalog.own_solutions() / "26_runtime_choice"
    command = [found, str(program), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode == NOT_FOUND:  # a version manager's stand-in
        pytest.skip(f"there is no {python} here")
    assert (done.stdout, done.returncode) == ("True [25]\nTrue [25]\n", 0), done.stderr


@pytest.mark.parametrize(("there", "who"), [(False, "processes"), (True, "interpreters")])
def test_a_name_that_only_the_real_interpreter_has(
    there: bool, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 3.14, an attempt that imports the pool if it is there has not got it where the checks pretend to be 3.13."""
    acts = own_files.loaded("26", "scenario.py")
    (tmp_path / f"asks_for_{who}.py").write_text(IF_IT_IS_THERE)
    monkeypatch.syspath_prepend(tmp_path)
    with monkeypatch.context() as newest:
        newest.setattr(concurrent.futures, "InterpreterPoolExecutor", acts.InterpreterPoolExecutor, raising=False)
        attempt = importlib.import_module(f"asks_for_{who}")
        assert acts.choice(attempt, "cpu", "count_primes", True, True, there, 2) == (who, 2)


IF_IT_IS_THERE = """
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress

with suppress(ImportError):
    from concurrent.futures import InterpreterPoolExecutor


def make_executor(kind, workers, function):
    if "InterpreterPoolExecutor" in globals():
        return InterpreterPoolExecutor(workers)
    return ProcessPoolExecutor(workers)


def count_primes(lo, hi):
    return hi - lo
"""
