"""The attempt's own mistakes, which are told before anything that follows from them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from checker.judge.diagnosis import known
from checker.judge.diagnosis.outcome import failure
from checker.judge.diagnosis.quoting import quoted
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.judge.diagnosis.values import AnError, items
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import ErrorInfo, NotPlainResult, Raised, Returned, Unusable

MISTAKES = {"TypeError", "AttributeError", "NameError"}
"""Exceptions that no operation raises."""


def mistake(run: Run) -> Diagnosis | None:
    """A mistake that ended the call early or stands in its result; not what its work may raise."""
    if isinstance(run.outcome, Raised):
        kinds = run.outcome.error.bases
        without_work = not run.spans and "CancelledError" not in kinds  # which comes from outside
        return failure(run) if without_work or not MISTAKES.isdisjoint(kinds) else None
    if isinstance(run.outcome, Returned):
        return among(run, items(run.outcome.value))
    return failure(run) if isinstance(run.outcome, Unusable | NotPlainResult) else None


def among(run: Run, results: Sequence[object], expected: Sequence[object] = ()) -> Diagnosis | None:
    """Exceptions in the places of results that do not come from the work: it had no reason to fail there.

    expected: what belongs in these places, perhaps an exception.
    """
    errors = [(got, want) for got, want in zip_longest(results, expected) if isinstance(got, ErrorInfo)]
    strange = [got for got, want in errors if _is_mistake(run, got) and not _is_asked_for(got, want)]
    if not strange:
        return None
    first = strange[0]
    sentence = f"{count(len(strange), 'result is an exception', 'results are exceptions')}: {quoted(first)}"
    failed = any(span.outcome == "failed" for span in run.spans)
    hint = known.hint(run, first.message, first.line) or (_NOT_OF_ALL_WORK if failed else _NOT_OF_WORK)
    return diagnosis(Code.CRASHED, sentence, first.line, hint)


_NOT_OF_ALL_WORK = "This is not how the work fails: look at that line, and at what comes to it after a failure."
_NOT_OF_WORK = "No work failed there: the exception comes of a mistake, and was caught with those that may come."


def _is_mistake(run: Run, got: ErrorInfo) -> bool:
    of_a_library = "RuntimeError" in got.bases and known.hint(run, got.message, got.line) is not None
    return of_a_library or not MISTAKES.isdisjoint(got.bases)


def _is_asked_for(got: ErrorInfo, want: object) -> bool:
    return isinstance(want, AnError) and want.type in got.bases
