"""What goes on at the same time: so many, in order, and none beside who is alone."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from threading import Event

import pytest

from checker.observe.cpus import usable_cpus
from checker.process.company import AT_A_TIME_PER_CPU, Company

SOON_S = 20.0
"""By then even a busy machine has run a thread."""


def test_results_and_exceptions_come_back() -> None:
    """What a task returns, and what it raises, are its future's."""
    company = Company(2)
    right, wrong = company.begin(lambda: 1), company.begin(lambda: 1 // 0)
    assert right.result(SOON_S) == 1
    with pytest.raises(ZeroDivisionError):
        wrong.result(SOON_S)


def test_as_many_as_there_is_room_for_go_on_in_their_order() -> None:
    """With room for two, the third begins when one of the first two is done, and so on."""
    company, begun, release = Company(2), [], [Event() for _ in range(5)]
    started = [Event() for _ in range(5)]

    def task(number: int) -> None:
        begun.append(number)
        started[number].set()
        release[number].wait(SOON_S)

    futures = [company.begin(lambda number=number: task(number)) for number in range(5)]  # type: ignore[misc]
    assert started[0].wait(SOON_S)
    assert started[1].wait(SOON_S)
    assert not started[2].is_set()
    for done, following in ((1, 2), (2, 3), (0, 4)):
        release[done].set()
        assert started[following].wait(SOON_S)
    assert begun[2:] == [2, 3, 4]  # the first two begin side by side, in whatever order
    for event in release:
        event.set()
    for future in futures:
        future.result(SOON_S)


def test_who_is_alone_waits_for_those_who_go_on_and_keeps_others_waiting() -> None:
    """First the one that goes on, then who is alone, then the rest."""
    company, seen, first_goes_on, let_go = Company(2), [], Event(), Event()

    def first() -> None:
        first_goes_on.set()
        let_go.wait(SOON_S)
        seen.append("first")

    company.begin(first)
    assert first_goes_on.wait(SOON_S)
    wants = threading.Thread(target=lambda: alone(company, seen))
    wants.start()
    while not company._want_to_be_alone:
        wants.join(0.001)
    rest = company.begin(lambda: seen.append("rest"))
    let_go.set()
    rest.result(SOON_S)
    wants.join(SOON_S)
    assert seen == ["first", "alone", "rest"]


def alone(company: Company, seen: list[str]) -> None:
    with company.alone():
        seen.append("alone")


def test_two_who_want_to_be_alone_are_so_one_after_the_other() -> None:
    """Never both at once."""
    company, inside, most = Company(2), [], []

    def lonely() -> None:
        with company.alone():
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=lonely) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(SOON_S)
    assert most == [1] * 8


def test_the_end_cancels_what_has_not_begun() -> None:
    """What goes on is not touched; what waits never begins; what comes later neither."""
    company, goes_on, let_go = Company(1), Event(), Event()

    def first() -> str:
        goes_on.set()
        let_go.wait(SOON_S)
        return "done"

    one, other = company.begin(first), company.begin(lambda: "never")
    assert goes_on.wait(SOON_S)
    company.end()
    late = company.begin(lambda: "never")
    let_go.set()
    company.join(SOON_S)
    assert one.result(SOON_S) == "done"
    for future in (other, late):
        with pytest.raises(CancelledError):
            future.result(SOON_S)


def test_the_end_waits_for_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not so long for each: on many cores that adds up."""
    now_s, waited_s = [100.0], []

    class Stuck:
        def join(self, timeout_s: float | None) -> None:
            waited_s.append(timeout_s)
            now_s[0] += timeout_s or 0.0

    company = Company(2)
    company._threads = [Stuck(), Stuck()]  # type: ignore[list-item]
    monkeypatch.setattr("checker.process.company.time.monotonic", lambda: now_s[0])
    company.join(5.0)
    company.join()
    assert waited_s == [5.0, 0.0, None, None]


def test_the_room_suits_the_cores_and_the_tasks() -> None:
    """So many for each core, but no more than there are tasks."""
    assert Company().width == max(1, round(AT_A_TIME_PER_CPU * usable_cpus()))
    assert Company(at_most=1).width == 1
    assert Company(5).width == 5
