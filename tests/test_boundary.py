"""The process boundary, end to end: whatever an attempt does, it comes back as a verdict, and nothing stays."""

from __future__ import annotations

import sys
import textwrap
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from checker.judge.diagnosis import outcome
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.limits import Limits
from checker.model.outcome import Died, Hung, NotPlainResult, Overrun, Raised, Returned, Unusable
from checker.process import attempt_process
from checker.process.attempt_process import MOST_PATIENCE
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching
from checker.world.world import World
from tests.conftest import living_descendants, nothing_more_than

DEADLINE_S = 1.0
MARGIN_S = 20.0
"""An attempt that hangs for a minute is over by its deadline and this much: only one that is not stopped gets there."""


def call(engine: Engine, world: World, text: str, *args: Any, deadline_s: float = DEADLINE_S, **how: Any) -> Run:
    """Call `work` of an attempt with this text."""
    source = Source(textwrap.dedent(text).encode())
    return engine.run(source, Invocation("work", args, **how), world, Watching(deadline_s))


HANGS = {
    "in import": "import time\ntime.sleep(60)\ndef work(): pass",
    "in a call": "import time\ndef work(): time.sleep(60)",
    "in a loop": "def work():\n    while True: pass",
    "in a loop that catches everything": "def work():\n    while True:\n        try: pass\n"
    "        except BaseException: pass",
    "in a lock": "import threading\ndef work():\n    lock = threading.Lock()\n    lock.acquire()\n    lock.acquire()",
    "in a join": "import threading\ndef work():\n    t = threading.Thread(target=threading.Event().wait)\n"
    "    t.start()\n    t.join()",
    "in a process pool": "import time\nfrom concurrent.futures import ProcessPoolExecutor\n"
    "def work():\n    with ProcessPoolExecutor(2) as pool:\n        return list(pool.map(time.sleep, [60, 60]))",
    "in asyncio": "import asyncio\nasync def work(): await asyncio.Event().wait()",
    "with signals ignored": "import signal, time\ndef work():\n    for n in range(1, 65):\n"
    "        try: signal.signal(n, signal.SIG_IGN)\n        except (OSError, ValueError): pass\n    time.sleep(60)",
}


LONG = {
    "a call": f"import time\ndef work(): time.sleep({1.5 * DEADLINE_S}); return 1",
    "an import": f"import time\ntime.sleep({1.5 * DEADLINE_S})\ndef work(): return 1",
}
AT_BEGINNINGS = {"a call": 3, "an import": 2}
"""How often the world is asked how long it has waited, until what takes long has begun."""


@pytest.mark.parametrize(("waited_s", "comes_back"), [(0.0, False), (1.0, True), (5.0, True)])
@pytest.mark.parametrize("what", LONG)
def test_time_that_others_took_does_not_count_towards_the_deadline(
    engine: Engine, made_world: World, monkeypatch: pytest.MonkeyPatch, what: str, waited_s: float, comes_back: bool
) -> None:
    """1.5 deadlines, beside a world that waited for a core meanwhile."""
    before = iter((0.0,) * AT_BEGINNINGS[what])
    monkeypatch.setattr(Engine, "_waited_s", lambda _: next(before, waited_s))
    run = call(engine, made_world, LONG[what])
    assert isinstance(run.outcome, Returned if comes_back else Hung)


def test_nor_towards_that_of_what_is_looked_at_afterwards(
    engine: Engine, made_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer stands that came before."""
    monkeypatch.setattr(attempt_process, "AFTERMATH_S", 0.5)
    text = "import gc, time\ndef work():\n    gc.callbacks.append(lambda *_: time.sleep(0.4))\n    return 1"
    assert isinstance(call(engine, made_world, text).outcome, Overrun)
    waited_s = count(step=0.6)  # each time that somebody asks
    monkeypatch.setattr(Engine, "_waited_s", lambda _: next(waited_s))
    assert isinstance(call(engine, made_world, text).outcome, Returned)


def test_patience_has_an_end(engine: Engine, made_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever hangs is stopped, however long others have kept it waiting."""
    before = iter((0.0,) * AT_BEGINNINGS["a call"])
    monkeypatch.setattr(Engine, "_waited_s", lambda _: next(before, 1e6))
    run = call(engine, made_world, "import time\ndef work(): time.sleep(60)")
    assert isinstance(run.outcome, Hung)
    assert run.wall_s < MOST_PATIENCE * DEADLINE_S + MARGIN_S


@pytest.mark.parametrize("how", HANGS)
def test_a_hang_ends_at_the_deadline_and_leaves_nothing(engine: Engine, made_world: World, how: str) -> None:
    """A hang is over soon after the deadline, is called one, and leaves no process."""
    before = living_descendants()
    started_s = time.perf_counter()
    run = call(engine, made_world, HANGS[how])
    assert time.perf_counter() - started_s < min(DEADLINE_S + run.delayed_s, MOST_PATIENCE * DEADLINE_S) + MARGIN_S
    assert isinstance(run.outcome, Hung)
    found = outcome.failure(run)
    assert found is not None
    assert found.code is (Code.DEADLOCK if how == "in a lock" else Code.HANG)
    assert "come back" in found.sentence
    assert nothing_more_than(before)


def test_the_arguments_come_when_the_clock_starts(engine: Engine, made_world: World) -> None:
    """Whoever looks for them while they are made has them no sooner than its function would."""
    text = """
        import sys, time
        wire = sys.modules["checker.attempt.wire"]
        unpack, made_s = wire.unpack, []

        def noted(*args):
            made_s.append(time.perf_counter())
            return unpack(*args)

        wire.unpack = noted

        def work(number):
            return number, made_s[0]
        """
    run = call(engine, made_world, text, 7)
    assert isinstance(run.outcome, Returned)
    number, made_s = run.outcome.value
    assert number == 7
    assert made_s >= run.started_s


def test_whoever_does_not_take_its_arguments_hangs(engine: Engine, made_world: World) -> None:
    """The grader waits for that no longer than for an answer."""
    text = """
        import sys, time
        sys.modules["checker.attempt.wire"].FrameBuffer.feed = lambda *_: time.sleep(60)
        def work(data): return len(data)
        """
    started_s = time.perf_counter()
    run = call(engine, made_world, text, bytes(2**23))
    assert isinstance(run.outcome, Hung)
    assert time.perf_counter() - started_s < (1 + MOST_PATIENCE) * DEADLINE_S + MARGIN_S


def test_the_autopsy_names_the_line(engine: Engine, made_world: World) -> None:
    """The diagnosis of a hang has the learner's line, in a thread's or a task's stack."""
    thread = call(engine, made_world, "import time\n\ndef work():\n    time.sleep(60)")
    task = call(engine, made_world, "import asyncio\n\nasync def work():\n    await asyncio.Event().wait()")
    for run in (thread, task):
        found = outcome.failure(run)
        assert found is not None
        assert found.line == 4


LEFT_ALONE = """\
import asyncio

async def dies():
    raise KeyError("page")

async def items():
    yield 1
    asyncio.Event().wait()
    await asyncio.Event().wait()

async def work():
    task = asyncio.create_task(dies())
    async for item in items():
        print(item)
"""


def test_the_autopsy_looks_into_generators_and_at_what_went_wrong(engine: Engine, made_world: World) -> None:
    """A task stands in the async generator that it asks; what ended a task before, and was never awaited, is told."""
    run = call(engine, made_world, LEFT_ALONE)
    assert isinstance(run.outcome, Hung)
    lines = [[frame.line for frame in stack.frames] for stack in run.outcome.stacks if stack.who.startswith("task ")]
    assert [13, 9] in lines
    assert {(each.kind, each.line) for each in run.notices} == {("never awaited", 8), ("task died", 4)}


ENDS = {
    "os._exit(0)": ("import os\ndef work(): os._exit(0)", Died, "exited with code 0"),
    "os._exit at import": ("import os\nos._exit(0)", Died, "exited with code 0"),
    "killed": ("import ctypes\ndef work(): ctypes.string_at(0)", Died, "signal SIGSEGV"),
    "sys.exit(0)": ("import sys\ndef work(): sys.exit(0)", Raised, "sys.exit(0)"),
    "sys.exit at import": ("import sys\nsys.exit(0)\ndef work(): pass", Unusable, "sys.exit(0)"),
    "BaseException": ("def work(): raise BaseException('all of it')", Raised, "BaseException: all of it"),
    "KeyboardInterrupt": ("def work(): raise KeyboardInterrupt", Raised, "KeyboardInterrupt"),
    "generator": ("def work(): yield 1", NotPlainResult, "a generator"),
    "map": ("def work(): return map(str, [1])", NotPlainResult, "a map object"),
    "nan": ("def work(): return float('nan')", NotPlainResult, "nan"),
    "infinity inside": ("def work(): return [{'a': (1, float('inf'))}]", NotPlainResult, "inf"),
    "100 MB": ("def work(): return 'x' * 100_000_000", NotPlainResult, "95 MiB"),
    "too deep": ("def work():\n    x = []\n    for _ in range(5000): x = [x]\n    return x", NotPlainResult, "nested"),
    "surrogate": ("def work(): return chr(0xd800)", NotPlainResult, "Unicode"),
    "huge integer": ("def work(): return 10 ** 1_000_000", NotPlainResult, "300 digits"),
    "object": ("def work(): return object()", NotPlainResult, "type object"),
    "task": (
        "import asyncio\nasync def work(): return asyncio.ensure_future(asyncio.sleep(0))",
        NotPlainResult,
        "an asyncio Task",
    ),
    "no function": ("def other(): pass", Unusable, "no `work`"),
    "syntax error": ("def work(:\n    pass", Unusable, "cannot read attempt.py"),
    "error at import": ("import no_such_library", Unusable, "No module named 'no_such_library'"),
}


@pytest.mark.parametrize("how", ENDS)
def test_an_end_without_a_result_is_explained(engine: Engine, made_world: World, how: str) -> None:
    """Every way to end without a plain result is told apart, quickly, in words that name what happened."""
    text, kind, words = ENDS[how]
    before = living_descendants()
    started_s = time.perf_counter()
    run = call(engine, made_world, text, deadline_s=5.0)
    assert time.perf_counter() - started_s < 5.0
    assert isinstance(run.outcome, kind)
    found = outcome.failure(run)
    assert found is not None
    assert words in found.sentence
    assert nothing_more_than(before)


def test_no_file(engine: Engine, made_world: World) -> None:
    """A missing attempt.py is MISSING, not an error of ours."""
    run = engine.run(Source(None), Invocation("work"), made_world, Watching(DEADLINE_S))
    found = outcome.failure(run)
    assert found is not None
    assert found.code is Code.MISSING


def test_a_hundred_megabytes_of_output_are_cut(engine: Engine, made_world: World) -> None:
    """Output is taken in to the end, and kept only up to a cap."""
    text = "def work():\n    for _ in range(100): print('x' * 1_000_000)\n    return 1"
    run = call(engine, made_world, text, deadline_s=10)
    assert run.outcome == Returned(value=1)
    assert len(run.output) < 20_000
    assert "more bytes that are not kept" in run.output


def test_prints_of_pool_workers_are_shown(engine: Engine, made_world: World) -> None:
    """What child processes print is the learner's output too."""
    run = call(
        engine,
        made_world,
        """
        import sys
        from concurrent.futures import ProcessPoolExecutor
        def work():
            print("parent")
            print("to stderr", file=sys.stderr)
            with ProcessPoolExecutor(1) as pool:
                pool.submit(print, "child").result()
        """,
        deadline_s=5,
    )
    assert {"parent", "child", "to stderr"} <= set(run.output.split("\n"))


CHEATS = {
    "patched clocks": """
        import time
        time.sleep = lambda s: None
        time.perf_counter = time.monotonic = time.time = lambda: 0.0
        def work(job): return job()
        """,
    "virtual-time event loop": """
        import asyncio
        class Virtual(asyncio.SelectorEventLoop):
            now = 0.0
            def time(self): return Virtual.now
            def call_later(self, delay, *a, **k):
                Virtual.now += delay
                return super().call_later(0, *a, **k)
        class Policy(asyncio.DefaultEventLoopPolicy):
            def new_event_loop(self): return Virtual()
        asyncio.set_event_loop_policy(Policy())
        async def work(job): return await job()
        """,
}


@pytest.mark.parametrize("how", CHEATS)
def test_the_clock_is_the_graders(engine: Engine, made_world: World, how: str) -> None:
    """Patched clocks and virtual time make no operation quicker: the world takes its time, and answers afresh."""
    job = made_world.operation("job", 0.2)
    run = call(engine, made_world, CHEATS[how], job, deadline_s=5)
    assert run.outcome == Returned(value=job.answer)
    assert run.wall_s >= 0.2


def test_each_call_has_a_process_of_its_own(engine: Engine, made_world: World) -> None:
    """Nothing that one call leaves in memory or in its folder is there in the next."""
    text = """
        import os
        SEEN = []
        def work():
            SEEN.append(1)
            left = os.path.exists("left")
            open("left", "w").close()
            return [len(SEEN), left, sorted(os.environ)]
        """
    first, second = (call(engine, made_world, text).outcome for _ in range(2))
    assert first == second
    assert isinstance(first, Returned)
    assert first.value[:2] == [1, False]
    assert set(first.value[2]) <= {"HOME", "TMPDIR", "PATH", "LANG", "LC_ALL", "LC_CTYPE", "no_proxy"}


DETACHED = """
    import os, time
    def work():
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.setsid()
                time.sleep(60)
            os._exit(0)
        return 1
    """


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt its orphans")
def test_detached_grandchildren_are_found_and_killed(engine: Engine, made_world: World) -> None:
    """A daemon made by double fork and setsid is seen as left behind, and does not survive the call."""
    before = living_descendants()
    run = call(engine, made_world, DETACHED)
    assert run.left.processes == 1
    assert nothing_more_than(before)


def test_a_bomb_of_processes_is_stopped(engine: Engine, made_world: World) -> None:
    """Too many processes end the attempt early, by name, and all of them are gone afterwards."""
    before = living_descendants()
    run = call(
        engine,
        made_world,
        "import os, time\ndef work():\n    for _ in range(400):\n        if os.fork() == 0: time.sleep(60)\n"
        "    time.sleep(60)",
        deadline_s=10,
    )
    assert isinstance(run.outcome, Overrun)
    found = outcome.failure(run)
    assert found is not None
    assert "more than 256 processes" in found.sentence
    assert nothing_more_than(before)


@pytest.mark.parametrize(
    ("limits", "text", "words"),
    [
        (
            Limits(threads=9),
            "    for _ in range(20): threading.Thread(target=time.sleep, args=(9,)).start()\n    time.sleep(9)",
            "9 threads",
        ),
        (Limits(memory_mib=200), "    kept = bytearray(2**28)\n    time.sleep(9)", "200 MiB of memory"),
        (Limits(cpu_s=1), "    while True: pass", "1 seconds of CPU time"),
    ],
    ids=["threads", "memory", "CPU time"],
)
def test_an_exercise_has_limits_of_its_own(
    engine: Engine, made_world: World, limits: Limits, text: str, words: str
) -> None:
    """What was hit is in the sentence."""
    source = Source(f"import threading, time\ndef work():\n{text}\n".encode())
    run = engine.run(source, Invocation("work"), made_world, Watching(30.0, limits))
    found = outcome.failure(run)
    assert found is not None
    assert f"more than {words}" in found.sentence


def test_leftovers_are_seen(engine: Engine, made_world: World) -> None:
    """Threads, tasks and processes that outlive the call are counted; idle ones of asyncio.to_thread are not."""
    thread = call(
        engine, made_world, "import threading\ndef work(): threading.Thread(target=threading.Event().wait).start()"
    )
    assert len(thread.left.threads) == 1
    task = call(
        engine, made_world, "import asyncio\nasync def work():\n    work.t = asyncio.create_task(asyncio.sleep(60))"
    )
    assert len(task.left.tasks) == 1
    pool = call(
        engine,
        made_world,
        "from concurrent.futures import ProcessPoolExecutor\nP = ProcessPoolExecutor(2)\n"
        "def work(): return P.submit(int, 3).result()",
    )
    assert pool.left.processes >= 1
    clean = call(engine, made_world, "import asyncio\nasync def work(): return await asyncio.to_thread(int, 3)")
    assert clean.outcome == Returned(value=3)
    assert (clean.left.threads, clean.left.tasks, clean.left.processes) == ((), (), 0)


def test_one_helper_of_a_kind_is_none_left(engine: Engine, made_world: World) -> None:
    """The standard library leaves one resource tracker running. Further ones only call themselves so."""
    text = (
        "import subprocess, sys\n"
        "def work(number):\n"
        "    for _ in range(number):\n"
        "        subprocess.Popen([sys.executable, '-c', 'input()', 'multiprocessing.resource_tracker'],\n"
        "                         stdin=subprocess.PIPE)\n"
    )
    assert [call(engine, made_world, text, number).left.processes for number in (1, 3)] == [0, 2]


def test_an_answer_without_the_rest_is_none(engine: Engine, made_world: World) -> None:
    """Who ends the process after the answer hides what the call left behind."""
    text = (
        "import gc, os, threading, time\n"
        "def work():\n"
        "    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
        "    gc.callbacks.append(lambda *_: os._exit(0))\n"
        "    return 1\n"
    )
    assert isinstance(call(engine, made_world, text).outcome, Died)


def test_operations_that_outlive_the_call_are_seen(engine: Engine, made_world: World) -> None:
    """An operation that is answered after the return is in flight at the return; a cancelled one is not."""
    job = made_world.operation("job", 60.0)
    forgotten = call(
        engine,
        made_world,
        "import threading\ndef work(job):\n    threading.Thread(target=job, daemon=True).start()\n"
        "    import time; time.sleep(0.3)",
        job,
    )
    assert forgotten.left.operations == 1
    cancelled = call(
        engine,
        made_world,
        """
        import asyncio
        async def work(job):
            task = asyncio.ensure_future(job())
            await asyncio.sleep(0.3)
            task.cancel()
            try: await task
            except asyncio.CancelledError: return "cancelled"
        """,
        job,
    )
    assert cancelled.outcome == Returned(value="cancelled")
    assert cancelled.left.operations == 0
    assert [span.outcome for span in cancelled.spans] == ["dropped"]


@pytest.mark.parametrize("error", [None, ConnectionError("refused")])
def test_an_operation_that_fails_soon_after_the_return_is_seen(
    engine: Engine, made_world: World, error: Exception | None
) -> None:
    """Its thread ends within the grace, so that nothing else tells that the call did not wait for its end."""
    job = made_world.operation("job", 0.06, error)
    text = "import threading\ndef work(job):\n    threading.Thread(target=job).start()"
    run = call(engine, made_world, text, job)
    assert (run.left.threads, run.left.operations) == ((), 1)


def test_what_python_only_prints_is_noted(engine: Engine, made_world: World) -> None:
    """An exception that ends a thread, and a coroutine that nobody awaits, are noted with their lines."""
    run = call(
        engine,
        made_world,
        """
        import threading
        def boom():
            raise ValueError("in the thread")
        def work():
            t = threading.Thread(target=boom)
            t.start(); t.join()
        """,
    )
    assert [(notice.kind, notice.line) for notice in run.notices] == [("thread died", 4)]
    run = call(engine, made_world, "async def helper(): pass\nasync def work():\n    helper()\n")
    assert [(notice.kind, notice.line) for notice in run.notices] == [("never awaited", 3)]


SILENCED = """
import asyncio, threading, warnings

threading.excepthook = lambda args: None
warnings.simplefilter("ignore")
asyncio.all_tasks = lambda loop=None: set()

def boom():
    raise ValueError("in the thread")

async def helper():
    await asyncio.sleep(5)

kept = []

async def work():
    helper()
    kept.append(asyncio.create_task(helper()))
    thread = threading.Thread(target=boom)
    thread.start()
    thread.join()
"""


def test_who_silences_python_hides_nothing(engine: Engine, made_world: World) -> None:
    """A hook for threads and a filter for warnings of its own, as any program may have; another all_tasks, as none."""
    run = call(engine, made_world, SILENCED)
    assert {(notice.kind, notice.line) for notice in run.notices} == {("thread died", 9), ("never awaited", 17)}
    assert len(run.left.tasks) == 1


ODDLY_NAMED = """
import asyncio, os, threading

name = os.fsdecode(b"page-\\xff.html")
lock = threading.Lock()
kept = []  # a task that waits for what nobody has is garbage, which Python collects when it happens to look

def waits():
    with lock:
        threading.Event().wait()

async def work(job):
    threading.Thread(target=waits, name=name, daemon=True).start()
    kept.append(asyncio.create_task(asyncio.Event().wait(), name=name))
    return await asyncio.create_task(job(), name=name)
"""


def test_names_need_not_be_valid_unicode(engine: Engine, made_world: World) -> None:
    """A file's name may be none. Threads, tasks and operations that are called by it are told, and are no forgery."""
    run = call(engine, made_world, ODDLY_NAMED, made_world.operation("job", 0.01, answer=lambda *_: "done"))
    assert run.outcome == Returned(value="done")
    assert [stack.who for stack in run.left.threads] == [r"thread page-\udcff.html"]
    assert [stack.who for stack in run.left.tasks] == [r"task page-\udcff.html"]
    assert [taken.who for taken in run.lock_times] == [r"page-\udcff.html"]


UNSPEAKABLE = """
import asyncio, threading

class Refused(Exception):
    def __str__(self):
        return self.reason

def boom():
    raise Refused

async def dies():
    raise Refused

async def work():
    thread = threading.Thread(target=boom)
    thread.start()
    thread.join()
    task = asyncio.create_task(dies())
    await asyncio.Event().wait()
"""


def test_an_exception_that_cannot_be_printed_is_noted(engine: Engine, made_world: World) -> None:
    """It ends a thread and a task, and the autopsy comes although its `__str__` raises."""
    run = call(engine, made_world, UNSPEAKABLE)
    assert isinstance(run.outcome, Hung)
    assert run.outcome.stacks != ()
    noted = [("thread died", "Refused: ", 9), ("task died", "Refused: ", 12)]
    assert [(notice.kind, notice.text, notice.line) for notice in run.notices] == noted


def test_forgotten_coroutines_are_told_once(engine: Engine, made_world: World) -> None:
    """Ten of them are one mistake; what Python prints names the learner's file, and nothing of ours."""
    run = call(
        engine, made_world,
        """
        import asyncio, traceback

        async def fetch(): pass

        async def work():
            kept = [fetch() for _ in range(10)]
            try:
                1 / 0
            except ZeroDivisionError:
                traceback.print_exc()
        """,
    )  # fmt: skip
    assert run.output.count("coroutine 'fetch' was never awaited") == 1
    assert 'File "attempt.py", line 9, in work' in run.output
    assert "aftermath" not in run.output
    assert "kata-" not in run.output


def test_who_wrote_a_function_is_said() -> None:
    """A name in a failure is one of the learner's own, or it is said whose it is."""
    assert Invocation("download_all").name == "download_all"
    assert Invocation("crowd", scenario=Path("scenario.py")).name == "scenario.py's crowd"


def test_a_messages_paths_are_short(engine: Engine, made_world: World) -> None:
    """The copy from which an attempt runs is gone when somebody reads of it."""
    outcome = call(engine, made_world, "def work(): raise OSError(__file__)").outcome
    assert isinstance(outcome, Raised)
    assert outcome.error.message == "attempt.py"


def test_breakpoint_without_a_terminal_says_what_to_do(engine: Engine, made_world: World) -> None:
    """breakpoint() in a captured run is an error that says how to get a prompt."""
    found = outcome.failure(call(engine, made_world, "def work():\n    breakpoint()\n"))
    assert found is not None
    assert "-s" in found.hint
    assert found.line == 2


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_pools_can_import_the_attempt(engine: Engine, made_world: World, method: str) -> None:
    """A process pool of the attempt finds the attempt's functions under every start method."""
    text = """
        from concurrent.futures import ProcessPoolExecutor
        def square(n): return n * n
        def work():
            with ProcessPoolExecutor(2) as pool:
                return list(pool.map(square, [1, 2, 3]))
        """
    run = call(engine, made_world, text, deadline_s=10, start_method=method)
    assert run.outcome == Returned(value=[1, 4, 9])
    assert run.left.processes == 0


def test_values_cross_unchanged(engine: Engine, made_world: World) -> None:
    """Arguments and results of all builtin types come through with their exact types."""
    value = [None, True, 1, -(2**70), 1.5, "ü\n", b"\x00\xff", (1, (2,)), {1, 2}, frozenset({3}), {1: "a", "b": [()]}]
    run = call(engine, made_world, "def work(x): return x", value)
    assert run.outcome == Returned(value=value)
    assert isinstance(run.outcome, Returned)
    assert [type(item) for item in run.outcome.value] == [type(item) for item in value]


def test_forged_frames_are_no_result(engine: Engine, made_world: World) -> None:
    """Garbage on the grader's own connection ends the attempt; it does not confuse the grader."""
    run = call(
        engine,
        made_world,
        """
        import os, time
        def work():
            for fd in range(3, 64):
                try: os.write(fd, b"\\xff" * 64)
                except OSError: pass
            time.sleep(60)
        """,
    )
    assert isinstance(run.outcome, Overrun | Hung | Died)


def test_the_next_call_is_unaffected_by_a_killed_one(engine: Engine, made_world: World) -> None:
    """After a kill, the next call starts afresh and is quick."""
    call(engine, made_world, DETACHED)
    call(engine, made_world, HANGS["in a loop"], deadline_s=0.3)
    started_s = time.perf_counter()
    run = call(engine, made_world, "def work(): return 42")
    assert run.outcome == Returned(value=42)
    assert time.perf_counter() - started_s < 1.0
