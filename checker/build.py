"""Compile an attempt.pyx: Cython makes C of it, a C compiler makes an extension module of that.

Always in the same way: no setup file, compiler flag or `# distutils:` line of a submission is looked at (only
`cythonize` reads those, and it is not used here).
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from checker.evidence import ErrorInfo, Unusable
from checker.isolation import Isolation, python

BUILD_S = 60.0
FLAGS = ("-fPIC", "-O3", "-fwrapv", "-DNDEBUG", "-w")
"""As CPython builds extensions, without debug information, which takes as long as everything else."""
CYTHON_ERROR = re.compile(r"^attempt\.pyx:(\d+):\d+: (.+)$", re.MULTILINE)
C_ERROR = re.compile(r"error: (.+)$", re.MULTILINE)


def impossible() -> str:
    """Why nothing can be compiled on this machine; "" when it can."""
    if importlib.util.find_spec("Cython") is None:
        return "Cython is not installed; run: pip install cython"
    if shutil.which(_linker()[0]) is None:
        return f"there is no C compiler ({_linker()[0]}) on this machine; install one (Debian: build-essential)"
    return ""


class Builder:
    """Compiles each text once."""

    def __init__(self, isolation: Isolation) -> None:
        """The compiler reads what a learner wrote, such as `include` of any file: it is isolated like the attempt."""
        self._before = isolation.command()
        self._known: dict[bytes, bytes | Unusable] = {}

    def module(self, text: bytes) -> bytes | Unusable:
        """The extension module `attempt` of this source, as bytes; or what the compiler says against it."""
        if text not in self._known:
            with tempfile.TemporaryDirectory(prefix="kata-build-") as folder:
                self._known[text] = _build(text, Path(folder), self._before)
        return self._known[text]


def _build(text: bytes, folder: Path, before: list[str]) -> bytes | Unusable:
    (folder / "attempt.pyx").write_bytes(text)
    include = sysconfig.get_paths()["include"]
    steps = (
        ([*python("cython"), "-3", "attempt.pyx"], CYTHON_ERROR),
        ([*_linker(), *FLAGS, f"-I{include}", "attempt.c", "-o", "attempt.so", "-lm"], C_ERROR),
    )
    for command, pattern in steps:
        refused = _run([*before, *command], folder, pattern)
        if refused is not None:
            return refused
    return (folder / "attempt.so").read_bytes()


def _run(command: list[str], folder: Path, pattern: re.Pattern[str]) -> Unusable | None:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    try:
        done = subprocess.run(  # noqa: S603  (our own command; what it reads is the learner's)
            command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", timeout=BUILD_S
        )
    except subprocess.TimeoutExpired:
        return _refused(f"compiling took longer than {BUILD_S:g} s", None)
    if done.returncode == 0:
        return None
    found = pattern.search(done.stdout + done.stderr)
    if found is None:
        return _refused((done.stderr.strip() or "the compiler failed").splitlines()[-1], None)
    line = int(found[1]) if pattern is CYTHON_ERROR else None
    return _refused(found[found.re.groups], line)


def _refused(message: str, line: int | None) -> Unusable:
    error = ErrorInfo(type="CompileError", bases=("CompileError", "Exception"), message=message, line=line)
    return Unusable(reason="build", error=error)


def _linker() -> list[str]:
    """How CPython itself was told to make extension modules."""
    return (sysconfig.get_config_var("LDSHARED") or "cc -shared").split()
