"""How a diagnosis is put together."""

from __future__ import annotations

from checker.model.answer import Diagnosis
from checker.model.codes import Code

MOST_CHARACTERS = 2400
"""An exception is quoted with at most 2000; anything else that an attempt returns may have megabytes."""


def diagnosis(code: Code, sentence: str, line: int | None = None, hint: str | None = None) -> Diagnosis:
    """A diagnosis with its usual hint, and the line at the end of the sentence where that is known."""
    where = f" (attempt.py:{line})" if line is not None else ""
    if len(sentence) > MOST_CHARACTERS:
        sentence = f"{sentence[: MOST_CHARACTERS - 3]}..."
    return Diagnosis(code=code, sentence=f"{sentence}{where}.", hint=hint or code.hint, line=line)


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 thread", "3 threads"; `plural` where it is not the noun with an s."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or noun + 's'}"


def be(number: int, form: str = "are") -> str:
    """The verb for so many: "1 is", "3 are"; `form` "were": "1 was", "3 were"."""
    return {"are": "is", "were": "was"}[form] if number == 1 else form
