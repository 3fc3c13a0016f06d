import os
import random

import pytest

from checker.checks import Code, Inputs, WarmPool

BLOCK = 100_000
"""The scenario's pictures repeat a block of so many pixels."""
LARGE = 1_000_000
"""Pixels of a picture of 3 MB, which repeats nothing."""
MOST_KB = 300
"""May go between the processes; two tasks and two results of 256 numbers are less than 5."""
LEAVE_IT_THERE = (
    "Arguments and results are pickled, written into a pipe, read and unpickled. Put the picture where all processes "
    "can reach it. Send a worker only where its part lies, in a few large tasks, and let it send back only its counts. "
    "A file that is written and read goes through the processes, too: `mmap` it."
)

SHARE = 0.1
"""Of the pixels may be counted by the caller: a rest that does not divide evenly."""
SHARE_OF_TIME = 0.25
"""Of the CPU time may be the caller's, who copies the picture and adds up the counts."""
GIVE_ALL = "The given pool does the work: hand it every part, also the last one."
NO_HALF = "Cut where a pixel begins: count pixels, and multiply by 3 for the bytes."
ITS_LENGTH = (
    "A block has one byte at least, and on some systems more than you asked for. Tell the workers how long the picture "
    "is, `len(data)`: `block.size` is how long the block is."
)
DELETE_IT = "Delete the file in a `finally`, as you would unlink a block: also when the pool breaks."
LOOK_FIRST = "Look at the number of bytes before you cut it into parts: each part may be whole, and the picture not."


def warm(workers):
    return WarmPool(workers, shared_memory=True)


def shades(data):
    """What is right, counted by the grader."""
    counts = [0] * 256
    for red, green, blue in zip(data[0::3], data[1::3], data[2::3], strict=True):
        counts[(299 * red + 587 * green + 114 * blue) // 1000] += 1
    return counts


@pytest.mark.points(1)
def test_the_counts_are_right(attempt):
    """The counts are right: of a small picture, of one pixel, of none, and where the pixels do not divide evenly."""
    for pixels, workers in ((100, 2), (101, 2), (1000, 3), (1, 2), (2, 5), (0, 2), (50, 1)):
        data = random.randbytes(3 * pixels)
        run = attempt.histogram(data, workers, warm(workers))
        # Parts of as many bytes may be whole pixels, and with fewer pixels than workers a part may have none: then a
        # ValueError is another mistake.
        cut = pixels > workers and 3 * pixels // workers % 3 != 0 and run.raised("ValueError")
        run.expect(not cut, Code.CRASHED, "A part of the picture began or ended in the middle of a pixel", NO_HALF)
        longer = not pixels and run.raised("ValueError") and "whole pixels" in run.observed.outcome.error.message
        run.expect(not longer, Code.CRASHED, "Of a picture of no pixel, more than nothing was counted", ITS_LENGTH)
        run.expect_result(shades(data))
    attempt.histogram(bytes(3 * PLAIN), 2, warm(2)).expect_result([PLAIN, *[0] * 255])


PLAIN = 140_000
"""Pixels of one shade: in each of two parts more than 16 bits can count."""


@pytest.mark.points(1)
def test_half_a_pixel_is_refused(attempt):
    """Half a pixel is a ValueError, and no shared memory is left then, either."""
    run = attempt.histogram(random.randbytes(3 * 100 + 1), 2, warm(2))
    run.expect_refused("ValueError", "301 bytes are no whole pixels", LOOK_FIRST)
    run.expect_nothing_left()


@pytest.mark.points(3)
def test_hardly_anything_is_pickled(attempt, world):
    """The given pool counts a picture of 3 MB, less than 300 kB go from process to process, and it is left open."""
    data = os.urandom(3 * LARGE)
    counts, pictures = shades(data), [data]
    picture = world.operation("picture", 0.0, answer=lambda _caller: pictures.pop())  # once: no worker can ask for it
    run = attempt.scenario.histogram_in_a_pool(picture, 2, warm(2))
    seen = run.told
    if seen.get("counts") == counts:  # a wrong count says more
        run.expect_given_pool("histogram", used=seen.get("used") is True, left_open=seen.get("left open") is True)
        here = seen.get("here", 0)
        run.expect(here < SHARE * LARGE, Code.WRONG_TOOL, f"{here:,} pixels were counted by the caller", GIVE_ALL)
    own = {name: seen.get(name) for name in ("here", "here_s")}
    run.expect_result({"counts": counts, "used": True, "left open": True, **own})
    run.expect_little_transferred(MOST_KB, LEAVE_IT_THERE)
    here_s, all_s = seen.get("here_s", 0.0), run.observed.cpu.cpu_s
    told = f"Of {all_s:.2f} seconds of computing, {here_s:.2f} were the caller's own"
    run.expect(here_s < SHARE_OF_TIME * all_s, Code.WRONG_TOOL, told, GIVE_ALL)


@pytest.mark.points(1)
def test_nothing_is_left_when_it_goes_wrong(attempt):
    """The pool does the work, and no shared memory is left, also when the pool breaks on the way."""
    seed = random.randrange(10**9)
    attempt.scenario.histogram(seed, BLOCK + 1, 2, warm(2)).expect_nothing_left()
    for most, kind in ((None, "BrokenProcessPool"), (1, "RuntimeError")):
        run = attempt.scenario.histogram_in_a_broken_pool(seed, BLOCK + 1, 2, warm(2), most)
        if not run.raised(kind):
            run.expect_given_pool("histogram", used=run.value == {"used": True}, left_open=True)
        run.expect_raised(kind)
        run.expect_nothing_left()
    expect_nothing_behind(attempt.scenario.left_behind(seed, BLOCK + 1, 2, warm(2)))


def expect_nothing_behind(run):
    """No file with the picture stays."""
    left = run.told
    files, of_a_broken_pool = left.get("files", 0), left.get("files of a broken pool", 0)
    run.expect(not files, Code.LEAK_SHM, "The file with the picture was not deleted", DELETE_IT)
    run.expect(not of_a_broken_pool, Code.LEAK_SHM, "When the pool broke, the picture's file stayed", DELETE_IT)


@pytest.mark.points(4)
def test_two_cores_do_it_faster_than_one(race):
    """Two cores count four million pixels at least 1.5 times faster than one."""

    def large_picture(scale):
        return Inputs((random.randrange(10**9), int(4_000_000 * scale), 2, warm(2)))

    race.run("histogram", large_picture, driver="scenario.py")
