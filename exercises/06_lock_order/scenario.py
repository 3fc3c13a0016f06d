"""Makes transfers, each in a thread of its own."""

import sys
import threading
import time
from collections import Counter
from contextlib import nullcontext, suppress
from functools import partial
from queue import SimpleQueue

from checker.attempt.handle import Handle
from checker.attempt.meeting import is_ready, overtakings
from checker.attempt.mistakes import is_mistake
from checker.attempt.named import file_of

MOST_STEPS = 400
"""Both locks are taken long before. Who tries, gives way and begins again would do that for ever in step."""
LOOK_S, LOOKS = 0.002, 5
"""Who does not get on, and is not ready to, in so many looks waits for something: a lock that another holds."""


def at_once(attempt, bank, owners, transfers) -> dict[str, int]:
    """Make all transfers at the same time, and count how they ended: {"done": 3, "ValueError": 1}.

    Any other exception than that of too little money reaches whoever asks, at once.
    owners: who owns each account, by its number. transfers: each (from, to, amount).
    """
    threads, ends = _threads(attempt, bank, owners, transfers)
    for thread in threads:
        thread.start()
    return _count(attempt, threads, ends)


def in_line(attempt, bank, owners, transfers) -> dict[str, int]:
    """The same, but each transfer begins when the one before is done, or waits for something."""
    threads, ends = _threads(attempt, bank, owners, transfers)
    for thread in threads:
        thread.start()
        looks = 0
        while thread.is_alive() and looks < LOOKS:
            time.sleep(LOOK_S)
            looks = 0 if is_ready(thread.native_id) else looks + 1
    return _count(attempt, threads, ends)


def in_turn(attempt, bank, owners, transfers) -> dict[str, int]:
    """The same, one transfer after the other: no two threads ever meet."""
    threads, ends = _threads(attempt, bank, owners, transfers)
    counted = Counter()
    for thread in threads:
        thread.start()
        counted.update(_count(attempt, [thread], ends))
    return dict(counted)


def in_step(attempt, owners, transfers) -> dict[str, int]:
    """The same, all at the same time and in step, with a bank that answers at once.

    Nobody does a thing before all others have done theirs. So each has taken its first lock, of whatever kind it is,
    when any of them wants its second.
    """
    balances = dict.fromkeys(owners, 100)
    bank = Handle(read=balances.get, write=balances.__setitem__, confirm=lambda *_: None)
    threads, ends = _threads(attempt, bank, owners, transfers, Steps(file_of(attempt), len(transfers)))
    for thread in threads:
        thread.start()
    return _count(attempt, threads, ends)


def overtaken(attempt, balance, new) -> list[list[int]]:
    """How two transfers of 1 from an account that holds balance end, of which one overtakes the other.

    It does so once before each line. Each end that there was, once: what the account holds then, and what arrived at
    the other two. Each time they are other accounts, and the bank answers at once. new: nobody has ever heard of them,
    and the two transfers meet when they have read a balance; otherwise both were made before, too.
    """
    found = set()
    for turn, overtaking in enumerate(overtakings(file_of(attempt))):
        numbers = [str(2000 + 3 * turn + place) for place in range(3)]
        balances = dict.fromkeys(numbers, balance)

        def read(number, balances=balances, meet=overtaking.meet if new else None):
            held = balances[number]
            if meet is not None:
                meet()
            return held

        bank = Handle(read=read, write=balances.__setitem__, confirm=lambda *_: None)
        source, *targets = [attempt.Account(bank, number, number) for number in numbers]
        transfers = [partial(_if_enough, attempt, source, target) for target in targets]
        for transfer in [] if new else transfers:
            transfer()
        if not overtaking.both(*transfers):
            break
        left, *others = [balances[number] for number in numbers]
        found.add((left, sum(others) - 2 * balance))
    return sorted(map(list, found))


def _if_enough(attempt, source, target):
    with suppress(ValueError):
        attempt.transfer(source, target, 1)


class Steps:
    """Lets some threads execute a file's instructions in step."""

    def __init__(self, file, threads):
        self._file = file
        self._start = threading.Barrier(threads)
        self._done = {}
        self._stuck = {}
        """Thread -> how far it had come when it was seen to wait: until it gets on, nobody waits for it."""

    def __enter__(self):
        self._done[threading.get_native_id()] = 0
        self._start.wait()
        sys.settrace(self._trace)

    def __exit__(self, *_):
        sys.settrace(None)
        del self._done[threading.get_native_id()]

    def _trace(self, frame, event, _):
        if frame.f_code.co_filename != self._file:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            self._step()
        return self._trace

    def _step(self):
        """Go on when nobody is behind who could go on, too."""
        me = threading.get_native_id()
        self._done[me] += 1
        looks, seen = 0, None
        while looks < LOOKS and self._done[me] <= MOST_STEPS:
            behind = {
                other: done
                for other, done in list(self._done.items())
                if done < self._done[me] and self._stuck.get(other) != done
            }
            if not behind:
                return
            looks = looks + 1 if behind == seen and not any(map(is_ready, behind)) else 0
            seen = behind
            time.sleep(LOOK_S)
        self._stuck.update(seen or {})


def _threads(attempt, bank, owners, transfers, steps=None):
    accounts = {number: attempt.Account(bank, number, owner) for number, owner in owners.items()}
    ends = SimpleQueue()

    def make(source, target, amount):
        try:
            with steps or nullcontext():
                attempt.transfer(accounts[source], accounts[target], amount)
        except BaseException as error:  # SystemExit, too: whoever counts the ends would wait for one more
            ends.put(error)
        else:
            ends.put(None)

    threads = [
        threading.Thread(target=make, args=transfer, name=f"the transfer {transfer[0]} to {transfer[1]}", daemon=True)
        for transfer in transfers
    ]
    return threads, ends


def _count(attempt, threads, ends):
    counted = Counter()
    for _ in threads:
        error = ends.get()
        if error is not None and (not isinstance(error, ValueError) or is_mistake(error, attempt)):
            raise error  # those that wait for what this one holds never come to an end
        counted["ValueError" if error else "done"] += 1  # or a kind of it
    for thread in threads:
        thread.join()
    return dict(counted)
