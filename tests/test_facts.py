"""Facts that lessons and explanations once had wrong, as they are: tried on 3.11 to 3.14."""

from __future__ import annotations

import pytest

from checker import catalog, explanations

FILES = {
    **{path.parent.name[:2]: path for path in catalog.own_exercises().glob("*/README.md")},
    **{f"{path.parent.name[:2]} solution": path for path in catalog.own_solutions().glob("*/README.md")},
    **{path.stem: path for path in explanations.folder().glob("*.md")},
}
LESSONS = {name: " ".join(path.read_text(encoding="utf-8").split()) for name, path in FILES.items()}
TRUE = [
    ("01", "only one thread runs Python code at a time", "with a GIL, which not every build has"),
    ("03", "Next: [04 First come]", "in the order of the numbers"),
    ("03", "never more than 32", "of a pool's own number of threads"),
    ("04", "0.8 seconds in all", "what the check's mirrors take together"),
    ("08", "Around the loop and the opening:", "who cannot connect never arrives, either"),
    ("11", "asyncio.eager_task_factory", "an eager task begins at once"),
    ("11 solution", "`errors.exceptions[0]`", "except* binds a group"),
    ("12", "`errors.exceptions` above", "a TaskGroup has no exceptions, the group that it raises has"),
    ("12", "Without it, `gather` cancels all, but waits only for the", "a cancelled gather waits for its children"),
    ("12 solution", "without it, `gather` would wait only for the first to end", "the same"),
    ("14", "asyncio.wrap_future(pool.submit(function, key))", "it does not block, either"),
    ("15", "a second time is a RuntimeError", "of a token, in whatever context"),
    ("18", "`await asyncio.gather(feeder, *tasks, return_exceptions=True)`", "the feeder has the source to close"),
    ("18", "closes it as soon as nothing refers to it", "of a plain generator that is left"),
    ("18", "Who leaves a generator in a `TaskGroup` gets", "and nothing of the kind in a timeout"),
    ("22", "ends in a RuntimeError with `ProcessPoolExecutor`; with `multiprocessing.Pool`", "pools at the top level"),
    ("22", "here, and in exercises 24 and 25", "where cores count"),
    ("22 solution", "by *forkserver* once that server runs", "what its start costs"),
    ("23", "From Python 3.13 on, whoever only opens a block can say so", "by default it is counted as before"),
    ("24", "only for more than 2047", "when a hasher lets go of the GIL"),
    ("25", "cythonize -i attempt.pyx", "a build that needs no setup.py"),
    ("25", "prange(..., nogil=True)", "prange alone keeps the GIL"),
    ("25 solution", "prange(..., nogil=True)", "the same"),
    ("26", "An interpreter of Python 3.14 tries the same", "it runs the program again (cpython#133957)"),
    ("29", "(if an exception ended it, it has that one's frames)", "of the stack of a task that is done"),
    ("LEAK_SESSION", "only when somebody closes it, or when Python throws it away", "when a `finally` is reached"),
    ("MISSING", "or was not handed in", "the checker says MISSING of that, too"),
    ("NO_CANCEL", "one that nobody awaits afterwards may still be tidying up", "it is cancelled all the same"),
]
FALSE = [
    ("04", "1 s", "the check's own numbers are others"),
    ("04", "leave early", "a generator stays open while a variable holds it"),
    ("16", "one and a half seconds", "the check's own numbers are others"),
    ("22", "without end", "only Pool starts its workers for ever"),
    ("22", "here, and only here", "cores count in 24 and 25, too"),
]


@pytest.mark.parametrize(("lesson", "words", "what"), TRUE, ids=lambda text: text)
def test_it_is_told_as_it_is(lesson: str, words: str, what: str) -> None:
    """The words stand there."""
    assert words in LESSONS[lesson], what


@pytest.mark.parametrize(("lesson", "words", "what"), FALSE, ids=lambda text: text)
def test_it_is_not_told_any_more(lesson: str, words: str, what: str) -> None:
    """The words do not."""
    assert words not in LESSONS[lesson], what
