"""What a killed run leaves behind is removed by the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from checker.process import scratch


def test_everything_temporary_is_in_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of this process and of those that it starts; afterwards nothing is left, and all is as it was."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", "before")
    with scratch.own() as folder:
        assert Path(tempfile.mkdtemp()).parent == folder
        assert os.environ["TMPDIR"] == str(folder)
    assert list(tmp_path.iterdir()) == []
    assert (tempfile.tempdir, os.environ["TMPDIR"]) == (str(tmp_path), "before")


def test_only_what_nobody_owns_is_removed(tmp_path: Path) -> None:
    """A living run's folder stays; a killed one's goes, with everything in it; other folders are not looked at."""
    program = (
        "import tempfile, time\nfrom pathlib import Path\nfrom checker.process import scratch\n"
        "with scratch.own() as folder:\n    Path(tempfile.mkdtemp(), 'x').touch()\n"
        "    print(folder, flush=True)\n    time.sleep(100)\n"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    runs = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    folders = [Path((run.stdout or sys.stdin).readline().strip()) for run in runs]
    (tmp_path / "kata-other").mkdir()
    (tmp_path / f"{scratch.PREFIX}link").symlink_to(tmp_path / "kata-other")
    runs[0].send_signal(signal.SIGKILL)
    runs[0].wait()
    scratch.sweep(tmp_path)
    assert [folder.exists() for folder in folders] == [False, True]
    assert (tmp_path / "kata-other").exists()
    assert (tmp_path / f"{scratch.PREFIX}link").is_symlink()
    runs[1].kill()
    runs[1].wait()
    scratch.sweep(tmp_path)
    assert not folders[1].exists()


def test_whose_removal_was_interrupted(tmp_path: Path) -> None:
    """Without a lock: one of this moment may be somebody's, an old one is nobody's."""
    for name in ("kata-run-now", "kata-new-now", "kata-run-old", "kata-new-old"):
        (tmp_path / name).mkdir()
        if name.endswith("old"):
            os.utime(tmp_path / name, (0, 0))
    scratch.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kata-new-now", "kata-run-now"]
