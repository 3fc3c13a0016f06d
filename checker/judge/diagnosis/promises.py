"""Work that was accepted and not finished. Pure."""

from __future__ import annotations

from collections.abc import Collection

from checker.judge.diagnosis.sentence import count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import ANSWERS, Run
from checker.model.outcome import Died, Raised, Returned

MOST_NAMED = 3
"""Keys. Of a long list, the first ones are enough."""


def broken(run: Run, promised: str, kept: str, spared: Collection[str] = ()) -> Diagnosis | None:
    """Keys of an operation `promised` for which no operation `kept` came to its end before the return.

    spared: keys that need not be kept. A run whose process ended is judged, too; one that raised or hung is not.
    """
    ended = _ended(run)
    if not ended and not isinstance(run.outcome, Returned):
        return None
    keys = [span.key for span in run.named(promised)]
    over = [span for span in run.named(kept) if span.outcome in ANSWERS]
    done = {span.key for span in over if (span.end_s or 0.0) <= run.end_s}
    missing = [key for key in keys if key not in done and key not in spared]
    if not missing:
        return None
    named = ", ".join(map(repr, missing[:MOST_NAMED])) + (", ..." if len(missing) > MOST_NAMED else "")
    were = f"{count(len(missing), 'job')} of {len(keys)} {promised}, but not done: {named}"
    if ended:
        return diagnosis(Code.LOST, f"The whole program ended at once, with {were}", hint=_SIGNAL)
    begun = {span.key for span in run.named(kept)}
    hint = _CUT_OFF if any(key in begun for key in missing) else _NEVER_BEGUN
    return diagnosis(Code.LOST, were, hint=hint)


def _ended(run: Run) -> bool:
    """Whether the process ended, not only the call: by a signal, by os._exit, or by SystemExit or KeyboardInterrupt."""
    outcome = run.outcome
    if isinstance(outcome, Raised):
        return outcome.error.type in ("SystemExit", "KeyboardInterrupt")
    return isinstance(outcome, Died)


_SIGNAL = (
    "Where nobody handles it, SIGTERM ends a program on the spot, and so do sys.exit() and loop.stop() in a handler. "
    "With `loop.add_signal_handler(signal.SIGTERM, ...)` the event loop calls a function of yours: let that set an "
    "event."
)
_CUT_OFF = "They had begun, and nobody waited for them as long as there was time: wait first, cancel later."
_NEVER_BEGUN = "They were accepted and never begun. Who accepts a job must see to it that somebody does it."
