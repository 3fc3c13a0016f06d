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
    "Nobody waits for somebody else's sleep: keep each sleeper with the moment when it is due, the earliest first, and "
    "wait until then, no longer."
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
RAISE_IT = (
    "`join` raises what the task has raised, and does not return it: to everybody who joins, also after the end of the "
    "task. `run_until_complete` does so for its own task."
)
ENDED_ALL = "A task failed, and its exception ended the whole loop, before anybody could join the task"
KEEP_IT = (
    "An exception that comes out of `next(task)` is what became of that task: keep it beside the values, and go on "
    "with the others. Only the main task's leaves `run_until_complete`."
)
BEFOREHAND = (
    "`spawn` may be called before `run_until_complete`: make the line of the ready ones in `__init__`, and let "
    "`run_until_complete` put its own task at the end of it."
)
OF_ITS_OWN = (
    "What is made in the class is one for all loops. Each loop has its own line, sleepers and selector: make them in "
    "`__init__`, in `self`."
)
ALL_FIRST = (
    "What had come before the other side closed is still there: ask the socket, and only when its `recv` gives "
    '`b""` is that the end.'
)
AT_MOST = "`recv(connection, size)` hands its size on to the socket: whoever asks for 3 bytes has room for 3."
TOO_EARLY = "A task woke before its sleep was over"
ONLY_DUE = (
    "When the first sleeper is due, the others need not be: wake only those whose moment has come, and let the others "
    "sleep on."
)
FROM_NOW_ON = "A sleep begins when the task asks for it: read the clock then, and not before its turn."
JOINED_LATE = (
    "First `join` looks whether the task has ended. If so, nobody will wake whoever waits for that: it goes on at "
    "once, with what is kept of the task."
)
LOOK_FIRST = (
    "Before *every* turn, all who can go on come into the line: whoever waits for a socket that is ready (`select(0)` "
    "asks, and does not wait), and all sleepers that are due; also while somebody is ready."
)
WHAT_HAS_COME = (
    "`recv` comes back as soon as something is there, with at most `size` bytes, not with exactly so many: the rest "
    "may come only after an answer. And who wants to send waits for room (EVENT_WRITE), not for something to read."
)
REST = (
    "Who cannot go on yet is not ready: keep it elsewhere, and then the loop may rest. `select(None)` rests until a "
    "socket is ready, `select(seconds)` at most until the first sleeper is due; `select(0)` only asks, and comes back."
)
ONE_WAIT = (
    "While a task sleeps, a socket may become ready for another. `select` waits for both: with the time until the "
    "first sleeper is due as its timeout. `time.sleep` hears of no socket."
)
IN_ANY_CASE = "`run_until_complete` closes the others whatever becomes of its task: do that in a `finally`."
WHEREVER = (
    "`close()` every task that has not ended: who is ready, who sleeps, who waits for a socket, and who waits for "
    "another task."
)
NO_TURN = "The main task was done, and another one, spawned before, had not even asked its question"
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
    run = attempt.scenario.in_bites("hello", 3)
    nothing = "Data had come, the other side had closed, and recv gave none of it"
    run.expect(run.value != [], Code.LOST, nothing, ALL_FIRST)
    bites = run.value if type(run.value) is list else []
    too_large = any(len(each) > 3 for each in bites if type(each) is str)
    run.expect(not too_large, Code.WRONG_RESULT, "recv returned more bytes than asked for", AT_MOST)
    run.expect_result(["hel", "lo"])
    late = "A task was joined that had ended already, and whoever joined it never went on"
    with in_words(Code.HANG, late, JOINED_LATE):
        attempt.scenario.joined_late().expect_result("done")
    with in_words(Code.HANG, "Two tasks joined a third one, and when that had ended, not both of them went on", JOINED):
        attempt.scenario.joined_by_two().expect_result(["done", "done"])
    unheard = "A task failed, and its exception did not come up wherever the task was joined, or run"
    run = attempt.scenario.failures()
    with in_words(Code.SWALLOWED, unheard, RAISE_IT):
        run.expect(run.value != "the end of the loop", Code.CRASHED, ENDED_ALL, KEEP_IT)
        run.expect_result([AnError(type="ValueError")] * 3 + [AnError(type="KeyError")])


@pytest.mark.points(1)
def test_turns_and_moments_are_in_order(attempt, world):
    """Who is ready first has the first turn. Sleepers wake when they are due, also while others are ready."""
    attempt.scenario.turns(["ann", "bob", "cid"], 3).expect_in_order(["ann", "bob", "cid"] * 3, FIRST_COME)
    forgotten = "A task that had been spawned before run_until_complete never had a turn"
    with in_words(Code.HANG, forgotten, BEFOREHAND), in_words(Code.DEADLOCK, forgotten, BEFOREHAND):
        run = attempt.scenario.two_loops()
        strange = "idle" in run.told.get("turns", [])
    run.expect(not strange, Code.WRONG_RESULT, "A loop gave turns to a task of another loop", OF_ITS_OWN)
    run.expect(run.told.get("returned") == "busy", Code.WRONG_RESULT, forgotten, BEFOREHAND)
    run = attempt.scenario.wakings([[0.1]])
    run.expect("too early" not in run.value, Code.WRONG_RESULT, TOO_EARLY, FROM_NOW_ON)
    run = attempt.scenario.wakings([[0.45], [0.01] * 10, [0.25]])  # at 0.5 s, soon, and at 0.3 s
    run.expect("too early" not in run.value, Code.WRONG_RESULT, f"{TOO_EARLY}, when another's was", ONLY_DUE)
    run.within(0.12).expect_in_order([0.01, 0.25, 0.45], FIRST_DUE)
    run = attempt.scenario.beside_a_spinner(world.peer("peer", Manner(0.25)).address)
    passed_over = "Whose sleep was over, or whose answer had come, went on only when nobody else was ready any more"
    run.within(0.25).expect(run.value[-1:] == ["spinner"], Code.ORDER, passed_over, LOOK_FIRST)


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
    with in_words(Code.HANG, "A client of the server never got its reply, and waited for it", WHAT_HAS_COME):
        run = attempt.scenario.serve(listener, visitors, clients=2)
        _ = run.value
    replies = world.replies(visitors)
    run.expect_served_beside(replies, silent=0, quick=1)
    run.expect_replies(replies, [(None, ["hello", "again"]), (None, ["good morning", "good night"])])


@pytest.mark.points(1)
def test_the_end_of_the_main_task_is_the_end(attempt, world):
    """When the main task is done or fails, run_until_complete ends: other tasks are closed, and so their sockets."""
    peer = world.peer("peer", Manner(1.0))
    run = attempt.scenario.leave_early(peer.address, world.operation("main woke", 0.0), fails=False)
    run.expect_over_before(
        "main woke", "peer", "While one task waited for its answer, the main task did not go on", WAIT
    )
    with in_words(Code.WORK_SKIPPED, NO_TURN, FIRST_COME):
        run.expect_given_up("peer", why="The main task was done", hint=STOP_THERE)
    run.expect_sockets_closed()
    expect_all_closed(run)
    run = attempt.scenario.leave_early(peer.address, world.operation("main woke", 0.0), fails=True)
    with in_words(Code.LEAK_SESSION, "The main task failed, and the others kept their sockets", IN_ANY_CASE):
        run.expect_sockets_closed()
    expect_all_closed(run)


def expect_all_closed(run):
    """No other task is left in the middle of something."""
    left = f"run_until_complete was over, and {run.value} of four other tasks were not closed"
    run.expect(run.value == 0, Code.WRONG_RESULT, left, WHEREVER)


@pytest.mark.points(1)
def test_one_thread_that_rests(attempt, world):
    """One thread waits for all sockets and sleepers at once, without asyncio, and rests meanwhile."""
    slow, slower = world.peer("peer", Manner(0.40)), world.peer("peer", Manner(0.60))
    run = attempt.scenario.ask_on_its_own([slow.address, slower.address])
    run.expect_no_import("asyncio")
    run.expect_result([slow.answer_to("0"), slower.answer_to("1")])
    run.expect_in_flight(at_least=2)
    run.expect_threads(at_most=1)
    beside = attempt.scenario.beside_a_sleeper(world.peer("soon", Manner(0.1)).address)
    overslept = "An answer came after 0.1 s, and its task went on only when the sleep of another, 0.6 s, was over"
    with in_words(Code.ORDER, overslept, ONE_WAIT):
        beside.within(0.25).expect_result(["asker", "sleeper"])
    with in_words(Code.BUSY_WAIT, "While nobody could go on, the loop kept a core busy, only to wait", REST):
        run.expect_rest()
        beside.expect_rest()


@pytest.mark.points(3)
def test_twelve_clients_wait_at_the_same_time(race, world):
    """Twelve clients of a slow server are done at least 4 times faster: they wait at the same time."""

    def twelve_clients(_scale):
        peer = world.peer("peer", Manner(0.08))
        addresses = [peer.address] * 12
        return Inputs((addresses,), lambda: [peer.answer_to(str(number)) for number in range(12)])

    race.run("ask_all", twelve_clients, driver="scenario.py")
