"""Work that was never begun: nothing asked for, coroutines that nobody awaited. Pure."""

from __future__ import annotations

import ast
import re

from checker.judge import overlap
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.judge.diagnosis.source import arguments, calls, last_name, nodes, unparsed
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import MOST_NOTICES, Run


def never_awaited(run: Run) -> Diagnosis | None:
    """Coroutines that were made and never awaited."""
    made = [notice for notice in run.notices if notice.kind == "never awaited"]
    if not made:
        return None
    asynchronous = made_async(run)
    if asynchronous is not None:
        return asynchronous
    more = " or more" if len(run.notices) >= MOST_NOTICES else ""
    coroutines = f"{count(len(made), 'coroutine')}{more}"
    sentence = f"{run.function} made {coroutines} that nobody awaited: that work was never done"
    return diagnosis(Code.LOST, sentence, made[0].line)


def made_async(run: Run) -> Diagnosis | None:
    """An `async def` that attempt.py itself does not call, and that its caller does not await."""
    unawaited = run.notice("never awaited")
    named = _COROUTINE.search(unawaited.text) if unawaited is not None and unawaited.line is None else None
    if named is None or run.beats or not re.search(rf"\basync def {named[1]}\b", run.source):
        return None
    if len(re.findall(rf"\b{named[1]}\(", run.source)) > 1:
        return None  # it is called in there, and perhaps forgotten there
    sentence = f"`{named[1]}` is an `async def`: who calls it gets a coroutine, and nobody awaited it"
    hint = _HIDDEN if named[1] in _called(run) else _handed_over(run.source, named[1]) or _PLAIN_DEF
    return diagnosis(Code.LOST, sentence, hint=hint)


def _called(run: Run) -> tuple[str, ...]:
    """What the checks themselves call, without a scenario: an `async def` that they see as one is awaited."""
    return (run.function, "__call__") if run.function.isidentifier() else ()


def _handed_over(source: str, name: str) -> str | None:
    """A hint, if somewhere in the source this function is handed over for something else to call it."""
    for call in (node for node in nodes(source) if isinstance(node, ast.Call)):
        if name in map(last_name, arguments(call)):
            return _GIVEN.format(tool=unparsed(call.func), name=name, line=call.lineno)
    return None


_COROUTINE = re.compile(r"coroutine '(?:[^']*\.)?(\w+)'")
_GIVEN = (
    "Line {line} gives `{name}` to `{tool}`, and whoever calls it there gets a coroutine, and awaits nothing: make it "
    "a plain `def`."
)
_HIDDEN = (
    "The checks take what they call for a plain `def`, because something stands before the `async def`: a decorator, "
    "or an object with a `__call__`. Make what stands there an `async def`, too, which awaits the one behind it."
)
_PLAIN_DEF = "Whoever calls it, the checks or a thread, has no event loop that could await it: make it a plain `def`."


def nothing_done(run: Run) -> Diagnosis:
    """It returned at once, and asked for nothing."""
    if any(calls(run.source, "cancel")):
        return diagnosis(Code.LOST, f"{run.function} was over before any operation was asked for", hint=_CANCELLED)
    sentence = f"{run.function} does nothing yet: no operation was asked for"
    return diagnosis(Code.MISSING, sentence, hint=_NOTHING_YET)


_CANCELLED = (
    "What it had started was cancelled before it asked for anything. Wait for the work itself, and cancel only who has "
    "nothing left to do."
)
_NOTHING_YET = "Is it still empty? It gets its work as arguments: do that first, and then look at what fails."


def nothing_asked(run: Run) -> Diagnosis | None:
    """Not one operation that takes time, where there is work to do."""
    if overlap.counted(run.spans):
        return None
    if run.spans:
        return diagnosis(Code.WORK_SKIPPED, f"{run.function} asked for nothing that takes time: that work is left out")
    return never_awaited(run) or nothing_done(run)
