from hashlib import sha256

import pytest

from checker.checks import AnError, Code, Inputs, in_words
from checker.world.peer import Manner
from checker.world.visitors import talk

MESSAGE = b" ".join(b"%d" % number for number in range(150_000))
"""One megabyte, of which no two pieces are alike."""
FIRST_COME = (
    "Tasks that are ready stand in a queue: `append` and `popleft` of a `deque`. With `append` and `pop` it is a "
    "stack, where the last who came is the first. Who has had a turn goes to the end."
)
FIRST_DUE = (
    "Nobody waits for somebody else's sleep: keep each sleeper with the moment when it is due, the earliest first."
)
WAIT = (
    "No task may wait inside a call of its socket. `recv` first lets the loop wait until the socket is readable, and "
    "only then asks it. And while it waits for sockets, `select` waits no longer than until the first sleeper is due."
)
BOTH = (
    "Two tasks may wait for one socket. When it is ready for one of them, the other one still waits: `modify` the "
    "socket's entry in the selector, and `unregister` it only when nobody is left."
)
JOINED = "Whoever joins a task waits for its end, and there may be several: keep a list of them, and let all go on."
STOP_THERE = (
    "Look at the condition of your loop: it has to end when the *main* task has ended, whoever else still waits. "
    "Close the others, and with them their sockets."
)


@pytest.mark.points(1)
def test_answers_arrive_whole(attempt, world):
    """An answer that comes byte by byte arrives whole, up to its end. An exception reaches whoever joins the task."""
    peer = world.peer("peer", Manner(0.03, in_pieces=True))
    run = attempt.scenario.ask_in_turn(peer.address, ["ann", "bob"])
    run.expect_result([peer.answer_to("ann"), peer.answer_to("bob")])
    run.expect_sockets_closed()
    attempt.scenario.failures().expect_result([AnError(type="ValueError"), AnError(type="KeyError")])
    with in_words(Code.HANG, "Two tasks joined a third one, and when that had ended, not both of them went on", JOINED):
        attempt.scenario.joined_by_two().expect_result(["done", "done"])


@pytest.mark.points(1)
def test_turns_and_moments_are_in_order(attempt):
    """Who is ready first has the first turn, and sleepers wake when they are due, one after the other."""
    attempt.scenario.turns(["ann", "bob", "cid"], 3).expect_in_order(["ann", "bob", "cid"] * 3, FIRST_COME)
    attempt.scenario.wakings([0.25, 0.05, 0.15]).within(0.08).expect_in_order([0.05, 0.15, 0.25], FIRST_DUE)


@pytest.mark.points(2)
def test_large_messages(attempt, world):
    """A megabyte arrives whole, also to and fro at once, and holds up nobody when the other side does not read yet."""
    slow, quick = world.peer("slow", Manner(reads_after_s=0.4)), world.peer("quick", Manner(0.05))
    run = attempt.scenario.send_much(slow.address, quick.address, b"large " + MESSAGE)
    run.expect_over_before(
        "quick", "slow", "While one task was sending to somebody who does not read yet, no other went on"
    )
    run.expect_received(slow.received.get("large"), b"large " + MESSAGE)
    with in_words(
        Code.HANG, "One task waited to read from a socket, and another one to write: one was forgotten", BOTH
    ):
        run = attempt.scenario.answered_beside(quick.address, b"beside " + MESSAGE)
        run.expect_result(quick.answer_to("beside"))
    echo = world.peer("echo", Manner(echoes=True))
    run = attempt.scenario.echo_much(echo.address, MESSAGE)
    run.expect_result(sha256(MESSAGE).hexdigest())


@pytest.mark.points(1)
def test_a_silent_client_keeps_nobody_waiting(attempt, world):
    """An echo server on the loop: clients are served side by side, and one who says nothing keeps nobody waiting."""
    listener = world.listener()
    silent = talk(["hello", "again"], falls_silent_until=lambda: visitors.gone(1))
    quick = talk(["good morning", "good night"], comes_when=lambda: visitors.heard(0))
    visitors = world.visitors(listener, [silent, quick])
    run = attempt.scenario.serve(listener, visitors, clients=2)
    replies = world.replies(visitors)
    run.expect_served_beside(replies, silent=0, quick=1)
    run.expect_replies(replies, [(None, ["hello", "again"]), (None, ["good morning", "good night"])])


@pytest.mark.points(1)
def test_the_end_of_the_main_task_is_the_end(attempt, world):
    """When the main task is done, run_until_complete returns; the other tasks are closed, and so are their sockets."""
    peer = world.peer("peer", Manner(1.0))
    run = attempt.scenario.leave_early(peer.address, world.operation("main woke", 0.0))
    run.expect_over_before(
        "main woke", "peer", "While one task waited for its answer, the main task did not go on", WAIT
    )
    run.expect_given_up("peer", why="The main task was done", hint=STOP_THERE)
    run.expect_sockets_closed()
    run.expect_result(0)


@pytest.mark.points(1)
def test_one_thread_that_rests(attempt, world):
    """One thread waits for all sockets at once, without asyncio, and rests meanwhile."""
    slow, slower = world.peer("peer", Manner(0.40)), world.peer("peer", Manner(0.60))
    run = attempt.scenario.ask_on_its_own([slow.address, slower.address])
    run.expect_no_import("asyncio")
    run.expect_result([slow.answer_to("0"), slower.answer_to("1")])
    run.expect_in_flight(at_least=2)
    run.expect_threads(at_most=1)
    run.expect_rest()


@pytest.mark.points(3)
def test_twelve_clients_wait_at_the_same_time(race, world):
    """Twelve clients of a slow server are done at least 4 times faster: they wait at the same time."""

    def twelve_clients(_scale):
        peer = world.peer("peer", Manner(0.08))
        addresses = [peer.address] * 12
        return Inputs((addresses,), lambda: [peer.answer_to(str(number)) for number in range(12)])

    race.run("ask_all", twelve_clients, driver="scenario.py")
