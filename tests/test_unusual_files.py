"""Files that are no program that can be graded as it is: what the learner is told, and what to do."""

from __future__ import annotations

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import outcome
from checker.model.codes import Code
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World

TEXT = "def work():\n    return 1\n"
UMLAUT = "# gr\u00fc\u00df dich\n"


def imports(line: str) -> bytes:
    return f"{line}\n{TEXT}".encode()


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (f'"""A word."""\n{UMLAUT}{TEXT}'.encode("latin-1"), Code.SYNTAX_ERROR, "it is not UTF-8 (attempt.py:2)"),
        (f"{UMLAUT}{TEXT}".encode("latin-1"), Code.SYNTAX_ERROR, "with the encoding UTF-8"),
        (f"# coding: ascii\n{UMLAUT}{TEXT}".encode(), Code.SYNTAX_ERROR, "not ascii, as it says itself (attempt.py:2)"),
        (f"# coding: klingon\n{TEXT}".encode(), Code.SYNTAX_ERROR, "names is unknown (attempt.py:1)"),
        (TEXT.encode("utf-16"), Code.SYNTAX_ERROR, "it is UTF-16"),
        (TEXT.encode("utf-16-be"), Code.SYNTAX_ERROR, "with the encoding UTF-8"),
        (imports("import helpers"), Code.CRASHED, "Put it into attempt.py"),
        (imports("from sync import work"), Code.CRASHED, "Only attempt.py is graded"),
        (imports("from . import helpers"), Code.CRASHED, "no part of a package"),
        (imports("from .helpers import work"), Code.CRASHED, "put what you need into it"),
        (imports("import requests"), Code.CRASHED, "only the standard library is"),
        (imports("import numpy as np"), Code.CRASHED, "No module named 'numpy' (attempt.py:1)"),
        (imports("name = input()"), Code.CRASHED, "Nobody sits at the keyboard"),
        (b"def work():\n    return input('How many? ')\n", Code.CRASHED, "Nobody sits at the keyboard"),
        (b"x = 1 / 0\n", Code.CRASHED, "cannot be imported: ZeroDivisionError: division by zero (attempt.py:1)"),
    ],
)
def test_what_is_told(engine: Engine, made_world: World, content: bytes, code: Code, words: str) -> None:
    """A sentence that names the cause, and a hint that says what to do."""
    run = engine.run(Source(content), Invocation("work"), made_world, Watching(deadline_s=20))
    found = outcome.failure(run)
    assert found is not None
    assert found.code is code
    assert words in f"{found.sentence} {found.hint}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_what_python_reads_is_read(engine: Engine, made_world: World, encoding: str) -> None:
    """UTF-8, with and without a mark at the beginning, and what names its encoding."""
    cookie = "# coding: latin-1\n" if encoding == "latin-1" else ""
    run = engine.run(
        Source(f"{cookie}{UMLAUT}{TEXT}".encode(encoding)), Invocation("work"), made_world, Watching(deadline_s=20)
    )
    assert outcome.failure(run) is None


def test_an_import_is_seen_behind_the_mark_of_an_editor(engine: Engine, made_world: World) -> None:
    """Python skips it, so that the whole text is read for what it forbids and for what helps."""
    text = f"import asyncio\n{TEXT}".encode("utf-8-sig")
    run = engine.run(Source(text), Invocation("work"), made_world, Watching(deadline_s=20))
    with pytest.raises(CheckFailed, match=r"WRONG_TOOL: attempt\.py imports asyncio"):
        Call(run).expect_no_import("asyncio")
