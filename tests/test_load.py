"""Load tests: what the server saw of one, and what is said of its figures."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge.diagnosis import load
from checker.model.answer import Verdict
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.world.script import Stall, Turn
from checker.world.world import World
from tests import evidence

RATE = 100.0
TRUE = {"rps": 100.0, "p50_ms": 50.0, "p99_ms": 50.0}


def requests(number: int, every_s: float = 1 / RATE, latency_s: float = 0.05, first_s: float = 0.0) -> Run:
    """A run whose requests came in these intervals, and took so long."""
    spans = [
        evidence.span(first_s + n * every_s, first_s + n * every_s + latency_s, latency_s, name="page")
        for n in range(number)
    ]
    return evidence.run(spans=tuple(spans))


def test_a_rate_that_is_held() -> None:
    """Requests at their moments, or a little later all together, are right."""
    for first_s in (0.0, 0.03):
        run = requests(20, first_s=first_s)
        assert load.ahead(run, "page", RATE) is None
        assert load.behind(run, "page", RATE) is None


def test_the_number_of_requests() -> None:
    """Each is sent once, and none is left out, whatever became of it."""
    run = requests(20)
    for times, found in ((20, []), (19, [Code.DUPLICATE]), (21, [Code.WORK_SKIPPED])):
        wrong = [load.too_many(run, "page", times), load.too_few(run, "page", times)]
        assert [each.code for each in wrong if each is not None] == found


def test_who_waits_together_for_what_takes_long() -> None:
    """Short ones do not count."""
    short, long = evidence.in_rounds(20, 10), evidence.in_rounds(4, 2, latency_s=0.3)
    assert load.long_ones_together(evidence.run(spans=short + long), 0.2, 2) is None
    narrow = load.long_ones_together(evidence.run(spans=short + long), 0.2, 3)
    serial = load.long_ones_together(evidence.run(spans=short), 0.2, 3)
    assert (narrow and narrow.code, serial and serial.code) == (Code.UNDER_USED, Code.SERIAL)


@pytest.mark.parametrize(("late_s", "verdict"), [(0.05, Verdict.FAILED), (0.1, Verdict.INCONCLUSIVE)])
def test_who_was_held_up_in_a_stall_may_have_come_too_late_for_it(late_s: float, verdict: Verdict) -> None:
    """The server stood still for 350 ms, so for 150 ms what came took 200 ms; who loses half of them may be right."""
    spans = evidence.span(0.0, 0.35, 0.35), *(evidence.span(0.16, 0.35, 0.19) for _ in range(3))
    with pytest.raises(CheckFailed) as failed:
        Call(evidence.run(spans=spans, late_s=late_s)).expect_long_ones_together(0.2, at_least=3)
    assert failed.value.answer.verdict is verdict


def test_a_request_that_comes_before_its_moment() -> None:
    """Nothing explains that."""
    found = load.ahead(requests(20, every_s=0.005), "page", RATE)
    assert found is not None
    assert found.code is Code.TOO_FAST


def test_a_rate_that_is_not_reached() -> None:
    """More than a fifth too slow is late, unless the machine may be the reason."""
    run = requests(20, every_s=0.013)
    found = load.behind(run, "page", RATE)
    assert found is not None
    assert (found.code, found.sentence[:3]) == (Code.LATE, "77 ")
    assert load.behind(run, "page", RATE, excused_s=0.1) is None


def test_latencies_count_from_the_moment_when_a_request_was_due() -> None:
    """Requests that came late have waited by then: p50 of a load at half of its rate grows all the time."""
    true = load.true_stats(requests(21, every_s=0.02), "page", RATE)
    assert true["p50_ms"] == pytest.approx(150)
    assert true["p99_ms"] == pytest.approx(250)


@pytest.mark.parametrize(
    ("wrong", "good", "bad"),
    [
        ({}, False, False),
        ({"p99_ms": 46.0}, False, False),
        ({"p99_ms": 44.0}, True, False),
        ({"p50_ms": 0.05}, True, False),
        ({"p50_ms": 90.0}, False, True),
        ({"rps": 40.0}, False, True),
        ({"rps": 500.0}, True, False),
    ],
)
def test_figures_are_compared(wrong: dict[str, float], good: bool, bad: bool) -> None:
    """Too good is wrong on any machine; too bad may be the machine's doing."""
    run = requests(100)
    stats = load.true_stats(run, "page", RATE) | wrong
    assert (load.too_good(run, "page", RATE, stats) is not None) is good
    assert (load.too_bad(run, "page", RATE, stats) is not None) is bad


@pytest.mark.parametrize(
    ("first_s", "p50_ms", "verdict"),
    [(0.01, 50.0, Verdict.PASSED), (0.1, 50.0, Verdict.INCONCLUSIVE), (0.1, 150.0, Verdict.PASSED)],
)
def test_a_first_request_that_came_late(first_s: float, p50_ms: float, verdict: Verdict) -> None:
    """Perhaps the clock had started before: then figures that count from the first request only are too good."""
    stats = {"rps": 69.0, "p50_ms": p50_ms, "p99_ms": p50_ms}
    run = evidence.run(value=stats, spans=requests(20, first_s=first_s).spans)
    assert of_figures(run) is verdict


@pytest.mark.parametrize(
    ("p99_ms", "late_s", "verdict"),
    [
        (150.0, 0.0, Verdict.FAILED),
        (150.0, 0.09, Verdict.PASSED),
        (190.0, 0.09, Verdict.FAILED),
        (190.0, 0.3, Verdict.INCONCLUSIVE),
        (150.0, 0.3, Verdict.PASSED),
    ],
)
def test_a_long_pause_does_not_make_a_figure_right(p99_ms: float, late_s: float, verdict: Verdict) -> None:
    """A short one may have moved the slowest answer; what only a long one explains is open."""
    run = evidence.run(
        value={**load.true_stats(requests(20), "page", RATE), "p99_ms": p99_ms}, spans=requests(20).spans, late_s=late_s
    )
    assert of_figures(run) is verdict


def of_figures(run: Run) -> Verdict:
    """What the check of the figures makes of this run."""
    try:
        Call(run).expect_load_figures("page", RATE)
    except CheckFailed as failed:
        return failed.answer.verdict
    return Verdict.PASSED


@pytest.mark.parametrize("value", [None, [], {}, {**TRUE, "rps": 1}, {**TRUE, "rps": "1"}])
def test_what_is_no_figure(value: object) -> None:
    """Something else than floats is told as such."""
    assert load.no_figures(TRUE) is None
    found = load.no_figures(value)
    assert found is not None
    assert (found.code, "A float is wanted" in found.sentence) == (Code.BAD_RESULT_TYPE, True)


def test_a_load_test_that_asks_for_nothing() -> None:
    """There is no rate then, and there are no figures."""
    call = Call(evidence.run(value=TRUE))
    with pytest.raises(CheckFailed, match="WORK_SKIPPED: 0 requests came, and 1 is needed"):
        call.expect_rate("page", RATE)
    with pytest.raises(CheckFailed, match="WORK_SKIPPED: 0 requests came, and 1 is needed"):
        call.expect_load_figures("page", RATE)


@pytest.mark.parametrize(("late_s", "verdict"), [(0.0, Verdict.FAILED), (0.2, Verdict.INCONCLUSIVE)])
def test_a_load_test_that_waits_for_no_answer(late_s: float, verdict: Verdict) -> None:
    """Who hangs up just before an answer is there has a status, and no latency to make figures of."""
    spans = tuple(evidence.span(n / RATE, n / RATE + 0.048, name="page", outcome="dropped") for n in range(20))
    call = Call(evidence.run(value=TRUE, spans=spans, late_s=late_s))
    call.expect_requests("page", 20)
    with pytest.raises(CheckFailed) as failed:
        call.expect_load_figures("page", RATE)
    answer = failed.value.answer
    assert answer.verdict is verdict
    if answer.diagnosis is not None:
        assert answer.diagnosis.sentence == "None of 20 requests got a good answer, so there are no latencies."


@pytest.mark.parametrize(
    ("ends_s", "words", "hint"),
    [
        ((0.012, 0.022, 0.034), "3 of 20 requests hung up before the body", "await response.read()"),
        ((0.1, 0.101, 0.102), "3 of 20 requests were given up at one moment, 0.10 s after", "when the last request is"),
        ((0.1,), "1 of 18 requests was given up at one moment, 0.10 s after", "when the last request is"),
        (
            (0.031, 0.033, 0.032),
            "3 of 20 requests were given up at one moment, 0.03 s after",
            "when the last request is",
        ),
        ((0.1, 0.101, 0.209), "3 of 20 requests hung up before the body", "await response.read()"),
    ],
)
def test_who_hung_up_and_who_was_given_up(ends_s: tuple[float, ...], words: str, hint: str) -> None:
    """One after the other, each has ended by itself; all at one moment, something has ended them."""
    given_up = [
        evidence.span(n / RATE, end_s, 0.2, name="page", outcome="dropped") for n, end_s in enumerate(ends_s, 1)
    ]
    found = load.unread(evidence.run(spans=(*requests(17).spans, *given_up)))
    assert found is not None
    assert found.code is Code.LOST
    assert words in found.sentence
    assert hint in found.hint
    alone = load.unread(evidence.run(spans=(given_up[0],)))
    assert alone is not None
    assert "1 of 1 request hung up" in alone.sentence


def test_a_page_by_script(made_world: World) -> None:
    """Each request is answered by its number."""
    page = made_world.script("page", lambda number: Turn(0.01, status=200 if number else 503, torn=number == 2))
    with pytest.raises(urllib.error.HTTPError, match="503"):
        urllib.request.urlopen(page.url)
    assert urllib.request.urlopen(page.url).status == 200
    with pytest.raises(http.client.IncompleteRead):
        urllib.request.urlopen(page.url).read()
    assert [(span.name, span.outcome) for span in made_world.ledger.spans()] == [
        ("page", "failed"), ("page", "answered"), ("page", "failed"),
    ]  # fmt: skip


def test_a_server_that_stands_still(made_world: World) -> None:
    """Who comes while it stands still waits until it goes on; it was known to take that long."""
    page = made_world.script("page", lambda _: Turn(0.01), Stall(at=1, seconds=0.2))
    for _ in range(3):
        urllib.request.urlopen(page.url).read()
    latencies_s = [span.latency_s for span in made_world.ledger.spans()]
    assert latencies_s == pytest.approx([0.01, 0.21, 0.01], abs=0.005)
