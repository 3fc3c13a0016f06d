from hashlib import sha3_512
from pathlib import Path

import pytest

from checker.checks import AnError, Code, Inputs, in_words

MIB = 2**20
POOL_SIZE = (
    "Tell the pool how many threads it may have: `ThreadPoolExecutor(workers)`. Without a number it has a size of its "
    "own, and so has the pool of `asyncio.to_thread`. Threads that you make yourself share the files among them."
)
AS_IT_CAME = "Open it, and keep the exception that comes. Who asks first whether it is there can only guess why not."
AS_GIVEN = "The keys are the paths as they were given: `str(Path(path))` may be another text."
HELPERS = 4
"""The main thread, and the three that a multiprocessing.pool.ThreadPool needs to look after its workers."""


def digests(*files):
    """What the scenario's digest_all must return: the first eight digits of each digest."""
    return [sha3_512(file.content).hexdigest()[:8] for file in files]


@pytest.mark.points(1)
def test_digests_are_right_and_in_order(attempt, world):
    """Digests are right, also of no file, and in the order of the paths, even when the first file is the largest."""
    sizes = {"large": 8 * MIB, "empty": 0, "one byte": 1, "one piece": MIB, "odd": 3 * MIB + 1234, "small": 5000}
    sizes["last"] = 3000  # seven files do not divide evenly among two workers
    files = [world.file(size, name) for name, size in sizes.items()]
    last = files[-1]
    attempt.digest_all([], 2).expect_result({})
    attempt.digest_all([last.path], 1).expect_result({last.path: sha3_512(last.content).hexdigest()})
    as_given = f"{Path(last.path).parent}/./{Path(last.path).name}"
    with in_words(Code.WRONG_RESULT, "A path such as `a/./b` has no digest, or not under this name", AS_GIVEN):
        attempt.digest_all([as_given], 1).expect_result({as_given: sha3_512(last.content).hexdigest()})
    odd = files[4]
    attempt.digest_all([odd.path], 1).expect_result({odd.path: sha3_512(odd.content).hexdigest()})
    run = attempt.scenario.digest_all([file.path for file in files], 2)
    of_none = set(run.value) - set(digests(*files)) if all(isinstance(each, str) for each in run.value) else ()
    told = f"Alone each file has its digest, and of seven files {len(of_none)} have one that belongs to none of them"
    run.expect(not of_none, Code.WRONG_RESULT, told, OF_ITS_OWN)
    run.expect_result(digests(*files))
    changed = files[-2]
    change = world.operation("change", 0.0, answer=lambda _caller: changed.renew())
    run = attempt.scenario.digest_again([files[2].path, changed.path], [last.path, changed.path], 2, change)
    told = "A second call, with another path and a file that has changed, did not give their digests"
    run.expect(run.value == digests(last, changed), Code.WRONG_RESULT, told, ANEW)


OF_ITS_OWN = (
    "A hasher adds up all that it is given, and `hexdigest()` does not begin anew. Make one for each file, where the "
    "file is opened: not one for all, and not one for each thread."
)
ANEW = (
    "A dictionary at the top of the file, or as the default of an argument, is kept from one call to the next, and so "
    "is what `functools.cache` remembers. Make it inside `digest_all`, and read each file anew."
)


@pytest.mark.points(0.5)
def test_a_missing_file_is_reported_in_its_place(attempt, world):
    """What cannot be read, missing files and a folder, is reported in its place, and all others are there."""
    # The first is the largest: in the order in which they are done, it would not be in its place.
    first, last = world.file(6 * MIB, "first"), world.file(3000, "last")
    gone = [world.folder.missing(name) for name in ("gone", "gone too", "lost")]  # more than workers, before the last
    within = f"{last.path}/page 1"  # a path through a file: NotADirectoryError, but on Windows
    run = attempt.scenario.digest_all([first.path, *gone, str(world.folder.path), within, last.path], 2)
    missing, unreadable = AnError(type="FileNotFoundError"), AnError(type="OSError")  # Windows: PermissionError
    run.expect_result([*digests(first), *[missing] * len(gone), unreadable, unreadable, *digests(last)])
    gone_too = run.value[1 + len(gone)].type == "FileNotFoundError"
    run.expect(not gone_too, Code.WRONG_RESULT, "A folder, which is there, has a FileNotFoundError", AS_IT_CAME)


@pytest.mark.points(0.5)
def test_a_large_file_needs_little_memory(attempt, world):
    """A large file needs little memory, because it is read in pieces."""
    file = world.file(64 * MIB)
    run = attempt.digest_all([file.path], 2)
    run.expect_result({file.path: sha3_512(file.content).hexdigest()})
    run.expect_memory(at_most_mib=32)


@pytest.mark.points(1)
def test_threads_of_one_process(attempt, world):
    """One process is enough, with no more threads than workers, and none is left."""
    files = [world.file(4 * MIB) for _ in range(10)]
    run = attempt.digest_all([file.path for file in files], 1)
    run.expect_processes(at_most=1)
    with in_words(Code.WRONG_TOOL, "With one worker, digest_all used several threads", POOL_SIZE):
        run.expect_threads(at_most=1 + HELPERS)
        run.expect_cores(at_most=1)  # of these threads, one computes
    run.expect_nothing_left()


@pytest.mark.points(7)
def test_two_threads_are_faster_than_one(race, world):
    """Two threads digest twelve files at least 1.5 times faster than one."""
    files = []

    def twelve_files(scale):
        """The same files with another content in each round: nobody can have remembered their digests."""
        files.extend(world.file(16 * MIB) for _ in range(len(files), round(12 * scale)))
        for file in files:
            file.renew()
        return Inputs(([file.path for file in files], 2))

    race.run("digest_all", twelve_files, gil_free=True)
