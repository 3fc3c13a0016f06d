"""So many operations a second, with a burst: in every window of time, at most burst + rate * window begin. Pure."""

from __future__ import annotations

from checker.judge.diagnosis import known
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.record import Record

TOLERANCE_S = 0.04
"""Between the permission and the world's clock a connection is opened, which does not always take the same time.
Measured on two cores: windows of the reference looked at most 11 ms too short beside 6 busy programs, and 41 ms
beside 25."""


class Window(Record):
    """The window that breaks the limit by most."""

    seconds: float
    begun: int
    early_s: float
    """How much longer it should have been."""


def fullest(starts_s: list[float], per_s: float, burst: int) -> Window | None:
    """The window that is too short by most; None if nothing began. starts_s: in any order."""
    starts_s = sorted(starts_s)
    windows, first = [], 0
    for last in range(len(starts_s)):
        # The beginning that is worst for this end stays worse than all earlier ones for every later end.
        first = max(first, last, key=lambda number: starts_s[number] - number / per_s)
        seconds, begun = starts_s[last] - starts_s[first], last - first + 1
        windows.append(Window(seconds=seconds, begun=begun, early_s=(begun - burst) / per_s - seconds))
    return max(windows, key=lambda window: window.early_s, default=None)


def too_many(run: Run, name: str, per_s: float, burst: int, hint: str | None = None) -> tuple[Diagnosis, float] | None:
    """The mistake, and for how long a right attempt must have been held up to look like that.

    A call that is held up after its permission makes the window that begins with it look shorter.
    """
    window = fullest([span.start_s for span in run.named(name)], per_s, burst)
    if window is None or window.early_s <= TOLERANCE_S:
        return None
    allowed = int(burst + per_s * window.seconds)
    sentence = (
        f"{count(window.begun, 'call')} of {name} began within {window.seconds * 1000:.0f} ms, where {burst} at once "
        f"and {per_s:g} a second allow {allowed}"
    )
    return diagnosis(Code.OVER_LIMIT, sentence, hint=known.unawaited(run) or hint), window.early_s - TOLERANCE_S
