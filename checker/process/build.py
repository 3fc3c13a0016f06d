"""Compile an attempt.pyx: Cython makes C of it, a C compiler makes an extension module of that.

Always in the same way: no setup file, compiler flag or `# distutils:` line of a submission is looked at (only
`cythonize` reads those, and it is not used here).
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO

from checker.attempt import wire
from checker.model.interpreter import Interpreter
from checker.model.limits import Limits
from checker.model.outcome import ErrorInfo, Unusable
from checker.process import interpreters
from checker.process.isolation import Isolation, python
from checker.process.limited import limited

BUILD_CPU_S = 60
"""Of each of the compiler's processes. A compiler takes half a second; beside thirty busy programs it took more than a
minute on the clock (measured), which says nothing of the attempt."""
BUILD_MEMORY_MIB = Limits().memory_mib
"""As an attempt itself. Our own in Cython need 300 MiB of addresses (measured), for less C than a learner may write."""
BUILD_FILE_MIB = 64
"""Two hundred times the largest file on the way to our own (its C, 0.3 MiB)."""
LIMITED = limited(BUILD_CPU_S, BUILD_MEMORY_MIB, BUILD_FILE_MIB)
MOST_TOLD_BYTES = 64 * 1024
"""Read of the beginning, and of the end, of what a compiler says: one error is told, and it is in one of them."""
GIVE_UP_S = 120.0
"""On the clock, each of the two programs: the machine stands still, or one waits for something that does not come. Both
are over before pytest ends their check (300 s) and a watchdog their grader."""
FLAGS = ("-fPIC", "-O3", "-fwrapv", "-fno-math-errno", "-DNDEBUG", "-w")
"""As CPython builds extensions, without debug information, which takes as long as everything else. Nobody asks C's
errno: with it, GCC 16 calls pow for `x ** 2` of a double, where older ones multiply, and a loop takes four times as
long."""
CYTHON_ERROR = re.compile(r"^attempt\.pyx:(\d+):\d+: (.+)$", re.MULTILINE)
C_ERROR = re.compile(r"error: (.+)$", re.MULTILINE)
EXCEEDED = {
    signal.SIGXCPU: f"that took more than {BUILD_CPU_S} s of CPU time",
    signal.SIGXFSZ: f"that made a file of more than {BUILD_FILE_MIB} MiB",
}
"""What a compiler was ended by. Its driver says so of a part of it, in the words of strsignal(3)."""


class BuildError(Exception):
    """Nobody can tell whether the attempt compiles: a failure of ours."""


def impossible(interpreter: Interpreter | None = None) -> str:
    """Why nothing can be compiled for it (None: the grader's own) on this machine; "" when it can."""
    target = interpreter or interpreters.own()
    if importlib.util.find_spec("Cython") is None:
        return "Cython is not installed; run: pip install cython"
    if shutil.which(target.linker[0]) is None:
        return f"there is no C compiler ({target.linker[0]}) on this machine; install one (Debian: build-essential)"
    if not Path(target.include, "Python.h").is_file():
        return f"the C headers of {target.name} are not installed; there is no {target.include}/Python.h"
    return ""


_folder: list[Path] = []


def share(folder: Path | None) -> None:
    """Keep what this process compiles in this folder, for others that do the same; None: for itself."""
    _folder[:] = [folder] if folder is not None else []


class Builder:
    """Compiles each text once."""

    def __init__(
        self, isolation: Isolation, interpreter: Interpreter | None = None, further: Sequence[Path] = ()
    ) -> None:
        """The compilers read what a learner wrote, such as `include` of any file: they are isolated like the attempt.

        `interpreter`: is to load the modules; the grader's own, if it is not given. `further`: as for an Engine.
        """
        own, target = interpreters.own(), interpreter or interpreters.own()
        self._cython = [*isolation.command(own, further), *python("cython"), "-3", "attempt.pyx"]
        c = [*target.linker, *FLAGS, f"-I{target.include}", "attempt.c", "-o", "attempt.so", "-lm"]
        self._c = [*isolation.command(target, further), *c]
        self._known: dict[bytes, bytes | Unusable] = {}

    def module(self, text: bytes) -> bytes | Unusable:
        """The extension module `attempt` of this source, as bytes; or what the compiler says against it."""
        if text not in self._known:
            self._known[text] = self._shared(text, _folder[0]) if _folder else self._compiled(text)
        return self._known[text]

    def _shared(self, text: bytes, folder: Path) -> bytes | Unusable:
        """From another grader, or for the others. Of those that want the same at once, one compiles."""
        file = folder / sha256(repr((self._cython, self._c, text)).encode()).hexdigest()
        with file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                built = self._compiled(text)
                if isinstance(built, Unusable):
                    return built
                file.with_suffix(".part").write_bytes(built)
                file.with_suffix(".part").rename(file)  # whole, or not at all
            return file.read_bytes()

    def _compiled(self, text: bytes) -> bytes | Unusable:
        with tempfile.TemporaryDirectory(prefix="kata-build-") as folder:
            return self._build(text, Path(folder))

    def _build(self, text: bytes, folder: Path) -> bytes | Unusable:
        (folder / "attempt.pyx").write_bytes(text)
        for command, pattern in ((self._cython, CYTHON_ERROR), (self._c, C_ERROR)):
            refused = _run(command, folder, pattern)
            if refused is not None:
                return refused
        return (folder / "attempt.so").read_bytes()


def _run(command: list[str], folder: Path, pattern: re.Pattern[str]) -> Unusable | None:
    status, said = _ended(command, folder)
    if status == 0:
        return None
    for number, what in EXCEEDED.items():
        if status == -number or (signal.strsignal(number) or what) in said:
            return _refused(what, None)
    found = pattern.search(said)
    if found is None:
        return _refused((said.strip() or "the compiler failed").splitlines()[-1], None)
    line = int(found[1]) if pattern is CYTHON_ERROR else None
    return _refused(found[found.re.groups], line)


def _ended(command: list[str], folder: Path) -> tuple[int, str]:
    """Its exit code, and what it said. Raises BuildError."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    with (
        tempfile.TemporaryFile() as said,  # which is limited like any file, where a pipe has no end
        subprocess.Popen(  # noqa: S603  (our own command; what it reads is the learner's)
            [*LIMITED, *command], cwd=folder, env=environment,
            start_new_session=True,  # with a terminal, it could wait for what somebody types
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
        ) as compiler,
    ):  # fmt: skip
        try:
            status = compiler.wait(GIVE_UP_S)
        except subprocess.TimeoutExpired:
            os.killpg(compiler.pid, signal.SIGKILL)  # a compiler driver has children
            raise BuildError(f"compiling was not done after {GIVE_UP_S:g} s") from None
        return status, _told(said)


def _told(said: IO[bytes]) -> str:
    """Its beginning, with the first error, and its end, where compilers say why they were ended."""
    size = said.seek(0, os.SEEK_END)
    said.seek(0)
    beginning = said.read(MOST_TOLD_BYTES)
    said.seek(max(len(beginning), size - MOST_TOLD_BYTES))
    return (beginning + said.read(MOST_TOLD_BYTES)).decode("utf-8", "replace")


def _refused(message: str, line: int | None) -> Unusable:
    message = message[: wire.MAX_TEXT_IN_ERROR]
    error = ErrorInfo(type="CompileError", bases=("CompileError", "Exception"), message=message, line=line)
    return Unusable(reason="build", error=error)
