"""The lock-order graph, and what is said of locks that wait for each other."""

from __future__ import annotations

import pytest

from checker.checks.call import Call, CheckFailed
from checker.judge import lock_order
from checker.judge.diagnosis import lines, locks, outcome
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import Frame, Held, Hung, LockStep, Stack
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World
from tests.evidence import run


def step(held: int, wanted: int, thread: int, *gates: int) -> LockStep:
    return LockStep(
        held=held, held_line=10 * held, wanted=wanted, wanted_line=10 * wanted, thread=thread, gates=gates
    )  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "length"),
    [
        ([], 0),
        ([step(1, 2, 1), step(1, 2, 2)], 0),
        ([step(1, 2, 1), step(2, 1, 2)], 2),
        ([step(1, 2, 1), step(2, 1, 1)], 0),
        ([step(1, 2, 1, 9), step(2, 1, 2, 9)], 0),
        ([step(1, 2, 1, 8), step(2, 1, 2, 9)], 2),
        ([step(1, 2, 1), step(2, 3, 2), step(3, 1, 3)], 3),
        ([step(1, 2, 1), step(2, 3, 2), step(3, 1, 1)], 0),
        ([step(1, 2, 1), step(2, 3, 2), step(3, 1, 3), step(3, 2, 4)], 2),
    ],
    ids=["nothing", "one order", "crosswise", "one thread", "behind a gate", "behind two gates", "a ring of three",
         "a ring of two threads", "the shortest"],
)  # fmt: skip
def test_circles(steps: list[LockStep], length: int) -> None:
    """Only steps of different threads, which nothing keeps apart, can wait for each other."""
    assert len(lock_order.circle(steps) or ()) == length


def test_the_sentence_names_both_lines() -> None:
    """Both threads, both locks, and where each was taken."""
    found = locks.order(run(lock_steps=(step(3, 5, 1), step(5, 3, 2))))
    assert found is not None
    assert found.code is Code.DEADLOCK
    assert "takes lock A (line 30) and then B (line 50); another takes lock B (line 50) and then A" in found.sentence
    assert locks.order(run(lock_steps=(step(3, 5, 1), step(3, 5, 2)))) is None


def waiting(who: str, line: int, wants: int | None, *holds: tuple[int, int]) -> Stack:
    return Stack(
        who=f"thread {who}", frames=(Frame(line=line, function="work"),), inside="locks.wait", wants=wants,
        holds=tuple(Held(lock=lock, line=at) for lock, at in holds),
    )  # fmt: skip


def hung(*stacks: Stack, certain: bool = True) -> Run:
    return run(1.0, outcome=Hung(after_s=1.0, stacks=stacks, certain=certain))


def test_the_autopsy_says_who_holds_and_who_waits() -> None:
    """Of threads that wait for each other, for themselves, or for somebody who will not come."""
    crosswise = outcome.failure(hung(waiting("T1", 5, 2, (1, 4)), waiting("T2", 9, 1, (2, 8))))
    alone = outcome.failure(hung(waiting("T1", 5, 1, (1, 4))))
    forgotten = outcome.failure(hung(waiting("T1", 5, 1), certain=False))
    assert crosswise is not None
    assert alone is not None
    assert forgotten is not None
    assert {crosswise.code, alone.code, forgotten.code} == {Code.DEADLOCK}
    assert "T1 waits for lock A, which T2 took (line 8); T2 waits for lock B, which T1 took (line 4)" in (
        crosswise.sentence
    )
    assert "the same order" in crosswise.hint
    assert "a lock that it holds itself" in alone.sentence
    assert "which nobody will release" in forgotten.sentence


SOURCE = """\
with lock:
    pass
with open(path) as file:
    pass
with slots_of(key):
    pass
slots.acquire()
with urlopen(url) as answer, lock:
    pass
with lock: counter += 1
with Pool() as pool: answers = [pool.submit(fetch, url).result() for url in urls]
"""


@pytest.mark.parametrize(
    ("line", "inside", "is_lock"),
    [
        (1, "attempt.work", True),
        (3, "attempt.work", False),
        (3, "socket.readinto", False),
        (5, "threading.acquire", True),
        (7, "threading.acquire", True),
        (8, "attempt.work", True),
        (8, "socket.readinto", False),
        (10, "attempt.work", True),
        (10, "threading.wait", True),
        (11, "threading.wait", False),
        (2, "attempt.work", False),
    ],
)
def test_what_waits_at_a_with_need_not_wait_for_a_lock(line: int, inside: str, is_lock: bool) -> None:
    """A file, or an answer, that is opened in a `with` is no lock."""
    stack = Stack(who="thread T1", frames=(Frame(line=line, function="work"),), inside=inside)
    assert lines.stands_at_lock(stack, SOURCE) is is_lock


def test_only_the_circle_is_told() -> None:
    """A third thread that waits for one of the circle is not part of it."""
    beside, one, other = waiting("T0", 3, 1), waiting("T1", 5, 2, (1, 4)), waiting("T2", 9, 1, (2, 8))
    found = outcome.failure(hung(beside, one, other))
    assert found is not None
    assert "T0" not in found.sentence
    assert "T1 waits for lock A, which T2 took" in found.sentence


LOCKS = """
import threading, time
from dataclasses import dataclass, field
from concurrent.futures import ThreadPoolExecutor

def in_turn(*functions):
    for function in functions:
        thread = threading.Thread(target=function)
        thread.start()
        thread.join()

def both(first, second, meet):
    def work():
        with first:
            time.sleep(meet)
            with second:
                pass
    return work

def never_meeting():
    a, b = threading.Lock(), threading.RLock()
    in_turn(both(a, b, 0), both(b, a, 0))

@dataclass
class Account:
    lock: threading.Lock = field(default_factory=threading.Lock)

def in_dataclasses():
    a, b = Account(), Account()
    in_turn(both(a.lock, b.lock, 0), both(b.lock, a.lock, 0))

def meeting():
    a, b = threading.Lock(), threading.Lock()
    held = []
    def takes(first, second):
        with first:
            held.append(first)
            while len(held) < 2: time.sleep(0.01)
            with second: pass
    threads = [threading.Thread(target=takes, args=locks) for locks in ((a, b), (b, a))]
    for thread in threads: thread.start()
    for thread in threads: thread.join()

def innocent():
    gate, a, b, c = threading.RLock(), threading.Lock(), threading.Lock(), threading.Condition(threading.RLock())
    def one():
        with gate, gate, a, b: pass
    def two():
        with gate, b, a: pass
    in_turn(one, two)
    items = []
    def consume():
        with c:
            while not items: c.wait()
    thread = threading.Thread(target=consume)
    thread.start()
    with c:
        items.append(1)
        c.notify()
    thread.join()
    handed_over = threading.Lock()
    handed_over.acquire()
    threading.Timer(0.1, handed_over.release).start()
    handed_over.acquire()
    with a:
        assert not b.acquire(timeout=0.01) or not b.release()
    with b:
        assert a.acquire(blocking=False)
    return a.locked(), b.locked()

def gate():
    opened = threading.Lock()
    opened.acquire()
    keeper = threading.Thread(target=lambda: (time.sleep(2.5), opened.release()))
    keeper.start()
    opened.acquire()
    keeper.join()

def gate_with_a_timeout():
    opened, busy = threading.Lock(), threading.Lock()
    opened.acquire()
    busy.acquire()
    keeper = threading.Thread(target=lambda: (busy.acquire(timeout=2.5), opened.release()))
    keeper.start()
    opened.acquire()
    keeper.join()

def gate_without_a_keeper():
    opened, idle = threading.Lock(), ThreadPoolExecutor(1)
    idle.submit(int).result()
    watcher = threading.Thread(target=threading.Event().wait, daemon=True)
    watcher.start()
    opened.acquire()
    opened.acquire()
"""


def called(engine: Engine, world: World, function: str) -> Call:
    return Call(engine.run(Source(LOCKS.encode()), Invocation(function), world, Watching(5.0)))


def test_a_wrong_order_is_seen_without_a_hang(engine: Engine, made_world: World) -> None:
    """Two threads that never meet, and take two locks crosswise."""
    for function in ("never_meeting", "in_dataclasses"):
        run = called(engine, made_world, function)
        run.expect_result(None)
        with pytest.raises(CheckFailed, match="DEADLOCK: One thread takes lock A"):
            run.expect_lock_order()


def test_a_real_deadlock_ends_before_the_deadline(engine: Engine, made_world: World) -> None:
    """Threads that wait for each other in a circle never go on: no need to wait for the deadline."""
    run = called(engine, made_world, "meeting")
    assert isinstance(run.observed.outcome, Hung)
    assert run.observed.outcome.certain
    with pytest.raises(CheckFailed, match=r"DEADLOCK: meeting can never come back: .* which .* took"):
        run.expect_result(None)


def test_a_gate_is_no_deadlock_while_somebody_may_open_it(engine: Engine, made_world: World) -> None:
    """A lock for which its own holder waits: another thread opens it, after a sleep or when a timeout is over. Or all
    others wait, too, for ever."""
    for function in ("gate", "gate_with_a_timeout"):
        called(engine, made_world, function).expect_result(None)
    alone = called(engine, made_world, "gate_without_a_keeper").observed.outcome
    assert isinstance(alone, Hung)
    assert alone.certain


def test_innocent_uses_of_locks(engine: Engine, made_world: World) -> None:
    """Gates, re-entrance, conditions, handing over, trying: nothing to complain about."""
    run = called(engine, made_world, "innocent")
    run.expect_result((True, False))
    run.expect_lock_order()


AS_OUTSIDE = """
import sys, threading
from dataclasses import dataclass, field

if sys.version_info >= (3, 13):

    @dataclass
    class Account:
        lock: threading.Lock | None = field(default_factory=threading.Lock)

def work():
    made, other = threading.Lock(), threading._allocate_lock()
    if sys.version_info < (3, 13):
        return not isinstance(threading.Lock, type)
    return isinstance(made, threading.Lock) and isinstance(other, threading.Lock) and Account().lock.locked() is False
"""


def test_a_lock_is_made_by_what_makes_it_elsewhere(engine: Engine, made_world: World) -> None:
    """From 3.13 on, threading.Lock is a class: annotations and isinstance use it as one."""
    Call(engine.run(Source(AS_OUTSIDE.encode()), Invocation("work"), made_world, Watching(5.0))).expect_result(True)


HANDED_ON = """
import threading, time

def work():
    lock, taken = threading.Lock(), threading.Event()

    def hold():
        with lock:
            taken.set()
            time.sleep(0.1)

    first = threading.Thread(target=hold, name="first")
    first.start()
    taken.wait()
    lock.acquire()
    first.join()
"""


def test_who_had_a_lock_is_known_on_the_graders_clock(engine: Engine, made_world: World) -> None:
    """The main thread waits until the other one lets go, and never does itself."""
    run = engine.run(Source(HANDED_ON.encode()), Invocation("work"), made_world, Watching(deadline_s=20))
    first, second = run.lock_times
    assert (first.who, first.line, second.who, second.line, second.free_s) == ("first", 8, "MainThread", 15, None)
    assert first.free_s is not None
    assert run.started_s <= first.wanted_s <= first.taken_s <= second.wanted_s
    assert first.free_s <= second.taken_s <= run.end_s
