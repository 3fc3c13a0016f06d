"""The text of an attempt, read as Python reads it."""

from __future__ import annotations

import ast
import warnings

import pytest

from checker.judge.diagnosis import known, source, written
from tests.evidence import run

BREAKS = "\f", "\x0b", "\x1c", "\x85", "\u2028"
"""What ends a line for `str.splitlines`, and not for Python's parser."""


@pytest.mark.parametrize("within", BREAKS)
def test_lines_are_counted_as_python_counts_them(within: str) -> None:
    """In a text or between two functions there may be more than spaces."""
    text = f'first = "{within}"\r\nqueue.get()\rlast = 1\n'
    assert [ast.unparse(each) for each in source.parsed(text).body[1:]] == ["queue.get()", "last = 1"]
    assert [source.line_text(text, line) for line in (0, 2, 3, 9, None)] == ["", "queue.get()", "last = 1", "", ""]
    assert source.reached(text, {3}) == "last = 1"


def test_a_hint_is_that_of_the_line_after_a_form_feed() -> None:
    """Some editors put one between functions."""
    text = "import time\n\f\ndef work(calls):\n    return sum(calls)\n"
    hint = known.hint(run(source=text), "unsupported operand type(s) for +: 'int' and 'list'", 4)
    assert hint is not None
    assert "`sum` adds up numbers" in hint


@pytest.mark.parametrize("argument", ["0x" + "f" * 5000, "f\"{'\u00a0'.join(names)}\""])
def test_what_cannot_be_written_again_stops_no_hint(argument: str) -> None:
    """An integer of thousands of digits; before Python 3.12, a non-breaking space in the braces of an f-string."""
    said = written.thrown_away(f"def work(pool, names):\n    pool.submit(print, {argument})\n")
    assert said is not None
    assert "gives a future, and line 2 does not keep it" in said


def test_a_warning_of_the_parser_is_no_error_and_is_not_told() -> None:
    """Where warnings are errors (`-W error`), a text is read all the same."""
    source.parsed.cache_clear()
    with warnings.catch_warnings(action="error"):
        assert len(source.parsed('import re\nDIGITS = "\\d"\n').body) == 2
