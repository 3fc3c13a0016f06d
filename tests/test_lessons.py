"""Every program in a README runs and prints what stands below it; every attempt there gets all points."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from checker.model.answer import AttemptResult, Verdict
from tests import lessons
from tests.lessons import Block
from tests.test_attempts import EXERCISES, grade_all, said

AT_A_TIME = 4
ALL = [block for file in lessons.readmes() for block in lessons.blocks(file, file.read_text(encoding="utf-8"))]
PROGRAMS = [block for block in ALL if not block.attempt]
ATTEMPTS = [block for block in ALL if block.attempt]
COVERAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
TAUGHT = re.findall(
    r"^\| (.+?) \| \[(\d\d)\]\(\.\./exercises/(\w+)/README\.md\) \| (.+?) \|$", COVERAGE.read_text(), re.M
)
"""Rows of the table: topic, number, folder, words to look for."""
pytestmark = pytest.mark.timeout(600)
"""The first test waits until all have run."""

README = """
```python
print("one")
```

```text
one
```
<!-- attempt -->
```python
def run(): ...
```
Some words.
```text
not printed by it
```
"""


def label(block: Block) -> str:
    return f"{block.file.parent.parent.name}-{block.file.parent.name[:2]}-{block.line}"


def test_blocks_are_found() -> None:
    """A block's output directly follows it; the line before it says whether it is an attempt."""
    program, attempt = lessons.blocks(Path("README.md"), README)
    assert (program.line, program.code, program.printed, program.attempt) == (2, 'print("one")\n', "one\n", False)
    assert (attempt.line, attempt.code, attempt.printed, attempt.attempt) == (10, "def run(): ...\n", "", True)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Path, int], str]:
    """What each program prints, by its place."""
    root = tmp_path_factory.mktemp("lessons")
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        texts = pool.map(lambda block: lessons.run(block, root / label(block)), PROGRAMS)
        return {(block.file, block.line): text for block, text in zip(PROGRAMS, texts, strict=True)}


@pytest.mark.parametrize("block", PROGRAMS, ids=label)
def test_it_prints_what_stands_below(printed: dict[tuple[Path, int], str], block: Block) -> None:
    """Exactly that, and no error; a program without a block of text below it prints nothing."""
    assert printed[block.file, block.line] == block.printed


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, AttemptResult]:
    """Of each attempt in a README, by the README."""
    root = tmp_path_factory.mktemp("attempts")
    files = {block: _written(block, root) for block in ATTEMPTS}
    return grade_all(list(files.values()))


def _written(block: Block, root: Path) -> Path:
    """The attempt as a file of its own, in a folder named like its exercise."""
    exercise = EXERCISES[block.file.parent.name]
    file = root / exercise.folder.name / f"line_{block.line}_{exercise.attempt}"
    file.parent.mkdir(exist_ok=True)
    file.write_text(block.code)
    return file


@pytest.mark.parametrize("block", ATTEMPTS, ids=label)
def test_an_attempt_gets_all_points(results: dict[Path, AttemptResult], block: Block) -> None:
    """What a README says would also work does, verbatim."""
    name = block.file.parent.name
    result = next(
        results[path] for path in results if path.parent.name == name and path.name.startswith(f"line_{block.line}_")
    )
    if EXERCISES[name].bound_by == "cpu" and result.verdict is Verdict.INCONCLUSIVE:
        pytest.skip(next(check.why for check in result.checks if check.why))
    assert result.verdict is Verdict.PASSED, said(result)
    assert result.score == result.max_score


@pytest.mark.parametrize("row", TAUGHT, ids=lambda row: f"{row[1]}-{row[0]}")
def test_every_topic_is_taught_where_it_is_said_to_be(row: tuple[str, str, str, str]) -> None:
    """The words to look for stand in the README of that exercise."""
    _, number, folder, words = row
    assert folder.startswith(number)
    readme = EXERCISES[folder].folder / "README.md"
    assert words in " ".join(readme.read_text(encoding="utf-8").split())


def test_no_exercise_is_left_out_of_what_is_taught() -> None:
    """Each teaches something that is listed."""
    assert {folder for _, _, folder, _ in TAUGHT} == set(EXERCISES)


@pytest.mark.parametrize("name", EXERCISES)
def test_there_is_a_program_to_run(name: str) -> None:
    """Every exercise shows its tool in a program that prints something."""
    assert any(block.printed for block in PROGRAMS if block.file.parent == EXERCISES[name].folder)
