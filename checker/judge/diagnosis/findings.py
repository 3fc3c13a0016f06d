"""What an attempt found out, compared with what there was to find; and what it cost to look. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from checker.judge.between import Between
from checker.judge.cores import kept_busy
from checker.judge.diagnosis import nearly
from checker.judge.diagnosis.sentence import diagnosis
from checker.judge.diagnosis.values import shown
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run

LENGTHENED = 2.05
"""A busy host of a virtual machine multiplies the CPU time of the same work by at most this (measured)."""


def missing(told: object, wanted: Sequence[object], who: str, hint: str | None = None) -> Diagnosis | None:
    """Something that was to be found was not reported. who: the function that reports, such as `culprits()`."""
    found = _listed(told)
    name = next((name for name in wanted if name not in found), None)
    if name is None and not isinstance(told, list):
        sentence = f"{who} told {shown(told)}, where an empty list is right"
        return diagnosis(Code.WRONG_RESULT, sentence, hint=nearly.other_kind(told, []))
    if name is None:
        return None
    other = next((each for each in found if _in_other_brackets(each, name)), None)
    if other is not None:
        sentence = f"{who} told {shown(other)}, where {shown(name)} is right"
        return diagnosis(Code.WRONG_RESULT, sentence, hint=nearly.ONLY_BRACKETS)
    alike = [each for each in found if _kind(each) is not None and _kind(each) == _kind(name)]
    return diagnosis(Code.LOST, f"{who} told {shown(alike or told)}, and nothing of {shown(name)}", hint=hint)


def _in_other_brackets(one: object, other: object) -> bool:
    return isinstance(one, list | tuple) and isinstance(other, list | tuple) and list(one) == list(other)


def _kind(name: object) -> object:
    """The kind, of what is reported as (kind, name); None of anything else."""
    return name[0] if isinstance(name, tuple) and name else None


def surplus(told: object, wanted: Sequence[object], who: str, hint: str | None = None) -> Diagnosis | None:
    """Something was reported that is not so."""
    name = next((name for name in _listed(told) if name not in wanted), None)
    if name is None:
        return None
    return diagnosis(Code.WRONG_RESULT, f"{who} also told {shown(name)}, which is wrong", hint=hint)


def twice(told: object, wanted: Sequence[object], who: str) -> Diagnosis | None:
    """Something that was to be found was reported more often than it is there."""
    found = _listed(told)
    name = next((name for name in wanted if found.count(name) > wanted.count(name)), None)
    if name is None:
        return None
    return diagnosis(Code.DUPLICATE, f"{who} told {shown(name)} more than once", hint=_ONCE_HINT)


_ONCE_HINT = "Tell each thing once: look whether it is in the list before you add it."


def _listed(told: object) -> list[object]:
    return told if isinstance(told, list) else []


def number(told: object, at_least: float, at_most: float, who: str, hint: str | None = None) -> Diagnosis | None:
    """A number that is not within the bounds that the grader knows."""
    if isinstance(told, int | float) and type(told) is not bool and at_least <= told <= at_most:
        return None
    sentence = f"{who} told {shown(told)}, and between {at_least:g} and {at_most:.3g} is right"
    return diagnosis(Code.WRONG_RESULT, sentence, hint=hint)


def left_over(number: object, code: Code, sentence: str, hint: str | None = None) -> Diagnosis | None:
    """There are some, where none should be."""
    return None if number == 0 else diagnosis(code, sentence, hint=hint)


def effort(run: Run) -> Between:
    """The share of a core that the call used while it lasted; a busy host may have increased it."""
    share = kept_busy(run)
    return Between(share / LENGTHENED if run.cpu.accounted else 0.0, share)


def too_much_effort(run: Run, at_most: float, hint: str) -> Diagnosis:
    """It used more of a core than it may."""
    sentence = f"{run.function} used {kept_busy(run):.0%} of a core, and {at_most:.0%} is allowed"
    return diagnosis(Code.BUSY_WAIT, sentence, hint=hint)
