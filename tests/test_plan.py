"""Plans: critical path, levels, and who began too early."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judge import plan
from checker.judge.overlap import peak
from checker.model.evidence import Span
from tests.evidence import span

Needs = dict[str, list[str]]
Latencies = dict[str, float]

TEA: Needs = {"pour": ["boil", "warm"], "boil": ["fill"], "warm": [], "fill": []}
TEA_S: Latencies = {"fill": 0.02, "boil": 0.10, "warm": 0.05, "pour": 0.03}


@st.composite
def plans(draw: st.DrawFn) -> tuple[Needs, Latencies]:
    """A plan without a circle, its steps in any order, and how long each step takes (whole seconds: sums are exact)."""
    names = [f"step {number}" for number in range(draw(st.integers(0, 7)))]
    needs = {
        name: draw(st.lists(st.sampled_from(names[:at]), unique=True, max_size=3)) if at else []
        for at, name in enumerate(names)
    }
    order = draw(st.permutations(names))
    return {name: needs[name] for name in order}, {name: float(draw(st.integers(0, 9))) for name in names}


def chains(needs: Needs, last: str) -> Iterator[list[str]]:
    """Every chain of steps that ends with this one, each step needed by the next."""
    yield [last]
    for need in needs[last]:
        for chain in chains(needs, need):
            yield [*chain, last]


def carried_out(needs: Needs, latencies_s: Latencies) -> dict[str, Span]:
    """The operations of a plan whose steps begin as soon as they can."""
    done: dict[str, Span] = {}
    ends_s: Latencies = {}

    def do(name: str) -> float:
        if name not in done:
            start_s = max((do(need) for need in needs[name]), default=0.0)
            ends_s[name] = start_s + latencies_s[name]
            done[name] = span(start_s, ends_s[name], latencies_s[name], name="do", key=name)
        return ends_s[name]

    for name in needs:
        do(name)
    return done


def test_a_known_plan() -> None:
    """Fill, boil, pour is the longest chain; level by level, filling waits for warming too."""
    assert plan.critical_path_s(TEA, TEA_S) == pytest.approx(0.15)
    assert plan.levels_s(TEA, TEA_S) == pytest.approx(0.05 + 0.10 + 0.03)
    bounds = plan.bounds(TEA, TEA_S)
    assert (bounds.serial_s, bounds.wrong_s, bounds.least_s) == pytest.approx((0.20, 0.18, 0.15))
    assert bounds.wrong_width == 0


def test_an_empty_plan_takes_no_time() -> None:
    """Without steps there is nothing to wait for."""
    assert plan.critical_path_s({}, {}) == plan.levels_s({}, {}) == 0.0
    assert plan.before_needed([], {}) is None


@pytest.mark.parametrize("needs", [{"a": ["a"]}, {"a": ["b"], "b": ["c"], "c": ["a"], "d": []}])
def test_a_circle_is_refused(needs: Needs) -> None:
    """Steps that need each other have no critical path, and no levels."""
    for length_s in (plan.critical_path_s, plan.levels_s, plan.bounds):
        with pytest.raises(CycleError):
            length_s(needs, dict.fromkeys(needs, 0.05))


@given(plans())
def test_the_critical_path_is_the_longest_of_all_chains(made: tuple[Needs, Latencies]) -> None:
    """Nothing but the longest chain decides: all chains, one by one, say the same."""
    needs, latencies_s = made
    lengths_s = [sum(latencies_s[step] for step in chain) for last in needs for chain in chains(needs, last)]
    assert plan.critical_path_s(needs, latencies_s) == max(lengths_s, default=0.0)


@given(plans())
def test_level_by_level_lies_between_the_critical_path_and_one_by_one(made: tuple[Needs, Latencies]) -> None:
    """Barriers never win time against the critical path, and never lose any against one after the other."""
    bounds = plan.bounds(*made)
    assert bounds.least_s <= bounds.wrong_s <= bounds.serial_s == sum(made[1].values())


@given(plans())
def test_as_soon_as_possible_takes_the_critical_path(made: tuple[Needs, Latencies]) -> None:
    """Steps that begin as soon as they can are not too early, and end when the critical path does."""
    needs, latencies_s = made
    spans = carried_out(needs, latencies_s).values()
    assert plan.before_needed(spans, needs) is None
    assert (peak(spans) > 0) == any(latencies_s.values())
    if spans:
        lasted_s = max(span.end_s or 0.0 for span in spans) - min(span.start_s for span in spans)
        assert lasted_s == plan.critical_path_s(needs, latencies_s)


@given(plans(), st.data())
def test_the_first_step_that_is_too_early_is_found(made: tuple[Needs, Latencies], data: st.DataObject) -> None:
    """Whatever the steps' times: it is the first, by its beginning, of those that did not wait for all their needs."""
    needs, latencies_s = made
    begins_s = data.draw(st.permutations(range(len(needs))))
    spans = {
        name: span(float(start_s), start_s + latencies_s[name], latencies_s[name], name="do", key=name)
        for name, start_s in zip(needs, begins_s, strict=True)
    }
    ended_s = {name: span.end_s or 0.0 for name, span in spans.items()}
    early = {name for name in needs for need in needs[name] if ended_s[need] > spans[name].start_s}
    found = plan.before_needed(data.draw(st.permutations(list(spans.values()))), needs)
    if not early:
        assert found is None
        return
    assert found is not None
    wrong, need = found
    assert wrong is min((spans[name] for name in early), key=lambda span: span.start_s)
    assert need in needs[wrong.key]
    assert ended_s[need] > wrong.start_s


@pytest.mark.parametrize("end_s", [None, 0.05])
def test_what_was_not_answered_is_not_done(end_s: float | None) -> None:
    """A step that failed, was dropped or never ended does not meet a need, however long ago it was."""
    for outcome in ("failed", "dropped", "open"):
        fill = span(0, end_s, name="do", key="fill", outcome=outcome)
        boil = span(1, 2, name="do", key="boil")
        assert plan.before_needed([fill, boil], TEA) == (boil, "fill")


def test_what_was_never_begun_is_not_done() -> None:
    """A need that nobody asked for is not met."""
    boil = span(0, 1, name="do", key="boil")
    assert plan.before_needed([boil], TEA) == (boil, "fill")


def test_touching_steps_are_in_order() -> None:
    """A step may begin at the moment at which what it needs ends, and not before it."""
    fill = span(0, 0.02, name="do", key="fill")
    assert plan.before_needed([fill, span(0.02, 0.1, key="boil")], TEA) is None
    early = span(0.01, 0.1, key="boil")
    assert plan.before_needed([fill, early], TEA) == (early, "fill")


def test_of_two_attempts_the_first_to_succeed_counts() -> None:
    """A step that is done twice is done when it is done for the first time."""
    fills = [span(0, 0.02, key="fill"), span(0, 0.9, key="fill"), span(0, 0.01, key="fill", outcome="failed")]
    assert plan.before_needed([*fills, span(0.02, 0.1, key="boil")], TEA) is None


def test_operations_outside_the_plan_need_nothing() -> None:
    """What the plan does not know may happen at any time."""
    assert plan.before_needed([span(0, 1), span(0, 1, key="sing")], TEA) is None


def test_only_the_wrong_one_is_marked() -> None:
    """The remark goes to that very operation, and not to another one that is equal to it."""
    wrong, same = span(0, 1, key="boil"), span(0, 1, key="boil")
    marks = [shown.mark for shown in plan.marked([same, wrong, span(1, 2)], wrong, "needs fill")]
    assert marks == ["", "needs fill", ""]
