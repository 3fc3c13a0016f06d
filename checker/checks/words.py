"""A known mistake in the words of an exercise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from checker.checks.call import CheckFailed
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.codes import Code


@contextmanager
def in_words(code: Code, sentence: str, hint: str) -> Iterator[None]:
    """A failure inside with this code is told by this sentence (with its line, where it is known) and this hint."""
    try:
        yield
    except CheckFailed as failed:
        known = failed.answer.diagnosis
        if known is None or known.code is not code:
            raise
        told = diagnosis(code, sentence, known.line, hint)
        raise CheckFailed(msgspec.structs.replace(failed.answer, diagnosis=told)) from None


def of_each_call(function: str) -> str:
    """The hint for an attempt that keeps something from one call of this function to the next."""
    return (
        "What is made at the top of the file or of a class, or as the default of an argument, is kept from one call to "
        f"the next, and so is what `lru_cache` remembers. Make it inside `{function}`."
    )
