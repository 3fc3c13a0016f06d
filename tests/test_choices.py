"""Who does the work, in the words of a check; and a known mistake in the words of an exercise."""

from __future__ import annotations

import pytest

from checker.checks.call import Call, CheckFailed
from checker.checks.words import in_words
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Answer, Verdict
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import Returned


def call(value: object) -> Call:
    """A call that returned this."""
    return Call(Run(function="choice", outcome=Returned(value=value), started_s=0.0, wall_s=1.0))


@pytest.mark.parametrize(
    ("told", "wanted", "code"),
    [
        ("the caller", "threads", Code.SERIAL),
        ("threads", "processes", Code.GIL_BOUND),
        ("processes", "threads", Code.WRONG_TOOL),
        ("interpreters", "processes", Code.PICKLE),
        (["threads"], "threads", Code.WRONG_TOOL),
    ],
)
def test_a_wrong_choice_has_the_name_of_what_follows(told: object, wanted: str, code: Code) -> None:
    """Threads that compute take turns, what an interpreter cannot import cannot be sent."""
    call(wanted).expect_choice(wanted, wanted, "it waits", "Look.")
    with pytest.raises(CheckFailed) as failed:
        call(told).expect_choice(told, wanted, "it waits", "Look.")
    assert failed.value.answer.diagnosis is not None
    assert failed.value.answer.diagnosis.code is code
    assert failed.value.answer.diagnosis.sentence.endswith(": it waits.")


def test_a_fork_beside_a_thread() -> None:
    """However often; also if that was not told."""
    call(None).expect_never_forked(0)
    for times in (2, None, "often"):
        with pytest.raises(CheckFailed) as failed:
            call(None).expect_never_forked(times)
        assert failed.value.answer.diagnosis is not None
        assert failed.value.answer.diagnosis.code is Code.DEADLOCK


def test_a_mistake_in_the_words_of_an_exercise() -> None:
    """The line stays; another mistake keeps its own words."""
    with pytest.raises(CheckFailed) as failed, in_words(Code.SERIAL, "The tests wait", "Do not."):
        raise CheckFailed(Answer(verdict=Verdict.FAILED, diagnosis=diagnosis(Code.SERIAL, "One after the other", 7)))
    assert failed.value.answer.diagnosis == diagnosis(Code.SERIAL, "The tests wait", 7, "Do not.")
    other = diagnosis(Code.ORDER, "Mixed up")
    with pytest.raises(CheckFailed) as failed, in_words(Code.SERIAL, "The tests wait", "Do not."):
        raise CheckFailed(Answer(verdict=Verdict.FAILED, diagnosis=other))
    assert failed.value.answer.diagnosis is other
