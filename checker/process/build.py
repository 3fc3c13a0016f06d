"""Compile an attempt.pyx: Cython makes C of it, and a C compiler makes an extension module of that.

Always with the same options: setup files, compiler flags and `# distutils:` lines of a submission are ignored (only
`cythonize` reads those lines, and it is not used here).
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
from checker.catalog import COMPILED
from checker.model.interpreter import Interpreter
from checker.model.limits import Limits
from checker.model.outcome import ErrorInfo, Unusable
from checker.process import interpreters
from checker.process.isolation import Isolation, python
from checker.process.limited import limited

MODULE = "attempt.so"
BUILD_CPU_S = 60
"""CPU time of each of the compiler's processes. A compiler needs half a second. Beside thirty busy programs it took
more than a minute of wall-clock time (measured), which is not the attempt's fault."""
BUILD_MEMORY_MIB = Limits().memory_mib
"""The attempt's own limit. Our own attempts in Cython need 300 MiB of address space (measured), and learners may write
more code."""
BUILD_FILE_MIB = 64
"""Two hundred times the largest file that our own attempts need (the C code, 0.3 MiB)."""
LIMITED = limited(BUILD_CPU_S, BUILD_MEMORY_MIB, BUILD_FILE_MIB)
MOST_TOLD_BYTES = 64 * 1024
"""How much is read of the beginning and of the end of a compiler's output. Only one error is shown, and it is in one of
the two."""
GIVE_UP_S = 120.0
"""Wall-clock time of each of the two programs, for a machine that stands still or a program that waits for ever. Both
times together are shorter than pytest's limit for a check (300 s) and the watchdog's for a grader."""
FLAGS = ("-fPIC", "-O3", "-fwrapv", "-fno-math-errno", "-DNDEBUG", "-w")
"""As CPython builds extensions, but without debug information, which takes as long as everything else, and without C's
errno: to set that, GCC 16 calls pow for `x ** 2` of a double, where older versions multiply, and a loop takes four
times as long."""
CYTHON_ERROR = re.compile(r"^attempt\.pyx:(\d+):\d+: (.+)$", re.MULTILINE)
C_ERROR = re.compile(r"error: (.+)$", re.MULTILINE)
EXCEEDED = {
    signal.SIGXCPU: f"that took more than {BUILD_CPU_S} s of CPU time",
    signal.SIGXFSZ: f"that made a file of more than {BUILD_FILE_MIB} MiB",
}
"""Signals that end a compiler that exceeds a limit. If one ends a part of the compiler, its driver reports that in the
words of strsignal(3)."""


class BuildError(Exception):
    """Whether the attempt compiles is unknown: a failure of ours."""


def impossible(interpreter: Interpreter | None = None) -> str:
    """Why nothing can be compiled for an interpreter (by default the grader's own) on this machine; "" if it can."""
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
    """Share what is compiled with other processes, in this folder; None: do not share."""
    _folder[:] = [folder] if folder is not None else []


class Builder:
    """Compiles each text once."""

    def __init__(
        self, isolation: Isolation, interpreter: Interpreter | None = None, further: Sequence[Path] = ()
    ) -> None:
        """The compilers read a learner's text, which may `include` any file, so they are isolated like the attempt.

        `interpreter`: will load the modules; by default the grader's own. `further`: as for an Engine.
        """
        own, target = interpreters.own(), interpreter or interpreters.own()
        self._cython = [*isolation.command(own, further), *python("cython"), "-3", COMPILED]
        c = [*target.linker, *FLAGS, f"-I{target.include}", "attempt.c", "-o", MODULE, "-lm"]
        self._c = [*isolation.command(target, further), *c]
        self._known: dict[bytes, bytes | Unusable] = {}

    def module(self, text: bytes) -> bytes | Unusable:
        """The extension module `attempt` of this source, as bytes; or the compiler's error."""
        if text not in self._known:
            self._known[text] = self._shared(text, _folder[0]) if _folder else self._compiled(text)
        return self._known[text]

    def _shared(self, text: bytes, folder: Path) -> bytes | Unusable:
        """Compiled by another grader, or by this one for all. A lock makes sure that only one compiles."""
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
        built = self._built(text)
        if isinstance(built, Unusable) and built.error.line is None and built.error.message not in EXCEEDED.values():
            self._try_nothing()
        return built

    def _try_nothing(self) -> None:
        """Raises BuildError if not even an empty text compiles: a compiler has no headers, or the disk is full."""
        built = self._built(b"")
        if isinstance(built, Unusable):
            raise BuildError(f"nothing can be compiled on this machine: {built.error.message}")

    def _built(self, text: bytes) -> bytes | Unusable:
        with tempfile.TemporaryDirectory(prefix="kata-build-") as folder:
            return self._build(text, Path(folder))

    def _build(self, text: bytes, folder: Path) -> bytes | Unusable:
        (folder / COMPILED).write_bytes(text)
        for command, pattern in ((self._cython, CYTHON_ERROR), (self._c, C_ERROR)):
            refused = _run(command, folder, pattern)
            if refused is not None:
                return refused
        return (folder / MODULE).read_bytes()


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
    """Run a command. Returns its exit code and output. Raises BuildError."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    with (
        tempfile.TemporaryFile() as said,  # the limit for files holds for it; a pipe has none
        subprocess.Popen(  # noqa: S603  (our own command; what it reads is the learner's)
            [*LIMITED, *command], cwd=folder, env=environment,
            start_new_session=True,  # detached from a terminal, on which it could wait for input
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
    """The beginning of the output, with the first error, and its end, where compilers say what ended them."""
    size = said.seek(0, os.SEEK_END)
    said.seek(0)
    beginning = said.read(MOST_TOLD_BYTES)
    said.seek(max(len(beginning), size - MOST_TOLD_BYTES))
    return (beginning + said.read(MOST_TOLD_BYTES)).decode("utf-8", "replace")


def _refused(message: str, line: int | None) -> Unusable:
    message = message[: wire.MAX_TEXT_IN_ERROR]
    error = ErrorInfo(type="CompileError", bases=("CompileError", "Exception"), message=message, line=line)
    return Unusable(reason="build", error=error)
