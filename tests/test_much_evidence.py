"""As much as an attempt may send is judged in moments: the judge's time grows with it, and not with its square."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from checker.judge.diagnosis import conduct, context, findings, handed_over, known_names, lines, rate, slips, written
from checker.judge.diagnosis.known import compiler_hint
from checker.judge.diagnosis.known_reading import FROM_C
from checker.judge.diagnosis.source import MOST_LOOKS
from checker.model.codes import Code
from checker.model.evidence import MOST_READ, Run, Span
from checker.model.outcome import Frame, LockTime, Returned, Stack
from checker.world.ledger import MAX_ENTRIES

pytestmark = pytest.mark.timeout(20)
"""With squares, each of these takes minutes, or more memory than there is."""


def run_of(*spans: Span, **observed: Any) -> Run:
    return Run(function="work", outcome=Returned(value=None), started_s=0.0, wall_s=1e4, spans=spans, **observed)


def spans_of(*names: str, number: int = MAX_ENTRIES) -> list[Span]:
    """One after the other, the names in turn, all with one key."""
    return [
        Span(name=names[each % len(names)], key="k", start_s=each, end_s=each + 0.5, latency_s=0.5, outcome="answered")
        for each in range(number)
    ]


def test_calls_a_second() -> None:
    assert rate.too_many(run_of(*spans_of("ask")), "ask", 1.0, 1) is None
    assert rate.too_many(run_of(*spans_of("ask")), "ask", 0.5, 1) is not None


def test_order() -> None:
    assert conduct.too_early(run_of(*spans_of("audit", "write")), "audit", "write") is None
    assert conduct.too_early(run_of(*spans_of("write", "audit")), "audit", "write") is not None


def test_lost_updates() -> None:
    found = conduct.lost_updates(run_of(*spans_of("read", "write")), 1)
    assert found is not None
    assert found.code is Code.RACE


def test_findings() -> None:
    told: list[object] = [str(number) for number in range(250_000)]
    assert findings.twice(told, told[:10], "culprits()") is None
    assert findings.twice([*told, "9"], told[:10], "culprits()") is not None


def test_stacks_of_a_long_file() -> None:
    source = "x = 1\n" * (MOST_READ // 6)
    stack = Stack(who="thread 1", inside="attempt.work", frames=(Frame(function="work", line=7),))
    assert lines.at_lock(run_of(samples=(stack,) * 400, source=source)) is None


def test_locks() -> None:
    times = [LockTime(lock=each, who="T", line=1, wanted_s=0.0, taken_s=0.0, free_s=0.1) for each in range(500)]
    assert lines.at_lock(run_of(*spans_of("ask"), lock_times=tuple(times))) is None


def nested(depth: int, inside: str) -> str:
    """This line, in so many loops. Parsers take twenty in one function."""
    heads = ["def f():" if each % 20 == 0 else "for x in ():" for each in range(depth)]
    return "\n".join(" " * each + head for each, head in enumerate([*heads, inside]))


LONG_SOURCES = {
    "calls in loops": nested(80, ",".join(["append(a)"] * 8900)),
    "a few calls in loops": nested(80, ",".join(["append(a)"] * 1000)),
    "calls in one loop": "for x in ():\n " + ",".join(["append(a)"] * 9000),
    "calls in calls": "for x in ():\n " + "\n ".join(["append(" * 60 + "a" + ")" * 60] * 150),
    "calls by keyword": nested(20, "append(k=" * 25 + "a" + ")" * 25),
    "functions that assign": "def f(): x = 1\n" * 3000 + "1;" * 25_000,
}


@pytest.mark.parametrize("source", LONG_SOURCES.values(), ids=LONG_SOURCES)
def test_hints_look_at_each_node_a_few_times(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a source is, and however it is nested: a look is the step from a node to what is in it."""
    assert len(source) <= MOST_READ
    children: Callable[[ast.AST], Any] = ast.iter_child_nodes
    looks = count(1)

    def counted(node: ast.AST) -> Any:
        assert next(looks) <= 4 * MOST_LOOKS
        return children(node)

    for look in LOOKS:
        looks = count(1)
        with monkeypatch.context() as patched:
            patched.setattr(ast, "iter_child_nodes", counted)
            look(source)


UNBOUND = "cannot access local variable 'x' where it is not associated with a value"
LOOKS: tuple[Callable[[str], object], ...] = (
    slips.of,
    handed_over.in_this_thread,
    handed_over.no_tuple,
    context._made_in_a_call,
    lambda source: written.kept(source, "E"),
    lambda source: known_names.hint(source, UNBOUND, 1),
    lambda source: known_names.hint(source, UNBOUND),
    lambda source: known_names.hint(source, "name 'x' is not defined"),
)


def test_empty_lines_are_not_looked_at_for_each_of_them() -> None:
    """A pattern that begins at the beginning of a line ends with that line: this took half a minute."""
    began_s = time.process_time()
    assert compiler_hint("\n" * MOST_READ, "") != FROM_C
    assert time.process_time() - began_s < 2
