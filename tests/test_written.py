"""What is written in an attempt, and explains what was seen of it."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import written


def test_work_that_is_handed_over_and_forgotten() -> None:
    """The call is told as it is written, with its line."""
    said = written.thrown_away("def work():\n    for key in keys:\n        pool.submit(load, key)\n")
    assert said is not None
    assert said.startswith("`pool.submit(load, key)` gives a future, and line 3 does not keep it")


@pytest.mark.parametrize(
    "source", ["a = pool.submit(load)", "form.submit()", "tasks.append(submit(load))", "no Python", "\0"]
)
def test_what_is_kept_is_left_alone(source: str) -> None:
    """And what hands over nothing, or cannot be read."""
    assert written.thrown_away(source) is None


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        ("except OSError:\n    pass", "FileNotFoundError"),
        ("except BrokenExecutor:\n    pass", "BrokenProcessPool"),
        ("except futures.RuntimeError:\n    pass", "BrokenProcessPool"),
    ],
)
def test_an_except_takes_what_is_derived_from_it(handler: str, kind: str) -> None:
    """By the name of a base, too."""
    told = written.kept(f"try:\n    work()\n{handler}\n", kind)
    assert told is not None
    assert "`except` in line 3 keeps it to itself" in told


@pytest.mark.parametrize(
    ("handler", "keeps"),
    [
        ("except:\n    pass", True),
        ("except Exception as error:\n    print(error)", True),
        ("except (KeyError, ValueError):\n    return 0", True),
        ("except builtins.ValueError:\n    return 0", True),
        ("except KeyError:\n    return 0", False),
        ("except Exception:\n    raise", False),
    ],
)
def test_who_keeps_an_exception_to_itself(handler: str, keeps: bool) -> None:
    """An `except` that takes it, and raises nothing."""
    told = written.kept(f"try:\n    work()\n{handler}\n", "ValueError")
    assert (told is not None and "`except` in line 3 keeps it to itself" in told) is keeps


KEEPER = """
def keep():
    try:
        work()
    except Exception as error:
        kept.append(error)
Thread(target=keep).start()
"""
CLASS = """
class Keeper(threading.Thread):
    def run(self):
        try:
            work()
        except Exception:
            pass
"""


@pytest.mark.parametrize("source", [KEEPER, CLASS])
def test_in_a_thread_it_is_right_to_keep_an_exception(source: str) -> None:
    """What is missing there is that somebody raises it for the caller; in a pool's function it could pass."""
    told = written.kept(source, "ValueError")
    assert told is not None
    assert "keeps it from the thread, and that is right" in told
    in_a_pool = written.kept(KEEPER.replace("Thread(target=keep).start()", "pool.submit(keep)"), "ValueError")
    assert in_a_pool is not None
    assert "Let the exception pass" in in_a_pool


def test_a_return_in_a_finally_throws_an_exception_away() -> None:
    """It is named before any `except`."""
    told = written.kept("def f():\n    try:\n        g()\n    finally:\n        return 1\n", "ValueError")
    assert told is not None
    assert "`return` in line 5 stands in a `finally`" in told


def test_a_function_that_is_not_at_the_top_level() -> None:
    """It says where it is, and inside of what."""
    said = written.not_at_the_top("import os\nif __name__ == '__main__':\n    def work():\n        pass\n", "work")
    assert said is not None
    assert "`work` is defined in line 3, inside of `if __name__ == '__main__'`" in said
    assert written.not_at_the_top("def work():\n    pass\n", "work") is None
    assert written.not_at_the_top("def other():\n    pass\n", "work") is None


def test_threads_that_nobody_waits_for() -> None:
    """Started, and never joined."""
    assert written.never_joined("Thread(target=f).start()") is not None
    assert written.never_joined("t = threading.Thread(target=f)\nt.start()\nt.join()") is None
    assert written.never_joined("ThreadPoolExecutor(4)") is None


@pytest.mark.parametrize(
    ("call", "limited"),
    [
        ("thread.join(0.1)", True),
        ("thread.join(timeout=limit_s)", True),
        ("thread.join()", False),
        ("thread.join(None)", False),
        ("thread.join(timeout=None)", False),
        ("separator.join(names)", False),
        ("', '.join(names)", False),
    ],
)
def test_a_join_that_gives_up(call: str, limited: bool) -> None:
    """With a time limit it says nothing of the thread. Texts are joined, too."""
    said = written.joined_with_a_limit(f"start()\n{call}\n")
    assert (said is not None) is limited
    assert said is None or f"`{call}` in line 2" in said.replace('"', "'")


@pytest.mark.parametrize(
    ("call", "default"),
    [
        ("asyncio.to_thread(load, key)", True),
        ("loop.run_in_executor(None, load)", True),
        ("ThreadPoolExecutor()", True),
        ("ThreadPoolExecutor(thread_name_prefix='load')", True),
        ("ThreadPoolExecutor(max_workers=None)", True),
        ("ThreadPoolExecutor(max_workers=n)", False),
        ("futures.ThreadPoolExecutor(10)", False),
        ("loop.run_in_executor(pool, load)", False),
    ],
)
def test_a_pool_of_which_nobody_said_how_many(call: str, default: bool) -> None:
    """It has as many threads as the machine has cores, and four more."""
    assert (written.default_width(f"work = {call}\n") is not None) is default


@pytest.mark.parametrize(
    ("line", "each"),
    [
        ("asyncio.to_thread(asyncio.run, say(1))", True),
        ("pool.submit(serve, 1)", True),
        ("asyncio.to_thread(load, 1)", False),
        ("asyncio.run(asyncio.to_thread(load, 1))", False),
    ],
)
def test_who_gives_each_coroutine_a_loop_of_its_own(line: str, each: bool) -> None:
    """A wider pool would be of no use; one that is asked from a loop is another matter."""
    source = f"def serve(key):\n    asyncio.run(say(key))\nasync def work():\n    {line}\n"
    assert (written.loop_for_each(source) is not None) is each


@pytest.mark.parametrize(
    ("call", "at_once"),
    [
        ("pool.shutdown(wait=False, cancel_futures=True)", True),
        ("pool.shutdown(False)", True),
        ("pool.shutdown()", False),
        ("pool.shutdown(wait=True)", False),
        ("pool.shutdown(cancel_futures=False)", False),
    ],
)
def test_a_pool_that_is_left_at_once(call: str, at_once: bool) -> None:
    """Its threads go on with what they do."""
    said = written.shut_down_at_once(f"begin()\n{call}\n")
    assert (said is not None) is at_once
    assert said is None or f"`{call}` in line 2 does not wait" in said


@pytest.mark.parametrize(
    ("source", "beside"),
    [
        ("Thread(target=work).start()\nwork()\n", "`work()` in line 2 does the work in the thread that called it"),
        ("pool.submit(self.work, 1)\nself.work(2)\n", "`self.work(2)` in line 2"),
        ("Thread(target=work).start()\nother()\n", ""),
        ("Thread(target=lambda: work()).start()\nwork()\n", ""),
        ("form.submit()\n", ""),
    ],
)
def test_who_starts_threads_and_works_as_well(source: str, beside: str) -> None:
    """What a thread is made to do is called directly, too."""
    said = written.called_beside(source)
    assert (said is not None) is bool(beside)
    assert beside in (said or "")


@pytest.mark.parametrize(("line", "is_made"), [(None, True), (2, True), (1, False)])
def test_an_exception_that_the_attempt_has_made(line: int | None, is_made: bool) -> None:
    """Its own line makes it, or it was never raised."""
    said = written.made("begin()\nkept = FetchError(key, error)\n", "FetchError", line)
    assert (said is not None) is is_made
    assert said is None or "`FetchError(...)` in line 2 makes a new exception" in said
    assert written.made("begin()\n", "FetchError", None) is None


@pytest.mark.parametrize(("line", "is_told"), [(2, True), (1, False), (None, False)])
def test_a_line_that_sleeps(line: int | None, is_told: bool) -> None:
    """Where a program stood while it should have gone on."""
    said = written.sleeps("while True:\n    time.sleep(0.3)\n", line)
    assert (said is not None) is is_told
    assert said is None or said.startswith("Line 2 sleeps")


@pytest.mark.parametrize(
    ("line", "waits"),
    [("self.tasks.join()", True), ("thread.join()", False), ("', '.join(names)", False), ("tasks.get()", False)],
)
def test_a_queue_of_which_an_item_is_not_done(line: str, waits: bool) -> None:
    """Only that of a queue for which somebody calls `task_done`, and only in the line that waits."""
    source = f"consume(tasks.get())\ntasks.task_done()\n{line}\n"
    assert (written.never_done(source, 3) is not None) is waits
    assert written.never_done(source, 2) is None


@pytest.mark.parametrize(
    ("source", "waits"),
    [
        ("tasks = Queue()\ntasks.put(1)\ntasks.join()\n", True),
        ("tasks = queue.Queue()\ntasks.put(1)\nthread.join()\n", False),
        ("tasks = Buffer()\ntasks.put(1)\ntasks.join()\n", False),
    ],
)
def test_a_queue_of_which_no_item_is_ever_done(source: str, waits: bool) -> None:
    """`join()` of a queue without any `task_done()` in the file; not that of a thread, or of a class of one's own."""
    assert (written.never_done(source, 3) is not None) is waits


@pytest.mark.parametrize(
    ("line", "unseen"),
    [
        ("lock.acquire(timeout=LIMIT_S)", True),
        ("self.lock.acquire(True, 0.5)", True),
        ("lock.acquire(blocking=False)", True),
        ("lock.acquire(False)", True),
        ("lock.acquire()", False),
        ("lock.acquire(True)", False),
        ("lock.acquire(timeout=-1)", False),
        ("semaphore.acquire(timeout=None)", False),
        ("got = lock.acquire(timeout=1)", False),
        ("await semaphore.acquire()", False),
    ],
)
def test_who_goes_on_without_the_lock(line: str, unseen: bool) -> None:
    """Whoever does not wait for ever has to look whether it was there."""
    said = written.went_on_without(f"start()\n{line}\n")
    assert (said is not None) is unseen
    assert said is None or said.startswith(f"`{line}` in line 2 ")
