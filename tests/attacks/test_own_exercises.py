"""No attempt reads the checks, solutions and right attempts of an instructor's own exercises, wherever these are."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.model.outcome import Returned, Unusable
from checker.process import build
from checker.process.build import Builder
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.isolation import Isolation, Level
from checker.process.watched import Watching

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "example-course"
SECRETS = (
    "exercises/32_roll_call/test_attempt.py", "solutions/32_roll_call/attempt.py",
    "tests/attempts/32_roll_call/right/threads.py",
)  # fmt: skip
DEADLINE_S = 10.0
READS = b"""
import importlib.util, linecache, mmap, os, shutil, subprocess, sys


def load(path):
    spec = importlib.util.spec_from_file_location("stolen", path)
    spec.loader.get_source("stolen")


def ways(path):
    up = "/".join([".."] * 20)
    yield lambda: open(path, "rb").read()
    yield lambda: open(f"/proc/self/root{path}", "rb").read()
    yield lambda: open(f"{up}{path}", "rb").read()
    yield lambda: os.open(os.path.basename(path), os.O_RDONLY, dir_fd=os.open(os.path.dirname(path), os.O_PATH))
    yield lambda: mmap.mmap(os.open(path, os.O_RDONLY), 0, prot=mmap.PROT_READ)
    yield lambda: os.link(path, "linked")
    yield lambda: (os.symlink(path, "symbolic"), open("symbolic").read())
    yield lambda: shutil.copy(path, "copied")
    yield lambda: linecache.getlines(path)[0]
    yield lambda: load(path)
    yield lambda: subprocess.run(["cat", path], check=True, capture_output=True)
    yield lambda: subprocess.run([sys.executable, "-c", f"open({path!r})"], check=True, capture_output=True)


def work(path):
    found = []
    for number, way in enumerate(ways(path)):
        try:
            way()
            found.append(number)
        except (OSError, ImportError, IndexError, subprocess.CalledProcessError):
            pass
    return found
"""
"""Says which of its ways to read a file worked."""


@pytest.fixture
def somewhere(tmp_path: Path) -> Path:
    """Where an instructor has them."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "own"))


@pytest.fixture
def among_packages() -> Iterator[Path]:
    """Where attempts may otherwise read everything: in the interpreter's own folder."""
    try:
        place = Path(tempfile.mkdtemp(prefix="kata-own-exercises-", dir=sys.prefix))
    except OSError as error:
        pytest.skip(f"{sys.prefix} cannot be written: {error}")
    shutil.copytree(EXAMPLE, place, dirs_exist_ok=True)
    yield place
    shutil.rmtree(place)


@pytest.mark.parametrize("place", ["somewhere", "among_packages"])
def test_no_attempt_reads_them(level: Level, place: str, request: pytest.FixtureRequest) -> None:
    """By none of these ways, from Landlock on; at the level "process", nothing is kept from it."""
    root: Path = request.getfixturevalue(place)
    engine = Engine(isolation=Isolation(level=level), further=[root])
    try:
        found = [_read(engine, root / secret) for secret in SECRETS]
    finally:
        engine.close()
    if level.reaches(Level.LANDLOCK):
        assert found == [[], [], []]
    else:
        assert all(0 in ways for ways in found)


def _read(engine: Engine, secret: Path) -> list[int]:
    world = engine.world()
    try:
        run = engine.run(Source(READS), Invocation("work", (str(secret),)), world, Watching(DEADLINE_S))
    finally:
        world.close()
    assert isinstance(run.outcome, Returned), (run.outcome, run.output)
    ways = run.outcome.value
    assert isinstance(ways, list)
    return ways


@pytest.mark.skipif(bool(build.impossible()), reason=build.impossible())
def test_the_compiler_reads_them_neither(level: Level, among_packages: Path) -> None:
    """Cython's `include` would bring a solution into the module."""
    text = f'include "{among_packages / SECRETS[1]}"\n'.encode()
    module = Builder(Isolation(level=level), further=[among_packages]).module(text)
    assert isinstance(module, Unusable) is level.reaches(Level.LANDLOCK)
