"""A clone with an environment of its own, in which commands of README.md and docs/*.md run as they are written.

README's take minutes: they are in a file of tests of their own, because the whole suite runs a file in each process.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pexpect
import pytest

from checker.classroom import classwork
from checker.gradebook.gradebook import Gradebook
from checker.model.record import Record
from tests import clean, documented, graded_class
from tests.documented import ROOT, Command

PATIENT = pytest.mark.timeout(3600)
"""The first test of a page waits until all of its commands have run."""
EACH_S = 900
INSTALL = "pip install -e . && pytest exercises/03"
NO_INDEX = "this version is on no index yet"
ONLY_NAMED = "names the command, and leaves out what it is for"
FLEET = "tests/test_fleet.py runs it, with the others of the cluster"
NOT_HERE = {
    "pip install concurrency-kata": NO_INDEX,
    "pip install -U concurrency-kata": NO_INDEX,
    "pip install 'concurrency-kata[fleet]'": NO_INDEX,
    "pip install -e '.[dev]' && pytest tests": "this is what runs now: .ci/run does it",
    "pytest tests/attacks": "takes minutes; .github/workflows/tests.yml has a job for it",
    "checker lint": "that takes minutes, and other tests grade all stubs and solutions",
    "pytest --cov=exercises": "this needs pytest-cov, which the project does not",
    "pytest exercises": "the same as `pytest`, of the README",
    "checker grade": ONLY_NAMED,
    "checker init": ONLY_NAMED,
    "checker new-course": ONLY_NAMED,
    "systemd-run --user --scope -p Delegate=yes checker grade submissions/ --gradebook class.db": (
        "needs a user's own systemd: .github/workflows/tests.yml runs what it does"
    ),
    "dask scheduler": FLEET,
    "dask worker tcp://scheduler:8786 --nworkers 1 --nthreads 16 --resources slots=16": FLEET,
    "dask worker --nworkers 1 --nthreads 16 --resources slots=16": FLEET,
    "checker grade submissions/ --gradebook class.db --scheduler tcp://scheduler:8786": FLEET,
}
"""What is not run here, and why."""
ANOTHER_PYTHON = re.compile(r"--python (\S+)")
PLACEHOLDERS = {"LEARNER": "dora", "NN": "03", "FILE": "exercises/03_pooled_downloads/attempt.py"}
MADE = re.compile(r"(?:--output|--gradebook|--(?:html|trace)-file|new-course|template|gradescope|init) (\S+)")
"""What a command is told to write."""
ENDS = {"pytest": (0, 1, 6), "checker grade": (0, 1, 3), "checker regrade": (0, 1, 3), "checker merge": (0, 3)}
"""Exit codes of a command that did what it was asked for: attempts may fail. Of all others, 0."""
ASKED = {"checker watch": "q quit", "checker watch 05": "q quit", "checker solution 03": "[y/N]"}
"""What needs a terminal, and what it shows when it waits for a key."""
LEARNING = "docs/learning.md"
WRITING, BEGIN = "docs/writing-exercises.md", "checker new 32_roll_call"
EXAMPLE = ROOT / "docs/example-course"
"""What the page has its reader write, after this command and in an own folder."""


class Done(Record):
    """How a command ended."""

    code: int
    said: str
    made: bool
    """What it should write is there."""


class Clone:
    """Of this repository, and an empty environment: the first command of the README installs into it."""

    def __init__(self, folder: Path) -> None:
        self._environment = clean.environment(folder / "environment")
        self.folder = folder / "clone"
        self._begun = folder / "learner"
        self._begun.mkdir()
        self._own = folder / "own"
        (self._own / "submissions").mkdir(parents=True)
        shutil.copy(EXAMPLE / "solutions/32_roll_call/attempt.py", self._own / "submissions/dora_32.py")
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in listed.splitlines():
            if not name.startswith("tests/") and (ROOT / name).exists():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.folder / name)
        self._add_a_class()
        self.installed = self._run(INSTALL, self.folder)
        for program in ("checker", "pytest"):
            assert clean.comes_from(self._environment, program) == folder / "environment", self.installed.said
        self.page = cache(self._page)

    def _add_a_class(self) -> None:
        """What an instructor has."""
        for name in ("submissions", "clones"):
            (self.folder / name).mkdir()
        shutil.copytree(graded_class.CLASS / "kata-ada", self.folder / "clones/kata-ada")
        for name in ("dora_01.py", "dora_03.py", "emil_11.py"):
            shutil.copy(graded_class.CLASS / name, self.folder / "submissions")
        shutil.copy(graded_class.ROSTER, self.folder / "roster.csv")
        for number in (1, 2):
            with Gradebook(self.folder / f"part{number}.db") as book:
                classwork.enter(book, graded_class.submissions())

    def _page(self, page: str) -> dict[str, Done]:
        """Everything of one page, one after the other; nothing of the page before is there."""
        before = set(self.folder.iterdir())
        place = {LEARNING: self._begun, WRITING: self._own}.get(page, self.folder)
        done = {INSTALL: self.installed}
        for command in documented.commands(page):
            if command.text.startswith("cd "):
                place /= command.text.removeprefix("cd ")
                done[command.text] = Done(code=0 if place.is_dir() else 1, said="", made=True)
            elif command.text not in NOT_HERE and command.text not in done:
                done[command.text] = self._run(command.text, place)
            if command.text == BEGIN:
                for begun in ("exercises", "solutions", "tests"):
                    shutil.rmtree(place / begun)
                shutil.copytree(EXAMPLE, place, dirs_exist_ok=True)
        for made in set(self.folder.iterdir()) - before:
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        return done

    def _run(self, written: str, place: Path) -> Done:
        text = written
        for word, meant in PLACEHOLDERS.items():
            text = re.sub(rf"\b{word}\b(?!\.)", meant, text)
        code, said = self._typed(text, place) if written in ASKED else self._started(text, place)
        return Done(code=code, said=said, made=all((place / name).exists() for name in MADE.findall(text)))

    def _started(self, text: str, place: Path) -> tuple[int, str]:
        """Without a terminal, as in a script."""
        done = subprocess.run(
            text, shell=True, cwd=place, env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=EACH_S, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout

    def _typed(self, text: str, place: Path) -> tuple[int, str]:
        """At a terminal, by somebody who presses one key when it waits."""
        program, *arguments = shlex.split(text)
        child: pexpect.spawn[str] = pexpect.spawn(
            shutil.which(program, path=self._environment["PATH"]) or program, arguments, cwd=str(place),
            env={**self._environment, "TERM": "xterm"}, encoding="utf-8", timeout=EACH_S, dimensions=(40, 100),
        )  # fmt: skip
        child.expect_exact(ASKED[text])
        said = str(child.before)
        child.sendline("y") if ASKED[text].startswith("[") else child.send("q")
        child.expect(pexpect.EOF)
        child.close()
        return child.exitstatus if child.exitstatus is not None else 1, said + str(child.before)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """One for each file of tests that names this fixture."""
    return Clone(tmp_path_factory.mktemp("documentation"))


def parametrized(pages: Iterable[str]) -> pytest.MarkDecorator:
    """A test for every command of these pages."""
    found = [command for page in pages for command in documented.commands(page)]
    return pytest.mark.parametrize("command", found, ids=lambda command: f"{command.page}: {command.text}")


def check(clone: Clone, command: Command) -> None:
    """It ends as it should, without an error of its own, and what it should write is there."""
    if command.text in NOT_HERE:
        pytest.skip(NOT_HERE[command.text])
    named = ANOTHER_PYTHON.search(command.text)
    if named is not None and shutil.which(named[1]) is None:
        pytest.skip(f"this needs {named[1]}")
    done = clone.page(command.page)[command.text]
    assert done.code in ((1,) if command.text == INSTALL else expected(command.text)), done.said
    assert not re.search(r"^(Error|ERROR|Usage|Traceback)", done.said, re.MULTILINE), done.said
    assert done.made, done.said


def expected(text: str) -> tuple[int, ...]:
    return next((codes for first, codes in ENDS.items() if text.startswith(first)), (0,))
