"""An attempt that is a test suite: what it turned down, and what it did not notice. Pure."""

from __future__ import annotations

import re

from checker.judge.diagnosis import known, outcome
from checker.judge.diagnosis.mistaken import MISTAKES
from checker.judge.diagnosis.sentence import diagnosis
from checker.judge.diagnosis.source import reached
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import Hung


def no_answer(run: Run, subject: str) -> Diagnosis | None:
    """The tests did not come to an end."""
    wrong = outcome.failure(run)
    if wrong is not None and isinstance(run.outcome, Hung):
        sentence = f"Tests of {subject[:1].lower()}{subject[1:]} did not end within {run.outcome.after_s:g} s"
        limited = _TIME_LIMIT.search(_around(run.source, run.outcome, wrong.line))
        return diagnosis(Code.HANG, sentence, wrong.line, _OVER_THE_LIMIT_HINT if limited else _LIMIT_HINT)
    return wrong


def _around(source: str, hung: Hung, line: int | None) -> str:
    """The test that hangs, and what it uses; all tests, if it is not known which one it is."""
    stacks = [[frame.line for frame in stack.frames] for stack in hung.stacks]
    return reached(source, {each for stack in stacks if line in stack for each in stack}) or source


_LIMIT_HINT = (
    "What is tested may hang, and then the test that waits for it hangs too. Put a time limit around every call: "
    "`async with asyncio.timeout(seconds):`, or a thread of its own and `thread.join(seconds)`."
)
_OVER_THE_LIMIT_HINT = (
    "There is a time limit. Either those of several tests are together longer than that; or, when it is over, "
    "something waits for the thread that hangs: `asyncio.run` in the end for those of `asyncio.to_thread`, and the "
    "`with` block of a pool for the pool's. A `Thread` with `daemon=True` is waited for by nobody but its `join`."
)
_TIME_LIMIT = re.compile(  # not ", ".join(...)
    r"""\btimeout(_at)?\(|\bwait_for\(|\btimeout=|\basyncio\.wait\(|(?<!["'])\.join\([^)]"""
)


def turned_down(run: Run, failures: object, subject: str, hint: str | None = None) -> Diagnosis | None:
    """Tests that failed although the subject is right. `failures`: name of a test -> what it said, and its line."""
    if failures == {}:
        return None
    match next(iter(failures.items())) if isinstance(failures, dict) else None:
        case name, [str(said), int() | None as line]:
            fitting = _went_wrong(run, said, line) or hint or _RIGHT_HINT
            return diagnosis(Code.WRONG_RESULT, f"{subject} fails {name}: {said}".rstrip(".: "), line, fitting)
    return diagnosis(Code.WRONG_RESULT, f"{subject} was not tested to the end")


def _went_wrong(run: Run, said: str, line: int | None) -> str | None:
    """A hint for a test that failed before it could judge anything."""
    if _OTHER_ARGUMENTS.search(said):
        return _ONE_ARGUMENT
    told = known.hint(run, said, line)
    if said.split(":")[0] in {*MISTAKES, "UnboundLocalError"}:
        return told or _MISTAKE
    return told or known.unawaited(run)


_MISTAKE = "This is no assertion that failed: the test itself went wrong before. Read the exception and that line."


_OTHER_ARGUMENTS = re.compile(r"TypeError: test_\w+\(\) (missing|takes)")
_ONE_ARGUMENT = "Each test is called with one argument, `make_pool`: let it take that, and nothing else."
_RIGHT_HINT = (
    "A test may ask only for what is promised. Nobody promises how long something takes, what has happened after so "
    "many milliseconds or turns of a loop, or that jobs meet which never wait: wait for an event that must come, with "
    "a time limit that is generous."
)


def unnoticed(run: Run, failures: object, code: Code, subject: str, hint: str) -> Diagnosis | None:
    """The subject has a bug, and every test passed. `code`: the name of that bug."""
    if isinstance(failures, dict) and failures:
        return None
    return diagnosis(code, f"{subject} passes all tests", hint=known.unawaited(run) or hint)
