"""Threads and events, where an event tells all; an event loop, where it must be certain that nobody else comes."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

PATIENCE_S = 2


def call(pool, jobs):
    with_time_limit = ThreadPoolExecutor(1)
    try:
        return with_time_limit.submit(pool.run, jobs).result(PATIENCE_S)
    finally:
        with_time_limit.shutdown(wait=False)


def test_order(make_pool):
    third_is_over = threading.Event()

    def first(_):
        third_is_over.wait(PATIENCE_S)
        return "first"

    def third(_):
        third_is_over.set()
        return "third"

    assert call(make_pool(2), [first, lambda _: "second", third]) == ["first", "second", "third"]


def test_count(make_pool):
    together = threading.Barrier(3, timeout=PATIENCE_S)
    pool = make_pool(3)
    call(pool, [lambda _: together.wait()] * 3)
    assert pool.done == 3


def test_error(make_pool):
    closed, opened, failed = [], [], threading.Event()

    class Connection:
        def close(self):
            closed.append(self)

    def connect():
        opened.append(Connection())
        return opened[-1]

    def fail(_):
        failed.set()
        raise KeyError("nothing there")

    try:
        call(make_pool(2, connect), [lambda _: failed.wait(PATIENCE_S), fail, lambda _: None])
    except KeyError:
        assert set(opened) == set(closed)
    else:
        raise AssertionError("no error")


def test_empty(make_pool):
    assert call(make_pool(1), []) == []


async def test_limit(make_pool):
    inside, counts = set(), []

    async def job(_):
        me = object()
        inside.add(me)
        counts.append(len(inside))
        for _turn in range(3):
            await asyncio.sleep(0)
        inside.remove(me)

    await asyncio.wait_for(make_pool(3).run([job] * 6), PATIENCE_S)
    assert max(counts) <= 3
