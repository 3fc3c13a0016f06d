"""Facts that lessons once had wrong, as they are: tried on 3.11 to 3.13."""

from __future__ import annotations

import pytest

from checker import catalog

LESSONS = {
    path.parent.name[:2] + kind: " ".join(path.read_text(encoding="utf-8").split())
    for kind, root in (("", catalog.own_exercises()), (" solution", catalog.own_solutions()))
    for path in root.glob("*/README.md")
}
TRUE = [
    ("01", "only one thread runs Python code at a time", "with a GIL, which not every build has"),
    ("03", "Next: [04 First come]", "in the order of the numbers"),
    ("04", "0.8 seconds in all", "what the check's mirrors take together"),
    ("11", "asyncio.eager_task_factory", "an eager task begins at once"),
    ("12", "Without it, `gather` cancels all, but waits only for the", "a cancelled gather waits for its children"),
    ("12 solution", "without it, `gather` would wait only for the first to end", "the same"),
    ("14", "asyncio.wrap_future(pool.submit(function, key))", "it does not block, either"),
    ("22", "ends in a RuntimeError with `ProcessPoolExecutor`; with `multiprocessing.Pool`", "pools at the top level"),
    ("22", "here, and in exercises 24 and 25", "where cores count"),
    ("22 solution", "by *forkserver* once that server runs", "what its start costs"),
    ("24", "only for more than 2047", "when a hasher lets go of the GIL"),
    ("25", "cythonize -i attempt.pyx", "a build that needs no setup.py"),
    ("25", "prange(..., nogil=True)", "prange alone keeps the GIL"),
    ("25 solution", "prange(..., nogil=True)", "the same"),
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
