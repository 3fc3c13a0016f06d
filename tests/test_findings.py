"""What an attempt has found out, beside what there was; and what it cost."""

from __future__ import annotations

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import findings
from checker.model.answer import Verdict
from checker.model.codes import Code
from checker.model.evidence import CpuUse, ProcessUse, Run
from checker.model.outcome import Returned


def run(cpu_s: float = 0.0, wait_s: float = 0.0, outside_s: float = 0.0) -> Run:
    """A run of one second."""
    process = ProcessUse(
        name="attempt.py", started_s=0.0, ended_s=1.0, cpu_s=cpu_s, wait_s=wait_s, threads=1, busy_threads=1, slices=()
    )
    return Run(
        function="rest", outcome=Returned(value=None), started_s=0.0, wall_s=1.0,
        cpu=CpuUse(processes=(process,)), outside_s=outside_s,
    )  # fmt: skip


def test_names_are_told_whole_once_and_truly() -> None:
    """In any order; what is missing, told twice or not so has a sentence of its own."""
    Call(run()).expect_names(["b", "a"], ["a", "b"], "culprits()")
    for told, code in ((["a"], Code.LOST), (["a", "b", "a"], Code.DUPLICATE), (["a", "b", "c"], Code.WRONG_RESULT)):
        with pytest.raises(CheckFailed) as failed:
            Call(run()).expect_names(told, ["a", "b"], "culprits()")
        assert failed.value.answer.diagnosis is not None
        assert failed.value.answer.diagnosis.code is code
    assert findings.missing(None, ["a"], "culprits()") is not None


@pytest.mark.parametrize("told", [None, 0, "", (), {"a": 1}])
def test_where_nothing_is_to_be_found_a_list_says_so(told: object) -> None:
    """And nothing else does, as where there is something."""
    Call(run()).expect_names([], [], "culprits()")
    with pytest.raises(CheckFailed, match=r"WRONG_RESULT: culprits\(\) told .*, where an empty list is right"):
        Call(run()).expect_names(told, [], "culprits()")


def test_names_in_other_brackets_are_there() -> None:
    """Nothing of them is missing."""
    for told in ([["blocks", "x:6"]], [["never awaited", "y"], ["blocks", "x:6"]]):
        found = findings.missing(told, [("blocks", "x:6")], "culprits()", "Somebody else is to blame.")
        assert found is not None
        assert (found.code, found.sentence) == (
            Code.WRONG_RESULT, "culprits() told ['blocks', 'x:6'], where ('blocks', 'x:6') is right."
        )  # fmt: skip
        assert "only the brackets" in found.hint


def test_who_was_held_up_may_have_seen_too_much_but_not_too_little() -> None:
    """A surplus may be the machine's fault, what is missing is not."""
    held_up = run(wait_s=0.2, outside_s=0.5)
    with pytest.raises(CheckFailed) as failed:
        Call(held_up).expect_names(["a", "b"], ["a"], "culprits()", noise_s=0.03)
    assert failed.value.answer.verdict is Verdict.INCONCLUSIVE
    with pytest.raises(CheckFailed) as failed:
        Call(held_up).expect_names(["b"], ["a"], "culprits()", noise_s=0.03)
    assert failed.value.answer.verdict is Verdict.FAILED


def test_a_number_lies_in_its_range() -> None:
    """And is a number."""
    assert findings.number(1.0, 0.9, 1.1, "lag()") is None
    for told in (0.8, 1000.0, True, None, "1.0"):
        assert findings.number(told, 0.9, 1.1, "lag()") is not None


@pytest.mark.parametrize(
    ("cpu_s", "verdict"), [(0.02, Verdict.PASSED), (0.08, Verdict.INCONCLUSIVE), (0.2, Verdict.FAILED)]
)
def test_effort(cpu_s: float, verdict: Verdict) -> None:
    """A busy host doubles CPU time at most: between once and twice what is allowed nobody can tell."""
    try:
        Call(run(cpu_s)).expect_effort(0.05, "Sleep.")
        got = Verdict.PASSED
    except CheckFailed as failed:
        got = failed.answer.verdict
    assert got is verdict
