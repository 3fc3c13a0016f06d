"""What the clients of an attempt's server got, compared with what they must get."""

from __future__ import annotations

from collections.abc import Sequence

from checker.judge.diagnosis.sentence import diagnosis
from checker.judge.diagnosis.values import same, shown
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Reply, Run

FAILURE = 400
"""From this status on, HTTP says that it did not work."""


def wrong(
    replies: Sequence[Reply], expected: Sequence[tuple[int | None, object]], hint: str | None = None
) -> Diagnosis | None:
    """The first client that got something else than the (status, answer) that is right; an answer of None is any."""
    for reply, (status, answer) in zip(replies, expected, strict=True):
        if reply.trouble:
            return diagnosis(Code.LOST, f"{reply.what} got no answer: {reply.trouble}", hint=_NO_ANSWER)
        if reply.status != status:
            return _other_status(reply, status, hint)
        if answer is not None and not same(reply.answer, answer):
            sentence = f"{reply.what} got {shown(reply.answer)}, where {shown(answer)} is right"
            return diagnosis(Code.WRONG_RESULT, sentence)
    return None


_NO_ANSWER = "Every request needs an answer. Look at what the handler waits for, and at what the server printed."


def _other_status(reply: Reply, status: int | None, hint: str | None) -> Diagnosis:
    sentence = f"{reply.what} was answered with {reply.status}, where {status} is right"
    if reply.status is not None and status is not None and reply.status < FAILURE <= status:
        return diagnosis(Code.SWALLOWED, f"{sentence}: the client is told that all went well", hint=_SAY_SO)
    return diagnosis(Code.WRONG_RESULT, sentence, hint=hint)


_SAY_SO = "Half an answer is worse than none, because nobody can tell. If a part is missing, answer with a failure."


def not_given_up(run: Run, names: Sequence[str], why: str, hint: str | None = None) -> Diagnosis | None:
    """Operations of these names that were gone on with to their end, although nobody needed them any longer.

    `why` says why not, and completes "..., and still weather was waited for".
    """
    asked = [span for span in run.spans if span.name in names]
    if not asked:
        sentence = f"No {' or '.join(names)} was asked for: there was nothing to give up"
        return diagnosis(Code.WORK_SKIPPED, sentence, hint=_ASK_FIRST)
    went_on = next((span for span in asked if span.outcome in ("answered", "failed")), None)
    if went_on is None:
        return None
    return diagnosis(Code.NO_CANCEL, f"{why}, and still {went_on.name} was waited for, to its end", went_on.line, hint)


_ASK_FIRST = "Compare with sync.py: which questions does it ask, and in which order?"
