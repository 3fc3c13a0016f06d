"""Runs the tests of an attempt on pools that do what the world tells them: whether one is right, nobody knows here."""

import asyncio
import inspect
import itertools
import queue
import threading
import time
import traceback

from checker.attempt.wire import said

NUMBERS = itertools.count()
MOST_SAID = 200
"""Characters of what a test that failed said."""


def run_tests(attempt, tell) -> dict[str, list[object]]:
    """Run every test on the pools that `tell` stands for. Return what each test that failed said, and at which line."""
    tests = {name: test for name, test in vars(attempt).items() if name.startswith("test_") and callable(test)}
    failures = {}
    for name, test in tests.items():
        try:
            _called(test, lambda limit, connect=Connection: Pool(tell, limit, connect))
        except BaseException as error:
            failures[name] = [said(error, MOST_SAID), _line(error, test)]
    return failures if tests else attempt.test_  # which is not there


def run_tests_on_each(attempt, suite, report, tells) -> None:
    """Run every test on several kinds of pools, one after the other, and report what failed on which."""
    for number, tell in enumerate(tells, 1):
        suite.begin("", 60.0)
        report(number, run_tests(attempt, tell))
    suite.end("")


def _line(error, test):
    """The innermost line of the test's own file, where it was raised; None if there is none."""
    file = getattr(getattr(test, "__code__", None), "co_filename", None)
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == file]
    return lines[-1] if lines else None


def _called(test, make_pool):
    """An `async def` gets an event loop of its own."""
    if inspect.iscoroutinefunction(test):
        asyncio.run(test(make_pool))
    else:
        test(make_pool)


class Connection:
    """What a job gets, if the test does not say how to connect."""

    def close(self):
        """Nothing to do."""


class Pool:
    """Does jobs as it is told: in tasks where `run` is called on an event loop, in threads elsewhere."""

    def __init__(self, tell, limit, connect):
        self._tell = tell
        self._number = next(NUMBERS)
        self._limit = limit
        self._connect = connect
        self._telling = threading.Lock()  # two runs in two threads: an older answer must not come last
        self.done = 0

    def run(self, jobs):
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return self._run_in_threads(list(jobs))
        return self._run_in_tasks(list(jobs))

    def _steps(self, jobs, results, errors):
        """What to do, step by step: ("start", job and connection), ("rest", seconds), ("wait", nothing).

        After "rest" and "wait", it wants to know which jobs have ended. In the end it returns, or raises, as the pool
        has to.
        """
        connections = {}
        run, instructions = self._tell("run", self._number, self._limit, len(jobs))
        while True:
            ended = None
            for what, which in instructions:
                if what == "rest":
                    ended = yield "rest", which
                elif what == "start":
                    connections |= {job: self._connect() for job in which}
                    for job in which:
                        yield "start", (job, connections[job])
                elif what == "close":
                    connections[which].close()
                elif what == "return":
                    return [results.get(job) for job in which]
                else:
                    raise errors[which]
            if ended is None:
                ended = yield "wait", None
            with self._telling:
                self.done, instructions = self._tell("ended", run, [[job, job in results] for job in ended])

    async def _run_in_tasks(self, jobs):
        results, errors, tasks, ended = {}, {}, [], asyncio.Queue()

        async def work(job, connection):
            try:
                result = jobs[job](connection)
                results[job] = await result if inspect.isawaitable(result) else result
            except BaseException as error:  # whatever it is: it is the job's error, as it is in a thread
                errors[job] = error
            ended.put_nowait(job)

        steps, answer = self._steps(jobs, results, errors), None
        try:
            while True:
                what, which = steps.send(answer)
                answer = None
                if what == "start":
                    tasks.append(asyncio.create_task(work(*which)))
                    continue
                first = [await ended.get()] if what == "wait" else await asyncio.sleep(which, [])
                answer = [*first, *(ended.get_nowait() for _ in range(ended.qsize()))]
        except StopIteration as end:
            return end.value
        finally:
            for task in tasks:
                task.cancel()

    def _run_in_threads(self, jobs):
        results, errors, ended = {}, {}, queue.SimpleQueue()

        def work(job, connection):
            try:
                results[job] = jobs[job](connection)
            except BaseException as error:
                errors[job] = error
            ended.put(job)

        steps, answer = self._steps(jobs, results, errors), None
        try:
            while True:
                what, which = steps.send(answer)
                answer = None
                if what == "start":
                    threading.Thread(target=work, args=which, daemon=True).start()
                    continue
                first = [ended.get()] if what == "wait" else time.sleep(which) or []
                answer = [*first, *(ended.get() for _ in range(ended.qsize()))]
        except StopIteration as end:
            return end.value
