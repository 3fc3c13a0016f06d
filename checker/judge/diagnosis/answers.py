"""What the clients of an attempt's server got, compared with what they must get."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from checker.judge.diagnosis import known, nearly
from checker.judge.diagnosis.sentence import diagnosis
from checker.judge.diagnosis.source import nodes
from checker.judge.diagnosis.values import same
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import ANSWERS, Reply, Run

OWN_FAULT = 500
NOT_FOUND = 404
MOST_TEXT = 200
FAILURE = 400
"""HTTP statuses from here on say that it did not work."""


def wrong(
    run: Run, replies: Sequence[Reply], expected: Sequence[tuple[int | None, object]], hint: str | None = None
) -> Diagnosis | None:
    """The first client that did not get the right (status, answer); an expected answer of None stands for any.

    hint: for a server that does not answer with a failure where one is right.
    """
    for reply, (status, answer) in zip(replies, expected, strict=True):
        if reply.trouble:
            return diagnosis(Code.LOST, f"{reply.what} got no answer: {reply.trouble}", hint=_NO_ANSWER)
        if reply.status != status:
            return _other_status(run, reply, status, hint)
        if answer is not None and not same(reply.answer, answer):
            got, wanted, told = nearly.told_apart(reply.answer, answer)
            return diagnosis(Code.WRONG_RESULT, f"{reply.what} got {got}, where {wanted} is right", hint=told)
    return None


_NO_ANSWER = "Every request needs an answer. Look at what the handler waits for, and at what the server printed."


def _other_status(run: Run, reply: Reply, status: int | None, hint: str | None) -> Diagnosis:
    sentence = f"{reply.what} was answered with {reply.status}, where {status} is right"
    if reply.status == OWN_FAULT:
        return _let_out(run, sentence, hint if status is not None and status >= FAILURE else _LET_OUT)
    if reply.status is not None and status is not None and reply.status < FAILURE <= status:
        return diagnosis(Code.SWALLOWED, f"{sentence}: the client is told that all went well", hint=_SAY_SO)
    if reply.status == NOT_FOUND and status is not None and status < FAILURE:
        own = _ANSWERS_IT.search(run.source) and _has_route(run.source, reply.what.split(" ")[-1])
        return diagnosis(Code.WRONG_RESULT, sentence, hint=_HANDLERS_OWN if own else _NO_ROUTE)
    return diagnosis(Code.WRONG_RESULT, sentence, hint=hint)


def _has_route(source: str, path: str) -> bool:
    """Whether the source has a route, such as "/city/{name}", that matches this path."""
    parts = path.split("/")
    texts = (node.value for node in nodes(source) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    routes = (text.split("/") for text in texts if text.startswith("/"))
    return any(
        len(route) == len(parts) and all("{" in own or own == asked for own, asked in zip(route, parts, strict=True))
        for route in routes
    )


_ANSWERS_IT = re.compile(r"\bHTTPNotFound\b|\b404\b|\bstatus\b")
_HANDLERS_OWN = (
    "There is a route for this path, so the handler itself has answered 404: what did it take for unknown? "
    "Compare the addresses that it asks with those in sync.py."
)
_NO_ROUTE = "An app answers 404 by itself where no route leads. Is there one for this path: `app.router.add_get(...)`?"


def _let_out(run: Run, sentence: str, hint: str | None) -> Diagnosis:
    """A handler let an exception out, which the server answered by itself: the output says what it was."""
    exception = _EXCEPTION.search(run.output)
    if exception is None:
        return diagnosis(Code.WRONG_RESULT, sentence, hint=hint)
    frames = _FRAME.findall(run.output[: exception.start()])
    line = next((int(line) for path, line in reversed(frames) if not _LIBRARY.search(path)), None)
    told = known.hint(run, exception[1], line) or hint
    return diagnosis(Code.WRONG_RESULT, f"{sentence}: {exception[1][:MOST_TEXT]}", line, told)


_EXCEPTION = re.compile(
    r"^(?:  \| )?((?:\w+\.)*(?:\w+(?:Error|Exception)|\w*ExceptionGroup)\b.*)$"
    r"(?!(?:\n.+)*\n\n(?:The above exception was|During handling of the above))",
    re.MULTILINE,
)
"""An exception in the last line of its traceback, unless it led to another one that follows."""
_FRAME = re.compile(r'File "(.+)", line (\d+), in ')
_LIBRARY = re.compile(r"site-packages|/lib/python3|scenario\.py$|\.pyx$|^<")
_LET_OUT = (
    "An exception that a handler lets out is answered with 500. Your output shows it, with the lines it came from."
)
_SAY_SO = "Half an answer is worse than none, because nobody can tell. If a part is missing, answer with a failure."


def not_given_up(run: Run, names: Sequence[str], why: str, hint: str | None = None) -> Diagnosis | None:
    """Operations of these names that went on to their end, although they were no longer needed.

    `why` says why they were not, and goes before ", and still weather was waited for".
    """
    asked = [span for span in run.spans if span.name in names]
    if not asked:
        sentence = f"No {' or '.join(names)} was asked for: there was nothing to give up"
        return diagnosis(Code.WORK_SKIPPED, sentence, hint=_ASK_FIRST)
    went_on = next((span for span in asked if span.outcome in ANSWERS), None)
    if went_on is None:
        return None
    return diagnosis(Code.NO_CANCEL, f"{why}, and still {went_on.name} was waited for, to its end", went_on.line, hint)


_ASK_FIRST = "Compare with sync.py: which questions does it ask, and in which order?"
