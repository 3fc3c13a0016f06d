"""The interpreter that attempts run on: find it, ask for its properties, start it."""

from __future__ import annotations

import json
import platform
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from checker.attempt import descendants, start
from checker.model.interpreter import Interpreter
from checker.model.record import Record

OLDEST = (3, 11)
"""The oldest version that `checker.attempt` supports."""
START_S = 120.0
"""Beside thirty busy programs on two cores one took more than 20 s to start (measured)."""
IMPORTED = ("msgspec", "aiohttp", "Cython")
"""Libraries that graders, attempts and the compiler need."""
TOO_SLOW = f"did not start within {START_S:g} s: it hangs, or this machine is too busy now"
ABOUT_ITSELF = """
import json, platform, sys, sysconfig
say = sysconfig.get_config_var
print(json.dumps({
    "kind": platform.python_implementation(), "number": sys.version_info[:2],
    "version": platform.python_version(), "path": sys.executable,
    "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
    "include": sysconfig.get_paths()["include"], "linker": (say("LDSHARED") or "cc -shared").split(),
}))
"""
"""Any Python can run this, so one that is too old is recognised."""
WHAT_IS_MISSING = """
import importlib.util, json, sys
names = dict.fromkeys(name.partition(".")[0] for name in sys.argv[1:])
print(json.dumps([name for name in names if importlib.util.find_spec(name) is None]))
"""


class InterpreterError(Exception):
    """Attempts cannot run on this interpreter; the message says why, and what to do."""


class _Told(Record):
    """What ABOUT_ITSELF prints."""

    kind: str
    number: tuple[int, int]
    version: str
    path: str
    gil: bool
    include: str
    linker: tuple[str, ...]


def own() -> Interpreter:
    """The grader's own interpreter."""
    return Interpreter(
        path=sys.executable,
        version=platform.python_version(),
        gil=not sysconfig.get_config_var("Py_GIL_DISABLED"),
        include=sysconfig.get_paths()["include"],
        linker=tuple((sysconfig.get_config_var("LDSHARED") or "cc -shared").split()),
    )


def find(name: str) -> Interpreter:
    """The interpreter with this name on PATH, or this path. Raises InterpreterError."""
    path = shutil.which(name)
    if path is None:
        raise InterpreterError(f"{name}: no such program; expected a name on PATH, such as python3.14, or a path")
    try:
        told = msgspec.json.decode(_said(path, ABOUT_ITSELF, ["-s", "-E"]), type=_Told)
    except subprocess.TimeoutExpired as error:
        raise InterpreterError(f"{name} {TOO_SLOW}") from error
    except (OSError, subprocess.SubprocessError, msgspec.MsgspecError) as error:
        raise InterpreterError(f"{name} is not a Python that works: {_why(error)}") from error
    if told.kind != "CPython":
        raise InterpreterError(f"{name} is {told.kind} {told.version}; attempts run on CPython only")
    if told.number < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise InterpreterError(f"{name} is Python {told.version}, which is too old: attempts need {oldest} or newer")
    found = Interpreter(
        path=told.path, asked=name, version=told.version, gil=told.gil, include=told.include, linker=told.linker
    )
    absent = "" if descendants.KERNEL_TELLS else lacks(found, ("psutil",))
    if absent:
        raise InterpreterError(f"{name} cannot be used on this system: {absent}")
    return found


@cache
def lacks(interpreter: Interpreter, libraries: tuple[str, ...]) -> str:
    """Which of these libraries it does not have, and what to do about it; "": none. Raises InterpreterError.

    The grader's own interpreter has all that the project requires.
    """
    if not libraries or interpreter.path == sys.executable:
        return ""
    try:
        absent = json.loads(_said(interpreter.path, WHAT_IS_MISSING, ["-P", "-s", "-E"], libraries))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise InterpreterError(f"{interpreter.path} does not work: {_why(error)}") from error
    told = f"{interpreter.name} has no {' and no '.join(absent)}"
    return f"{told}; run: {interpreter.path} -m pip install {' '.join(absent)}" if absent else ""


def command(interpreter: Interpreter, module: str) -> list[str]:
    """A command that runs a module of the attempt's side, without current folder, user's site and environment.

    `users_own` says for which interpreter, and why, the user's site is not left out.
    """
    further = users_own() if interpreter.path == sys.executable else []
    return [interpreter.path, "-P", "-s", "-E", start.__file__, *further, module]


@cache
def users_own() -> list[str]:
    """Options of start.py for the grader's own interpreter: the user's site, if what we require is installed there.

    pip installs there for whoever may not write to the system's folders, as in many development containers. By then
    HOME may be another folder, so the path is told.
    """
    folder = site.getusersitepackages()
    specs = [find_spec(name) for name in IMPORTED] if folder in sys.path else []
    there = any(spec is not None and Path(spec.origin or "").is_relative_to(folder) for spec in specs)
    return [start.WITH, folder] if there else []


def _said(path: str, text: str, options: Sequence[str], arguments: Sequence[str] = ()) -> bytes:
    """Run a Python program and return its output. Raises OSError and SubprocessError."""
    whole = [path, *options, "-c", text, *arguments]
    return subprocess.run(whole, capture_output=True, timeout=START_S, check=True, cwd="/").stdout  # noqa: S603


def _why(error: Exception) -> str:
    """The first line of a program's error output; the last, if it is a traceback."""
    if isinstance(error, subprocess.CalledProcessError) and error.stderr.strip():
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
        return str(lines[-1] if lines[0].startswith("Traceback") else lines[0])
    return TOO_SLOW if isinstance(error, subprocess.TimeoutExpired) else str(error)
