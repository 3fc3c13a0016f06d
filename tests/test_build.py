"""Compiling an attempt.pyx: what comes out, what the compiler says, and what of the submission is ignored."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pexpect
import pytest

from checker.checks.call import Call, CheckFailed
from checker.model.outcome import Unusable
from checker.process import build, interpreters
from checker.process.build import Builder, BuildError
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.isolation import Isolation, Level, best
from checker.process.limited import limited
from checker.process.watched import Watching
from checker.world.world import World

pytestmark = pytest.mark.skipif(bool(build.impossible()), reason=build.impossible())

TYPED = b"def work(int number):\n    cdef int twice = 2 * number\n    return twice\n"


def test_a_compiled_attempt_is_called_like_any_other(engine: Engine, made_world: World) -> None:
    """The extension module is imported in the attempt's process."""
    run = engine.run(Source(TYPED, compiled=True), Invocation("work", (21,)), made_world, Watching(5.0))
    Call(run).expect_result(42)


def test_each_text_is_compiled_once() -> None:
    """The second time, the module is there."""
    builder = Builder(best())
    assert builder.module(TYPED) is builder.module(TYPED)


def test_graders_share_what_they_compile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two builders that want the same text at the same time one compiles; what is refused is not kept."""
    compiled: list[bytes] = []
    real = Builder._build

    def counted(builder: Builder, text: bytes, folder: Path) -> bytes | Unusable:
        compiled.append(text)
        return real(builder, text, folder)

    monkeypatch.setattr(Builder, "_build", counted)
    build.share(tmp_path)
    try:
        with ThreadPoolExecutor(2) as threads:
            first, second = threads.map(lambda _: Builder(best()).module(TYPED), range(2))
        assert first == second
        assert compiled == [TYPED]
        assert isinstance(Builder(best()).module(b"def work(:\n"), Unusable)
    finally:
        build.share(None)
    assert [path.suffix for path in sorted(tmp_path.iterdir())].count("") == 1


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (b"def work():\n    cdef int n =\n", "Expected an identifier", 2),
        (b"def work(items):\n    with nogil:\n        items.append(1)\n", "without gil", 3),
        (b"cdef extern from 'nowhere.h':\n    int f()\ndef work(): return f()\n", "nowhere.h", None),
    ],
    ids=["syntax", "Python without the GIL", "C"],
)
def test_compile_errors(engine: Engine, made_world: World, text: bytes, words: str, line: int | None) -> None:
    """The sentence has the compiler's words, and the learner's line."""
    run = engine.run(Source(text, compiled=True), Invocation("work"), made_world, Watching(5.0))
    assert isinstance(run.outcome, Unusable)
    with pytest.raises(CheckFailed) as failed:
        Call(run).expect_result(None)
    found = failed.value.answer.diagnosis
    assert found is not None
    assert (found.code, found.line) == ("SYNTAX_ERROR", line)
    assert words in found.sentence
    assert line is None or f"(attempt.pyx:{line})" in found.sentence


MANY_LINES = b"def work():\n" + b"    x = 1 + 2 * 3 - 4\n" * 40_000
MANY_MACROS = b'''
cdef extern from *:
    """
    #define A(x) x x x x x x x x x x x x x x x x
    #define B(x) A(A(A(A(A(x)))))
    static int work_(void) { int n = 0; B(n += n * 3;) return n; }
    """
    int work_()
def work(): return work_()
'''


@pytest.mark.parametrize("text", [MANY_LINES, MANY_MACROS], ids=["Cython", "C"])
def test_what_takes_the_compiler_too_long(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """CPU time is limited."""
    monkeypatch.setattr(build, "LIMITED", limited(1, build.BUILD_MEMORY_MIB, build.BUILD_FILE_MIB))
    refused = Builder(best()).module(text)
    assert isinstance(refused, Unusable)
    assert "of CPU time" in refused.error.message


def verbatim(c: str) -> bytes:
    """An attempt with this C in it."""
    return f"cdef extern from *:\n    '''\n{c}\n    '''\ndef work(): pass\n".encode()


LARGE = {
    "memory": (verbatim('#include "/dev/zero"'), "memory"),
    "a file": (verbatim("char large[1 << 22] = {1};"), "a file of more than"),
    "what is said": (verbatim("#error so it is\n" * 15_000), "a file of more than"),
}


@pytest.mark.parametrize("what", LARGE)
def test_what_is_too_large_for_the_machine(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Memory is limited, and each file; what a compiler says is one, and is not read as a whole."""
    text, words = LARGE[what]
    monkeypatch.setattr(build, "LIMITED", limited(build.BUILD_CPU_S, memory_mib=400, file_mib=1))
    refused = Builder(best()).module(text)
    assert isinstance(refused, Unusable)
    assert words in refused.error.message


def test_the_beginning_and_the_end_of_what_is_said_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing twice, and nothing of what is between them."""
    monkeypatch.setattr(build, "MOST_TOLD_BYTES", 4)
    for said, told in ((b"", ""), (b"abc", "abc"), (b"abcdef", "abcdef"), (b"abcdefghijk", "abcdhijk")):
        (tmp_path / "said").write_bytes(said)
        with (tmp_path / "said").open("rb") as file:
            assert build._told(file) == told


READS_THE_TERMINAL = """
from checker.process import build, isolation
build.GIVE_UP_S = 20
print(build.Builder(isolation.Isolation(level="process")).module(TEXT))
"""


@pytest.mark.parametrize("text", [b'include "/dev/tty"\n', verbatim('#include "/dev/tty"')], ids=["Cython", "C"])
def test_a_compiler_has_no_terminal(text: bytes) -> None:
    """Where the grader has one, there is none to read: that would stop the compiler until somebody gives up."""
    grader = pexpect.spawn(
        sys.executable, ["-c", READS_THE_TERMINAL.replace("TEXT", repr(text))], timeout=60, encoding="utf-8"
    )
    said = grader.read()
    grader.close()
    assert "Unusable" in said
    assert "/dev/tty" in said


def test_a_slow_machine_is_not_the_attempts_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the clock is to blame, the failure is ours."""
    monkeypatch.setattr(build, "GIVE_UP_S", 0.05)
    with pytest.raises(BuildError, match="not done after"):
        Builder(best()).module(TYPED)


@pytest.mark.parametrize("text", [TYPED, b"cdef extern from 'nowhere.h':\n    pass\n"], ids=["right", "wrong"])
def test_a_compiler_that_compiles_nothing_is_not_the_attempts_fault(tmp_path: Path, text: bytes) -> None:
    """Debian's gcc can be installed without the C library's headers."""
    compiler = tmp_path / "cc"
    compiler.write_text("#!/bin/sh\necho 'Python.h:23:10: fatal error: stdlib.h: No such file or directory'\nexit 1\n")
    compiler.chmod(0o755)
    broken = msgspec.structs.replace(interpreters.own(), linker=(str(compiler),))
    with pytest.raises(BuildError, match=r"nothing can be compiled on this machine: stdlib\.h"):
        Builder(Isolation(level=Level.PROCESS), broken).module(text)


def test_build_directives_are_not_looked_at() -> None:
    """A `# distutils:` line would add sources and flags, for a build that asks for it."""
    module = Builder(best()).module(
        b"# distutils: sources = nowhere.c\n# distutils: extra_compile_args = -nonsense\n" + TYPED
    )
    assert isinstance(module, bytes)


def test_without_a_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what is missing, and what to do."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "no C compiler" in build.impossible()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert "pip install cython" in build.impossible()
