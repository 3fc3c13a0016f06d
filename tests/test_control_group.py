"""Control groups: where they can be made, by folders that look like the kernel's; what they hold, where they can."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.model.evidence import Run
from checker.model.limits import MIB, Limits
from checker.model.outcome import Overrun, Returned
from checker.observe import observer
from checker.process import control_group
from checker.process.control_group import ControlGroup, Place
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching

HERE = control_group.place()
real = pytest.mark.skipif(HERE.parent is None, reason=HERE.why)
NOBODY = 2**22 + 1
"""More than the kernel's largest process id."""


@pytest.fixture
def mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hierarchy with the group /a/b, which is handed over."""
    for folder in (tmp_path, tmp_path / "a", tmp_path / "a" / "b"):
        folder.mkdir(exist_ok=True)
        (folder / "cgroup.controllers").write_text("cpu memory pids\n")
        (folder / "cgroup.procs").write_text("")
    monkeypatch.setattr(control_group, "_is_handed_over", lambda group: group == tmp_path / "a" / "b")
    return tmp_path


def found(mount: Path, membership: str) -> Place:
    file = mount / "membership"
    file.write_text(membership)
    return control_group._place(mount, file)


@pytest.mark.parametrize("membership", ["0::/a/b\n", "0::/a/b/checker\n"])
def test_groups_are_made_in_what_was_handed_over(mount: Path, membership: str) -> None:
    """Also by a process that another grader has moved already."""
    assert found(mount, membership) == Place(parent=mount / "a" / "b")
    assert (mount / "a" / "b" / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_what_nobody_handed_over_stays_as_it_is(mount: Path) -> None:
    """It belongs to systemd, even where its files may be written: the sentence says how to get one."""
    told = found(mount, "0::/a\n")
    assert told.parent is None
    assert "systemd-run" in told.why
    assert not (mount / "a" / "cgroup.subtree_control").exists()


def test_without_a_controller(mount: Path) -> None:
    (mount / "a" / "b" / "cgroup.controllers").write_text("cpu pids\n")
    assert found(mount, "0::/a/b\n").why == "the control group has no controller for memory"


@pytest.mark.parametrize("membership", ["5:memory:/a/b\n0::/a/b\n", "3:cpu:/\n"])
def test_without_version_2(tmp_path: Path, membership: str) -> None:
    """Of a system with both, the memory belongs to version 1."""
    assert "version 2" in found(tmp_path, membership).why


def test_what_killed_graders_left_is_removed(mount: Path) -> None:
    parent = mount / "a" / "b"
    dead, living = parent / f"call-{NOBODY}-1", parent / f"call-{os.getpid()}-1"
    dead.mkdir()
    living.mkdir()
    found(mount, "0::/a/b\n")
    assert (dead.exists(), living.exists()) == (False, True)


def test_everybody_moves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until nobody is left."""
    rest = [["11", "12"], ["13"], []]
    moved: list[str] = []
    monkeypatch.setattr(Path, "read_text", lambda _: "\n".join(rest.pop(0)))
    monkeypatch.setattr(Path, "write_text", lambda _, text: moved.append(text))
    control_group._move(tmp_path, tmp_path / "checker")
    assert moved == ["11", "12", "13"]


def test_what_is_set_and_what_is_told(tmp_path: Path) -> None:
    """By the kernel's files."""
    group = ControlGroup(tmp_path, memory_mib=100, tasks=7)
    (folder,) = tmp_path.iterdir()
    assert (folder / "memory.max").read_text() == str(100 * MIB)
    assert (folder / "pids.max").read_text() == "7"
    (folder / "cpu.stat").write_text("usage_usec 1500000\nuser_usec 1000000\n")
    (folder / "memory.events").write_text("low 0\noom 0\noom_kill 0\n")
    (folder / "pids.events").write_text("max 0\n")
    assert (group.cpu_s(), group.exceeded()) == (1.5, "")
    (folder / "pids.events").write_text("max 3\n")
    assert group.exceeded() == "more than 7 processes and threads"
    (folder / "memory.events").write_text("low 0\noom 1\noom_kill 1\n")
    assert "more than 100 MiB of memory" in group.exceeded()


# --- where there are some ------------------------------------------------------------------------------

SMALL = Limits(processes=4, threads=4, memory_mib=64, disk_mib=8)
MUCH = b"""
import mmap
def work():
    block = mmap.mmap(-1, 2**30)
    for page in range(0, 2**30, 4096):
        block[page] = 1
"""
MANY = b"""
import os, time
def work():
    made = []
    for _ in range(20):
        try:
            child = os.fork()
        except BlockingIOError:
            break
        if child == 0:
            time.sleep(60)
        made.append(child)
    return len(made)
"""
SHORT = b"""
import os, time
def work():
    for _ in range(100):
        child = os.fork()
        if child == 0:
            while time.process_time() < 0.003:
                pass
            os._exit(0)
        os.waitpid(child, 0)
"""


@pytest.fixture(scope="module")
def call() -> Iterator[Callable[[bytes, Limits], Run]]:
    engine = Engine()

    def made(text: bytes, limits: Limits) -> Run:
        world = engine.world()
        try:
            return engine.run(Source(text), Invocation("work"), world, Watching(20.0, limits))
        finally:
            world.close()

    yield made
    engine.close()


@real
def test_what_the_trial_says() -> None:
    assert control_group.escapes() == []


@real
def test_memory_that_no_look_has_seen(call: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel ends it, and the sentence says why."""
    monkeypatch.setattr(observer, "MEMORY_EVERY", 10**9)
    outcome = call(MUCH, SMALL).outcome
    assert isinstance(outcome, Overrun)
    assert "more than 584 MiB of memory" in outcome.what


@real
def test_processes_that_no_look_has_seen(call: Callable[..., Run]) -> None:
    """The fork is refused."""
    outcome = call(MANY, SMALL).outcome
    assert isinstance(outcome, Overrun) or (isinstance(outcome, Returned) and outcome.value == 7)


@real
def test_processes_too_short_to_be_seen_are_counted(call: Callable[..., Run]) -> None:
    run = call(SHORT, Limits())
    assert run.cpu.counted_s is not None
    assert run.cpu.cpu_s == run.cpu.counted_s > 0.3


@real
def test_nothing_is_left(call: Callable[..., Run]) -> None:
    call(MANY, SMALL)
    assert HERE.parent is not None
    assert list(HERE.parent.glob(f"call-{os.getpid()}-*")) == []


@pytest.mark.skipif(HERE.parent is not None, reason="the kernel counts here")
def test_where_there_are_none(call: Callable[..., Run]) -> None:
    """What was seen is all that is known."""
    assert call(SHORT, Limits()).cpu.counted_s is None
