"""Slips of the pen, seen in the text of an attempt."""

from __future__ import annotations

import pytest

from checker.judge.diagnosis import handed_over, slips
from checker.judge.diagnosis.outcome import NOT_IN_THERE, TOO_EARLY
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.codes import Code

LATE = """
for name in names:
    threads.append(Thread(target=lambda: greet(name)))
"""
IN_THE_LOOP = """
for name in names:
    async def one():
        await greet(name)
    tasks.append(create_task(one()))
"""
IN_ONE_LOOP = """
for each in threads:
    each.start()
    each.join()
"""


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("def f(barrier):\n    barrier.wait\n", "Line 2 only names `barrier.wait`"),
        (LATE, "`lambda: greet(name)` looks `name` up"),
        ("threads = [Thread(target=lambda: greet(name)) for name in names]", "looks `name` up"),
        ("threads = [Thread(target=lambda name=name: greet(name)) for name in names]", None),
        ("for name in names:\n    done.sort(key=lambda each: each == name)", None),
        ("fs = [pool.submit(lambda: greet(name)) for name in names]", "`submit(f, name)`"),
        ("for name in names:\n    pool.submit(lambda: greet(name)).result()", None),
        (IN_THE_LOOP, "`def one(name):`"),
        (IN_THE_LOOP.replace("one()", "one(name)"), None),
        (IN_THE_LOOP.replace("tasks.append(create_task(one()))", "asyncio.run(one())"), None),
        ("def f(x):\n    '''Text.'''\n    ...\n    x.wait()\n", None),
        ("async def f(tasks):\n    asyncio.gather(*tasks)\n", "Line 2 calls `asyncio.gather(...)`, and does not wait"),
        ("async def f(tasks):\n    all_of_them = asyncio.gather(*tasks)\n    await all_of_them\n", None),
        ("loop.call_later(keep, forget(key))", "`call_later(keep, forget, key)`"),
        ("def f(:", None),
        ("x" + ".a" * 500, None),
        ("-" * 20_000 + "1", None),
        ("x.wait\n" + "y" + "[0]" * 500, None),
    ],
    ids=lambda text: None if text is None else text[:30],
)
def test_slips(source: str, says: str | None) -> None:
    """What does nothing, or does it too late, is told in the names of the source; what is right is not."""
    said = slips.of(source)
    assert (said is None) if says is None else (said is not None and says in said)


def test_a_slip_comes_first() -> None:
    """Whatever follows from it; but what Python has said of an exception stays."""
    late, crashed = diagnosis(Code.ORDER, "Too early"), diagnosis(Code.CRASHED, "KeyError")
    assert "only names" in slips.hinted(late, "barrier.wait").hint
    assert slips.hinted(crashed, "barrier.wait()") == crashed
    assert slips.hinted(late, "barrier.wait()") == late


@pytest.mark.parametrize("hint", [NOT_IN_THERE, TOO_EARLY, None])
def test_what_was_only_named_is_missing_later(hint: str | None) -> None:
    """A KeyError, say, of a thread that was never started; a hint that knows the reason stays."""
    missing = diagnosis(Code.CRASHED, "work raised KeyError: 'a'", 7, hint)
    assert "Line 1 only names `thread.start`" in slips.hinted(missing, "thread.start").hint
    assert slips.hinted(missing, "Thread(target=lambda: x)") == missing
    known = diagnosis(Code.CRASHED, "work raised TypeError: ...", 7, "Another reason")
    assert slips.hinted(known, "thread.start") == known


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("Thread(target=f())", "calls `f` at once"),
        ("t = Thread(target=f)\nt.run()", "`start()` lets the new thread call it"),
        (IN_ONE_LOOP, "`each.join()` waits for this one"),
        ("for t in threads:\n    t.start()\nfor t in threads:\n    t.join()", None),
    ],
)
def test_why_all_is_done_in_one_thread(source: str, says: str | None) -> None:
    """Called, run instead of started, or joined before the next one is started."""
    said = handed_over.in_this_thread(source)
    assert (said is None) if says is None else (said is not None and says in said)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("Thread(target=f, args=(job))", "(job,)"),
        ("Thread(target=f, args=(urls[number]))", "(urls[number],)"),
        ("Thread(target=f, args=( self.url ))", "(self.url,)"),
        ("Thread(target=f, args=(\n    'a text'\n))", "('a text',)"),
        ("ThreadPoolExecutor(initializer=f, initargs=(job))", "`initargs=(job)` is no tuple"),
        ("Thread(target=f, args=(job,))", None),
        ("Thread(target=f, args=(job, ))", None),
        ("Thread(target=f, args=(a, b)[0])", None),
        ("Thread(target=f, args=(one + two))", None),
        ("Thread(target=f, args=tuples[0])", None),
        ("print((job)); Thread(target=f, args=job)", None),
        ("f(args=job)", None),
        ("\ud800", None),
    ],
)
def test_a_tuple_needs_a_comma(source: str, says: str | None) -> None:
    """`args=(job)` is the job alone."""
    said = handed_over.no_tuple(source)
    assert (said is None) if says is None else (said is not None and says in said)


@pytest.mark.parametrize(
    ("head", "kept", "late"),
    [
        ("def f():\n        return g(x)", "pages.append(f())", False),
        ("def f():\n        return g(x)", "pages.append(f)", True),
        ("def f():\n        return g(x)", "threads.append(Thread(target=f))", True),
        ("def f():\n        return g(x)", "Thread(target=f).start()", True),
        ("def f():\n        yield g(x)", "tasks.append(f())", True),
        ("async def f():\n        return g(x)", "tasks.append(create_task(f()))", True),
    ],
)
def test_what_is_called_in_the_loop_is_not_late(head: str, kept: str, late: bool) -> None:
    """Only a coroutine or a generator runs later than its call."""
    source = f"for x in xs:\n    {head}\n    {kept}\n"
    assert ("looks `x` up" in (slips.of(source) or "")) is late
