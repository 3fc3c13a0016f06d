"""Sockets, and tasks that wait for them: what kept what waiting, and what was not closed. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from math import inf

import msgspec

from checker.judge.diagnosis import lines, result, waits
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.judge.diagnosis.source import last_name, line_text, nodes
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Reply, Run
from checker.model.outcome import Raised


def kept_waiting(silent: Reply, quick: Reply) -> Diagnosis | None:
    """A client that says nothing for a while kept the others waiting: one was served after the other."""
    if quick.trouble:
        return diagnosis(
            Code.SERIAL, f"{silent.what[0].upper()}{silent.what[1:]} {quick.trouble}", hint=_TASK_PER_CLIENT
        )
    if quick.ended_s < silent.ended_s:
        return None
    sentence = f"As long as one client said nothing, {quick.what} was not served"
    return diagnosis(Code.SERIAL, sentence, hint=_TASK_PER_CLIENT)


_TASK_PER_CLIENT = (
    "No task may wait inside a call of its socket: `accept` too waits until somebody comes. Let the loop watch the "
    "listener like any other socket."
)


def would_block(run: Run) -> Diagnosis | None:
    """A non-blocking socket was asked for more than it could do at once."""
    if not isinstance(run.outcome, Raised) or run.outcome.error.type != "BlockingIOError":
        return None
    line = run.outcome.error.line
    text = line_text(run.source, line)
    if "recv(" in text or "accept(" in text:
        return None  # nothing is lost, but nothing had come
    sentence = f"{run.function} raised BlockingIOError: a socket could not do all of it at once, and the rest is lost"
    return diagnosis(Code.LOST, sentence, line, SEND_IN_PARTS)


def misplaced(run: Run, expected: list[object], hint: str) -> Diagnosis | None:
    """What result.mismatch finds, with a hint of its own where all is there but in another order."""
    wrong = result.mismatch(run, expected)
    return msgspec.structs.replace(wrong, hint=hint) if wrong is not None and wrong.code is Code.ORDER else wrong


def held_up(run: Run, quick: str, slow: str, why: str, hint: str) -> Diagnosis | None:
    """A quick operation had to wait for a slow one, although it does not need it: `why`, as a sentence.

    One that never began counts as over when the run was.
    """
    quick_s, slow_s = (
        max(((span.end_s or run.end_s) for span in waits.called(run, name)), default=run.end_s)
        for name in (quick, slow)
    )
    if quick_s < slow_s:
        return None
    return diagnosis(Code.SERIAL, why, lines.waiting(run), hint)


def hidden(run: Run, quick: str, slow: str) -> bool:
    """Whether the quick one began only when the slow one should have been over: then nothing shows why it waited."""
    due_s = min((span.start_s + span.latency_s for span in waits.called(run, slow)), default=inf)
    return any(span.start_s >= due_s for span in waits.called(run, quick))


SEND_IN_PARTS = (
    "`send` on a non-blocking socket takes what fits into the kernel's buffer, and says how much that was. Wait until "
    "the socket is writable, send, keep the rest, and let the others have their turn in between."
)


def not_received(received: bytes | None, expected: bytes) -> Diagnosis | None:
    """What was sent did not arrive, or not as it was sent."""
    if received == expected:
        return None
    got, size = len(received or b""), len(expected)
    if got < size:
        return diagnosis(Code.LOST, f"{size} bytes were to be sent, and {got} of them arrived", hint=SEND_IN_PARTS)
    return diagnosis(Code.WRONG_RESULT, f"{size} bytes were to be sent, and others arrived", hint=SEND_IN_PARTS)


def left_open(run: Run) -> Diagnosis | None:
    """Connections that the other side still sees when the call is over."""
    if not run.left.connections:
        return None
    still_open = count(run.left.connections, "connection")
    return diagnosis(Code.LEAK_SESSION, f"{run.function} was over, and {still_open} stayed open", hint=_CLOSE_TASKS)


_CLOSE_TASKS = (
    "When the main task is done, others may still wait. Close them (`task.close()`): a GeneratorExit comes up where "
    "they stand, and their `with` and `finally` blocks close their sockets."
)


def imported(run: Run, module: str) -> Diagnosis | None:
    """The module is imported somewhere in the text of the attempt, by a statement or by its name as text."""
    line = next((line for name, line in _names(run.source) if name.split(".")[0] == module), None)
    if line is None:
        return None
    sentence = f"attempt.py imports {module}, and this exercise is about building what is in there"
    return diagnosis(Code.WRONG_TOOL, sentence, line, f"Look at how {module} does it, and then do it yourself.")


def _names(source: str) -> Iterator[tuple[str, int]]:
    """Names of modules, and text that may be one: `sys.modules["x"]` and `__import__("x")` find modules, too."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno
        elif isinstance(node, ast.Subscript) or (isinstance(node, ast.Call) and not _only_tells(node)):
            arguments = node.args if isinstance(node, ast.Call) else [node.slice]
            texts = [each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from ((text, node.lineno) for text in texts if _MODULE.fullmatch(text))


_MODULE = re.compile(r"\w+(\.\w+)*")
_TELLING = ("print", "getLogger")


def _only_tells(call: ast.Call) -> bool:
    """Whether its text is for people: a message, or the name of a log."""
    name = last_name(call.func)
    return name in _TELLING or name.endswith(("Error", "Exception", "Warning"))
