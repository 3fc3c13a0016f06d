"""`checker init` and `checker update`: what a learner gets, and that an update loses nothing of theirs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from checker import catalog
from checker.authoring import kata
from checker.commands.cli import main
from checker.model.exercise import Exercise
from tests.test_packaging import wheel

__all__ = ["wheel"]
NAMES = ("01_two_jobs", "03_pooled_downloads")


@pytest.fixture
def exercises(tmp_path: Path) -> list[Exercise]:
    """Those of a version that can be changed."""
    for name in NAMES:
        shutil.copytree(catalog.own_exercises() / name, tmp_path / "package" / name)
    return catalog.load_all(tmp_path / "package")


@pytest.fixture
def mine(tmp_path: Path, exercises: list[Exercise]) -> Path:
    """A learner's folder of that version; its exercise 01 is begun."""
    kata.write(tmp_path / "mine", exercises)
    (tmp_path / "mine/exercises/01_two_jobs/attempt.py").write_text("# begun\n")
    return tmp_path / "mine"


def test_init_writes_a_whole_folder(tmp_path: Path) -> None:
    """All exercises, untouched, without solutions; settings for pytest, editor, Git and containers."""
    done = CliRunner().invoke(main, ["init", str(tmp_path / "mine")])
    assert done.exit_code == 0, done.output
    assert f"cd {tmp_path / 'mine'} && checker next" in done.stdout
    names = {str(file.relative_to(tmp_path / "mine")) for file in (tmp_path / "mine").rglob("*") if file.is_file()}
    assert {"pyproject.toml", ".gitignore", ".vscode/settings.json", ".devcontainer/devcontainer.json"} <= names
    assert not [name for name in names if "solution" in name or "__pycache__" in name]
    for each in catalog.load_all(catalog.own_exercises()):
        folder = tmp_path / "mine/exercises" / each.folder.name
        assert (folder / each.attempt).read_bytes() == (folder / "sync.py").read_bytes()
    for name in (".vscode/settings.json", ".vscode/extensions.json", ".devcontainer/devcontainer.json"):
        json.loads((tmp_path / "mine" / name).read_text())
    again = CliRunner().invoke(main, ["init", str(tmp_path / "mine")])
    assert (again.exit_code, "is not empty" in again.output) == (1, True)


def test_the_command_that_comes_next_can_be_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the folder's name has a space in it."""
    monkeypatch.chdir(tmp_path)
    for typed, following in (
        (["init", "my kata"], "cd 'my kata' && checker next\n"),
        (["new-course", "my course.toml"], "`checker grade --course 'my course.toml'`"),
        (["new", "32_roll_call", "--in", "my own"], "checker lint 'my own/exercises/32_roll_call'\n"),
    ):
        done = CliRunner().invoke(main, typed)
        assert following in done.stdout, done.output


def test_an_update_without_news(mine: Path, exercises: list[Exercise]) -> None:
    """Nothing is written, nothing is said."""
    assert kata.update(mine, exercises) == kata.Changes(
        before="0.1.0", added=[], changed=[], removed=[], kept=[], attempts=[]
    )


def test_an_update_brings_news_and_keeps_what_is_the_learner_s(tmp_path: Path, mine: Path) -> None:
    """New and changed files come; what the learner has changed stays, with the new version beside it."""
    new, own = tmp_path / "package", mine / "exercises"
    (new / "01_two_jobs/sync.py").write_text("# another stub\n")
    (new / "03_pooled_downloads/sync.py").write_text("# another stub\n")
    (new / "03_pooled_downloads/README.md").write_text("# another text\n")
    (own / "03_pooled_downloads/README.md").write_text("# my notes\n")
    (new / "03_pooled_downloads/help.py").write_text("# new\n")
    shutil.copytree(catalog.own_exercises() / "11_tasks_not_awaits", new / "11_tasks_not_awaits")
    changes = kata.update(mine, catalog.load_all(new))
    assert changes.changed == [
        "exercises/01_two_jobs/sync.py", "exercises/03_pooled_downloads/attempt.py",
        "exercises/03_pooled_downloads/sync.py",
    ]  # fmt: skip
    assert changes.attempts == ["exercises/01_two_jobs/attempt.py"]
    assert changes.kept == ["exercises/03_pooled_downloads/README.md"]
    assert "exercises/11_tasks_not_awaits/attempt.py" in changes.added
    assert (own / "01_two_jobs/attempt.py").read_text() == "# begun\n"
    assert (own / "03_pooled_downloads/README.md").read_text() == "# my notes\n"
    assert (own / "03_pooled_downloads/README.md.new").read_text() == "# another text\n"
    assert kata.update(mine, catalog.load_all(new)) == msgspec.structs.replace(
        changes, added=[], changed=[], kept=[], attempts=[]
    )


def test_an_update_takes_away_only_what_is_untouched(tmp_path: Path, mine: Path) -> None:
    """Of an exercise that is no more, the learner's attempt stays; what the learner threw away does not come back."""
    shutil.rmtree(tmp_path / "package/01_two_jobs")
    (mine / "exercises/03_pooled_downloads/README.md").unlink()
    changes = kata.update(mine, catalog.load_all(tmp_path / "package"))
    assert "exercises/01_two_jobs/sync.py" in changes.removed
    assert [file.name for file in (mine / "exercises/01_two_jobs").iterdir()] == ["attempt.py"]
    assert not (mine / "exercises/03_pooled_downloads/README.md").exists()


def test_update_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that `checker init` did not make is left alone, and it is said why."""
    shutil.copytree(catalog.own_exercises() / "01_two_jobs", tmp_path / "exercises/01_two_jobs")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["update"])
    assert done.exit_code == 1
    assert "there is no .checker/handed-out.json" in done.output


def test_update_in_a_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    """There the checker's own exercises are the learner's, and Git brings new ones."""
    monkeypatch.chdir(catalog.own_exercises().parent)
    done = CliRunner().invoke(main, ["update"])
    assert done.exit_code == 1
    assert "git pull" in done.output


@pytest.mark.timeout(300)
def test_from_a_wheel_to_a_first_run(wheel: Path, tmp_path: Path) -> None:
    """`pip install` in an empty environment, `checker init`, `pytest exercises/03`; nothing is fetched after that."""
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, timeout=120)
    (site,) = environment.glob("lib/python*/site-packages")
    # What the wheel needs is taken from here, as there may be no index; an editable install of ours is not.
    needed = [path for path in sys.path if path.endswith("site-packages")]
    (site / "needed.pth").write_text("\n".join(needed) + "\n")
    known = {"PATH": f"{environment / 'bin'}:{os.environ['PATH']}", "PIP_NO_INDEX": "1", "HOME": str(tmp_path)}

    def run(command: str, where: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, shell=True, cwd=where, env=known, capture_output=True, text=True, timeout=120, check=False
        )

    installed = run(f"pip install --no-deps --ignore-installed {wheel}", tmp_path)
    assert installed.returncode == 0, installed.stderr
    assert run("checker init kata", tmp_path).returncode == 0
    tried = run("python -m pytest exercises/03", tmp_path / "kata")
    assert tried.returncode == 1, tried.stdout + tried.stderr
    assert "SERIAL" in tried.stdout
    assert "03 pooled-downloads" in tried.stdout
    assert "in progress" not in run("checker list", tmp_path / "kata").stdout
    assert "untouched, 1 run" in run("checker list", tmp_path / "kata").stdout


@pytest.mark.parametrize("name", ["03_pooled_downloads", "28_api_under_load"])
def test_mypy_tells_a_learner_of_the_attempt_alone(tmp_path: Path, name: str) -> None:
    """`mypy exercises/03_pooled_downloads`, as docs/learning.md has it: of what is ours, nobody can do anything."""
    pytest.importorskip("mypy")
    kata.write(tmp_path / "mine", [catalog.load(catalog.own_exercises() / name)])
    for root in (tmp_path / "mine", catalog.own_exercises().parent):
        done = subprocess.run(
            [sys.executable, "-m", "mypy", f"exercises/{name}"],
            cwd=root, capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip
        *said, last = done.stdout.splitlines()
        assert "4 source files" in last
        assert not [line for line in said if not line.startswith(f"exercises/{name}/attempt.py:")]
