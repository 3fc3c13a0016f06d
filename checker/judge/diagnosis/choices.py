"""An attempt that decides who does the work: the caller, threads, processes or interpreters. Pure."""

from __future__ import annotations

from checker.judge.diagnosis.sentence import count, diagnosis
from checker.judge.diagnosis.values import shown
from checker.model.answer import Diagnosis
from checker.model.codes import Code

CALLER, THREADS, PROCESSES, INTERPRETERS = "the caller", "threads", "processes", "interpreters"

_MISTAKES = {
    (THREADS, PROCESSES): Code.GIL_BOUND,
    (THREADS, INTERPRETERS): Code.GIL_BOUND,
    (INTERPRETERS, PROCESSES): Code.PICKLE,
}
"""(What was chosen, what is right) -> the mistake; WRONG_TOOL for all other pairs."""


def chosen(told: object, wanted: str, case: str, hint: str) -> Diagnosis | None:
    """The attempt chose something else than `wanted` to do the work; `case` ends the sentence."""
    if told == wanted:
        return None
    if told == CALLER:
        return diagnosis(Code.SERIAL, f"The thread that asks for the work has to do it itself: {case}", hint=_CALLER)
    code = _MISTAKES.get((str(told), wanted), Code.WRONG_TOOL)
    return diagnosis(code, f"It chose {told if isinstance(told, str) else shown(told)}: {case}", hint=hint)


_CALLER = "An executor of the standard library has workers of its own: which are right here?"


def forked(times: object) -> Diagnosis | None:
    """The process was copied while threads of it were alive."""
    if times == 0:
        return None
    copies = count(times, "time") if isinstance(times, int) else shown(times)
    sentence = f"The process was forked {copies} while another thread of it was alive"
    return diagnosis(Code.DEADLOCK, sentence, hint=_FORK_HINT)


_FORK_HINT = (
    "A fork copies the memory, and of all threads only the one that forks: a lock that another one held stays locked "
    "in the copy for ever. Start processes afresh: `mp_context=multiprocessing.get_context('spawn')` (or 'forkserver')."
)
