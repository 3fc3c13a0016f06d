"""A function that is called where it should be handed over: seen in the source, and said in its names."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import handed_over
from tests.evidence import run, span


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Thread(target=job())", "Thread(target=job)"),
        ("threading.Thread(target=keep('a', job), daemon=True)", "Thread(target=keep, args=('a', job))"),
        ("Thread(target=keep(job))", "Thread(target=keep, args=(job,))"),
        ("pool.submit(download(url))", "submit(download, url)"),
        ("asyncio.to_thread(load(key, again=True))", "to_thread(load, key, again=True)"),
        ("loop.run_in_executor(None, load(key))", "run_in_executor(None, load, key)"),
        ("ThreadPoolExecutor(4, initializer=begin())", "ThreadPoolExecutor(initializer=begin)"),
        ("loop.call_later(keep, self.forget(key))", "call_later(keep, self.forget, key)"),
        ("loop.add_signal_handler(SIGTERM, ended.set())", "add_signal_handler(SIGTERM, ended.set)"),
        ("Thread(target=keep(job, again=True))", "Thread(target=functools.partial(keep, job, again=True))"),
        ("run_in_executor(None, load(again=True))", "run_in_executor(None, functools.partial(load, again=True))"),
        ("loop.call_later(1, f(x=2))", "call_later(1, functools.partial(f, x=2))"),
        ("task.add_done_callback(forget(key))", "add_done_callback(lambda _: forget(key))"),
        ("pool.submit(session.get(url))", "submit(session.get, url)"),
        ("ThreadPoolExecutor(initializer=begin(1))", "ThreadPoolExecutor(initializer=begin, initargs=(1,))"),
    ],
)
def test_a_call_is_written_as_it_should_be(wrong: str, right: str) -> None:
    """The learner's own names and arguments, in the form that hands the function over."""
    source = f"def work():\n    a = {wrong}\n"
    said = handed_over.called(source) or handed_over.called_for_the_loop(source)
    assert said is not None
    assert said.endswith(f"`{right}`.")


@pytest.mark.parametrize(
    "source",
    [
        "Thread(target=job)",
        "Thread()",
        "pool.submit(download, url)",
        "pool.submit(partial(download, url))",
        "pool.submit(functools.partial(download, url))",
        "pool.submit(lambda: download(url))",
        "asyncio.to_thread(getattr(ledger, name), amount)",
        "loop.run_in_executor(pool(), load, key)",
        "pool.submit(waiting.popleft())",
        "loop.call_soon(ready.get())",
        "self.submit(fetch(key))\nasync def fetch(key): ...\n",
        "loop.run_in_executor(None)",
        "form.submit()",
        "task.add_done_callback(forget(key))\ndef forget(key):\n    return lambda task: tasks.pop(key)\n",
        "Thread(target=Consumer(buffer))\nclass Consumer:\n    def __call__(self): ...\n",
        "pool.submit(ByName.of(f))\nclass ByName:\n    def __call__(self): ...\n",
        "Thread(target=B(1))\nclass A:\n    def __call__(self): ...\nclass B(A): ...\n",
        "Thread(target=make(1))\ndef make(x):\n    return partial(f, x)\n",
        "Thread(target=self.make())\ndef run(self): ...\ndef make(self):\n    return self.run\n",
        "pool.submit(choose(1))\ndef f(): ...\ndef choose(x):\n    return f\n",
        "print(job())",
        "this is no Python",
        "\0",
    ],
)
def test_what_is_handed_over_rightly_is_left_alone(source: str) -> None:
    """Functions, and calls that make one; and what cannot be read."""
    assert handed_over.called(source) is handed_over.called_for_the_loop(source) is None
    assert handed_over.called_for_the_loop(source) is None


def test_a_function_that_gives_a_value_is_called_too_early() -> None:
    """Neither a plain class nor a function that returns no function makes something to call."""
    source = "Thread(target=job())\ndef job():\n    return answer\nclass Other:\n    def __call__(self): ...\n"
    assert "Hand over the function itself" in (handed_over.called(source) or "")


def test_only_where_one_thread_asked_for_all_it_was_a_call() -> None:
    """Threads that each asked for something are joined too early, or wait for each other: that is another mistake."""
    source = "a = Thread(target=job())\n"
    alone = run(source=source, spans=(span(0, 0.1, caller="thread 7"), span(0.1, 0.2, caller="thread 7")))
    apart = run(source=source, spans=(span(0, 0.1, caller="thread 7"), span(0.1, 0.2, caller="thread 8")))
    assert "Hand over the function itself" in (handed_over.serial_hint(alone) or "")
    assert handed_over.serial_hint(apart) is None
    ran = run(source="a = Thread(target=job)\na.run()\n", spans=alone.spans)
    assert "`start()`" in (handed_over.serial_hint(ran) or "")
    pool = run(source="executor.submit(job)\n", spans=alone.spans)
    assert handed_over.serial_hint(pool) is None


OWN_THREAD = """
class WorkerThread(threading.Thread):
    def run(self):
        super().run()

for t in [WorkerThread()]:
    t.start()
"""


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("Thread(target=f).run()", True),
        ("for t in [Thread(target=f)]:\n    t.run()", True),
        ("ts = [Thread(target=f) for f in fs]\n[t.run() for t in ts]", True),
        ("ts = []\nfor f in fs:\n    ts.append(Thread(target=f))\nfor i, t in enumerate(ts):\n    t.run()", True),
        ("self.thread = threading.Thread(target=f)\nself.thread.run()", True),
        (f"{OWN_THREAD}    t.run()", True),
        (OWN_THREAD, False),
        ("t = Thread(target=scheduler.run)\nt.start()\nscheduler.run()", False),
        ("pool = Pool([Thread(target=f)])\npool.run()", False),
        ("t = Thread(target=f)\nt.start()\ncopy_context().run()", False),
    ],
)
def test_who_runs_a_thread_himself(source: str, runs: bool) -> None:
    """`run()` of a thread, and not that of something else: a method's own, a scheduler's, a context's."""
    assert ("`start()` lets the new thread" in (handed_over.in_this_thread(source) or "")) is runs
