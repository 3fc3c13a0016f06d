"""Tasks for an attempt's Loop: clients of the grader's servers, and a server for the grader's clients."""

import asyncio
import inspect
import socket
import time
from hashlib import sha256

TOLERANCE_S = 0.005
"""Two clocks are never read at the same moment."""
WORK_S = 0.05
"""Who works for so long before it sleeps begins to sleep only then."""
BUFFER_BYTES = 65536
"""So small that a large message does not fit into it; the kernel would take megabytes."""
kept = []
"""Tasks of which somebody knows: they are not closed just because the attempt has forgotten them."""


def ask_in_turn(attempt, address, words) -> object:
    """Ask one after the other. Returns the answers."""
    loop = attempt.Loop()

    def main():
        answers = []
        for word in words:
            answers.append((yield from _ask(loop, address, word.encode())))
        return answers

    return loop.run_until_complete(main())


def ask_all(attempt, addresses) -> object:
    """Ask each address in a task of its own, with its number for a word. Returns the answers, in that order."""
    loop = attempt.Loop()

    def main():
        tasks = [loop.spawn(_ask(loop, address, str(number).encode())) for number, address in enumerate(addresses)]
        answers = []
        for task in tasks:
            answers.append((yield from loop.join(task)))
        return answers

    return loop.run_until_complete(main())


def ask_on_its_own(attempt, addresses) -> object:
    """As ask_all. Raises RuntimeError if the attempt uses an event loop of asyncio's."""
    begun, begin = [], asyncio.BaseEventLoop.__init__

    def noted(self):
        begun.append(True)
        begin(self)

    asyncio.BaseEventLoop.__init__ = noted
    answers = ask_all(attempt, addresses)
    if begun:
        raise RuntimeError("an event loop of asyncio's was started, and this exercise is about building one")
    return answers


def failures(attempt) -> object:
    """What comes up where three join a task that fails, the third after its end, and where one is run.

    Returns four exceptions, None for each that is not raised; or what the first of them ended instead.
    """
    loop, raised, failure = attempt.Loop(), None, ValueError("no line")
    try:
        joined = loop.run_until_complete(_joining(loop, failure))
    except ValueError as error:
        if error is not failure:
            raise
        return "the end of the loop"
    loop = attempt.Loop()
    try:
        loop.run_until_complete(_failing(loop, KeyError("no paper")))
    except KeyError as error:
        raised = error
    return [*joined, raised]


def joined_late(attempt) -> object:
    """What a task gets that joins one that has ended."""
    loop = attempt.Loop()

    def other():
        yield
        return "done"

    def main():
        task = loop.spawn(other())
        for _ in range(3):
            yield
        return (yield from loop.join(task))

    return loop.run_until_complete(main())


def joined_by_two(attempt) -> object:
    """What two tasks get that join a third one."""
    loop = attempt.Loop()

    def third():
        for _ in range(3):
            yield
        return "done"

    def joins(task):
        return (yield from loop.join(task))

    def main():
        task = loop.spawn(third())
        two = [loop.spawn(joins(task)) for _ in range(2)]
        got = []
        for each in two:
            got.append((yield from loop.join(each)))
        return got

    return loop.run_until_complete(main())


def two_loops(attempt) -> dict[str, object]:
    """Two loops have a task each, spawned beforehand, and one of them runs. Returns what its task returned, and who had
    a turn then."""
    log = []

    def task(name):
        log.append(name)
        yield
        return name

    idle, busy = attempt.Loop(), attempt.Loop()
    idle.spawn(task("idle"))
    spawned = busy.spawn(task("busy"))
    log.clear()

    def main():
        return (yield from busy.join(spawned))

    return {"returned": busy.run_until_complete(main()), "turns": log}


def in_bites(attempt, text, size) -> object:
    """What a task receives of a text that is there already, if it asks for so many bytes each time."""
    loop, (near, far) = attempt.Loop(), socket.socketpair()
    with near:
        with far:
            far.sendall(text.encode())

        def main():
            bites = []
            while data := (yield from loop.recv(near, size)):
                bites.append(data.decode())
            return bites

        return loop.run_until_complete(main())


def _failing(loop, error):
    yield from loop.sleep(0.02)
    raise error


def _joining(loop, error):
    """Returns what comes up where the failing task is joined: by two before its end, and by one after it."""

    def joins():
        try:
            yield from loop.join(task)
        except type(error) as caught:
            return caught

    task = loop.spawn(_failing(loop, error))
    got = []
    for each in [loop.spawn(joins()) for _ in range(2)]:
        got.append((yield from loop.join(each)))
    got.append((yield from joins()))
    return got


def turns(attempt, names, times) -> list[str]:
    """Three tasks take turns. Returns who had one, in order."""
    loop, log = attempt.Loop(), []

    def taker(name):
        for _ in range(times):
            log.append(name)
            yield

    _run_all(loop, [taker(name) for name in names])
    return log


def wakings(attempt, naps_of_tasks) -> list[float | str]:
    """Tasks take naps; the first of them works before. Returns their last naps, in seconds, in the order of their ends.

    For each that woke too early, "too early" is returned.
    """
    loop, log = attempt.Loop(), []

    def sleeper(naps_s, work_s):
        time.sleep(work_s)
        early = False
        for seconds in naps_s:
            begun_s = time.monotonic()
            yield from loop.sleep(seconds)
            early |= time.monotonic() - begun_s < seconds - TOLERANCE_S
        log.append("too early" if early else naps_s[-1])

    _run_all(loop, [sleeper(naps_s, 0 if number else WORK_S) for number, naps_s in enumerate(naps_of_tasks)])
    return log


def beside_a_spinner(attempt, address) -> list[str]:
    """One who is always ready, for at most 0.6 s, beside a sleeper and one who asks. Returns who was done, in order."""
    loop, log = attempt.Loop(), []

    def spinner():
        end_s = time.monotonic() + 0.6
        while time.monotonic() < end_s and len(log) < 2:
            yield
        log.append("spinner")

    _run_all(loop, [spinner(), *_sleeper_and_asker(loop, 0.05, address, log)])
    return log


def beside_a_sleeper(attempt, address) -> list[str]:
    """One who asks beside one who sleeps longer than that takes. Returns who was done, in order."""
    loop, log = attempt.Loop(), []
    _run_all(loop, _sleeper_and_asker(loop, 0.6, address, log))
    return log


def _sleeper_and_asker(loop, seconds, address, log):
    def sleeper():
        yield from loop.sleep(seconds)
        log.append("sleeper")

    def asker():
        yield from _ask(loop, address, b"beside")
        log.append("asker")

    return sleeper(), asker()


def send_much(attempt, slow, quick, message) -> None:
    """Send a large message to somebody who does not read yet, and ask somebody else meanwhile."""
    loop = attempt.Loop()
    _run_all(loop, [_ask(loop, slow, message), _ask(loop, quick, b"quick")])


def echo_much(attempt, address, message) -> str:
    """Send a large message to somebody who sends it back at once: two tasks, one socket. Returns a digest of it."""
    loop, digest = attempt.Loop(), sha256()

    def sender(connection):
        yield from loop.send(connection, message)
        connection.shutdown(socket.SHUT_WR)

    def receiver(connection):
        while data := (yield from loop.recv(connection, BUFFER_BYTES)):
            digest.update(data)

    with _connected(address) as connection:
        _run_all(loop, [sender(connection), receiver(connection)])
    return digest.hexdigest()


def answered_beside(attempt, address, message) -> object:
    """Send a message, and wait for the answer to it from the beginning: two tasks, one socket. Returns the answer.

    Nothing can be read before all is sent, so the socket is often writable while somebody waits until it is readable.
    """
    loop = attempt.Loop()

    def receiver(connection):
        answer = b""
        while data := (yield from loop.recv(connection, 4096)):
            answer += data
        return answer.decode()

    def sender(connection):
        yield from loop.send(connection, message + b"\n")  # which need not be a generator: only a task is one

    def main(connection):
        receiving = loop.spawn(receiver(connection))
        yield
        yield from loop.join(loop.spawn(sender(connection)))
        return (yield from loop.join(receiving))

    with _connected(address) as connection:
        return loop.run_until_complete(main(connection))


def serve(attempt, listener, visitors, clients) -> None:
    """Serve so many clients: whatever one says, it gets back."""
    loop = attempt.Loop()

    def client(connection):
        with connection:
            while data := (yield from loop.recv(connection, 4096)):
                yield from loop.send(connection, data)

    def main():
        tasks = []
        for _ in range(clients):
            tasks.append(loop.spawn(client((yield from loop.accept(listener)))))
        for task in tasks:
            yield from loop.join(task)

    visitors.come()
    loop.run_until_complete(main())


def leave_early(attempt, address, woke, fails) -> int:
    """The main task ends, or fails, while others wait: for an answer, a moment, a task, a turn. Returns how many are
    left."""
    loop, spawned, end_s, failure = attempt.Loop(), [], time.monotonic() + 1.0, KeyError("no paper")

    def spinner():
        while time.monotonic() < end_s:
            yield

    def sleeper():
        yield from loop.sleep(1.0)

    def joiner():
        yield from loop.join(spawned[-1])

    def main():
        kept.extend([joiner(), _ask(loop, address, b"silent"), spinner(), sleeper()])
        spawned.extend(map(loop.spawn, kept))
        yield from loop.sleep(0.1)
        woke()
        if fails:
            raise failure

    try:
        loop.run_until_complete(main())
    except KeyError as error:
        if not fails or error.args != failure.args:  # of the attempt's own making
            raise
    return sum(inspect.getgeneratorstate(task) == inspect.GEN_SUSPENDED for task in kept)


def _run_all(loop, tasks):
    def main():
        for task in [loop.spawn(task) for task in tasks]:
            yield from loop.join(task)

    loop.run_until_complete(main())


def _ask(loop, address, line):
    """Say one line, and read until the other side closes. Returns the answer as text."""
    with _connected(address) as connection:
        yield from loop.send(connection, line + b"\n")
        answer = b""
        while data := (yield from loop.recv(connection, 4096)):
            answer += data
        return answer.decode()


def _connected(address):
    """On the loopback address, connecting does not wait. Whether the socket blocks is the attempt's business."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
    connection.connect(tuple(address))
    return connection
