"""Tests for a worker pool: they let time pass, and then look.

Each test gets `make_pool`. A pool does jobs at the same time, on an event loop or in threads:

    pool = make_pool(limit)             each run has at most `limit` jobs at once; or make_pool(limit, connect)
    results = pool.run(jobs)            in a `def`: each job is called in a thread of its own
    results = await pool.run(jobs)      in an `async def`: each job is an `async def`, in a task of its own
    pool.done                           how many jobs of this pool have ended without an error

1. Jobs are begun in the order of the list, each once, and the next as soon as there is a place.
2. Results come in the order of the jobs.
3. For each job, the pool calls connect(), calls job(connection), and closes it: connection.close().
4. If a job fails, no further job is begun, those that run are waited for, and `run` raises the first error.
5. `run` always comes back when its jobs do, also if there are none.
"""

import threading
import time


class Connection:
    """What a job gets: a test can see whether somebody has closed it."""

    closed = False

    def close(self):
        self.closed = True


def job(result, seconds):
    """A job that takes so many seconds."""

    def work(connection):
        time.sleep(seconds)
        if isinstance(result, Exception):
            raise result
        return result

    return work


def run(pool, jobs):
    """What pool.run(jobs) returns or raises, if it comes back within two seconds."""
    ends = []

    def call():
        try:
            ends.append((pool.run(jobs), None))
        except Exception as error:
            ends.append((None, error))

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(2.0)
    assert ends, "run does not come back"
    results, error = ends[0]
    if error is not None:
        raise error
    return results


def test_results_come_in_the_order_of_the_jobs(make_pool):
    jobs = [job("a", 0.16), job("b", 0.03), job("c", 0.03)]
    assert run(make_pool(2), jobs) == ["a", "b", "c"]


def test_never_more_than_the_limit(make_pool):
    running, most, lock = 0, 0, threading.Lock()

    def work(connection):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.07)
        with lock:
            running -= 1

    run(make_pool(2), [work] * 4)
    assert most == 2


def test_every_job_is_counted(make_pool):
    pool = make_pool(2)
    run(pool, [job("a", 0.06), job("b", 0.06)])
    assert pool.done == 2


def test_an_error_reaches_the_caller_and_every_connection_is_closed(make_pool):
    connections = []

    def connect():
        connections.append(Connection())
        return connections[-1]

    try:
        run(make_pool(2, connect), [job("a", 0.07), job(ValueError("no paper"), 0.02)])
    except ValueError:
        assert all(connection.closed for connection in connections)
    else:
        raise AssertionError("nobody heard of the error")


def test_no_jobs_are_no_problem(make_pool):
    assert run(make_pool(2), []) == []
