"""What a killed run leaves behind is removed by the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from checker.model.outcome import Returned
from checker.process import scratch
from checker.process.engine import Engine
from checker.process.invocation import Invocation, Source
from checker.process.watched import Watching


def test_everything_temporary_is_in_one_folder(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of this process and of those that it starts; afterwards nothing is left, and all is as it was."""
    monkeypatch.setattr(tempfile, "tempdir", str(short_path))
    monkeypatch.setenv("TMPDIR", "before")
    with scratch.own() as folder:
        assert Path(tempfile.mkdtemp()).parent == folder
        assert os.environ["TMPDIR"] == str(folder)
    assert list(short_path.iterdir()) == []
    assert (tempfile.tempdir, os.environ["TMPDIR"]) == (str(short_path), "before")


def test_only_what_nobody_owns_is_removed(short_path: Path) -> None:
    """A living run's folder stays; a killed one's goes, with everything in it; other folders are not looked at."""
    program = (
        "import tempfile, time\nfrom pathlib import Path\nfrom checker.process import scratch\n"
        "with scratch.own() as folder:\n    Path(tempfile.mkdtemp(), 'x').touch()\n"
        "    print(folder, flush=True)\n    time.sleep(100)\n"
    )
    environment = os.environ | {"TMPDIR": str(short_path)}
    runs = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    folders = [Path((run.stdout or sys.stdin).readline().strip()) for run in runs]
    (short_path / "kata-other").mkdir()
    (short_path / f"{scratch.PREFIX}link").symlink_to(short_path / "kata-other")
    runs[0].send_signal(signal.SIGKILL)
    runs[0].wait()
    scratch.sweep(short_path)
    assert [folder.exists() for folder in folders] == [False, True]
    assert (short_path / "kata-other").exists()
    assert (short_path / f"{scratch.PREFIX}link").is_symlink()
    runs[1].kill()
    runs[1].wait()
    scratch.sweep(short_path)
    assert not folders[1].exists()


def test_whose_removal_was_interrupted(tmp_path: Path) -> None:
    """Without a lock, a folder is nobody's any more; one that has just begun may get its lock at this moment."""
    for name in ("kata-run-now", "kata-new-now", "kata-run-old", "kata-new-old"):
        (tmp_path / name).mkdir()
        if name.endswith("old"):
            os.utime(tmp_path / name, (0, 0))
    scratch.sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kata-new-now"]


def test_a_run_that_a_run_has_started(short_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It uses that one's folder: each folder in a folder makes paths longer."""
    monkeypatch.setattr(tempfile, "tempdir", str(short_path))
    with scratch.own() as outer, scratch.own() as inner:
        assert inner == outer


@pytest.mark.parametrize("length", [10, 32, 33, 61, 62, 200])
def test_sockets_of_multiprocessing_fit(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    """Where the temporary directory is too deep for them, /tmp is taken: attempts with processes had failed."""
    deep = "/" + "d" * (length - 1)
    monkeypatch.setattr(tempfile, "tempdir", deep)
    monkeypatch.setattr(scratch, "LONGEST_PATH", 107)
    run = scratch.place(
        f"{scratch.PREFIX}{scratch.RANDOM}/{scratch.GRADER}{scratch.RANDOM}/{scratch.CALL}{scratch.RANDOM}"
    )
    assert (str(run) == deep) is (length <= 32)
    assert (str(scratch.place(f"{scratch.CALL}{scratch.RANDOM}")) == deep) is (length <= 61)


def test_an_attempt_that_starts_processes_below_a_long_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The forkserver's socket has a path in the attempt's own folder."""
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    text = (
        "import multiprocessing\nfrom concurrent.futures import ProcessPoolExecutor\n"
        "def work():\n"
        "    with ProcessPoolExecutor(1, multiprocessing.get_context('forkserver')) as pool:\n"
        "        return list(pool.map(abs, [-1]))\n"
    )
    engine = Engine()
    world = engine.world()
    try:
        run = engine.run(Source(text.encode()), Invocation("work"), world, Watching(30.0))
    finally:
        world.close()
        engine.close()
    assert run.outcome == Returned(value=[1]), run.outcome
