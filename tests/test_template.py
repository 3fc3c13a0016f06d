"""What is handed out grades with the installed checks, and holds no solutions."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import catalog
from checker.authoring import template
from checker.commands.cli import main

EXERCISES = catalog.load_all(catalog.own_exercises())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    template.write(tmp_path / "kata", EXERCISES)
    return tmp_path / "kata"


def test_a_learners_repository(repository: Path) -> None:
    """Every exercise with an untouched attempt; no solution, no compiled file, no cache."""
    names = {str(file.relative_to(repository)) for file in repository.rglob("*") if file.is_file()}
    assert {f"exercises/{each.folder.name}/{each.attempt}" for each in EXERCISES} <= names
    assert {".github/workflows/grade.yml", ".devcontainer/devcontainer.json", ".gitignore", "pyproject.toml"} <= names
    assert not [name for name in names if "solution" in name or "__pycache__" in name or name.endswith(".so")]
    for each in EXERCISES:
        folder = repository / "exercises" / each.folder.name
        assert (folder / each.attempt).read_bytes() == (folder / "sync.py").read_bytes()


def test_the_workflow_pins_the_version_and_feeds_the_reporter(repository: Path) -> None:
    """Installed checks of one version; the job that the reporter looks for; the step's result as its input."""
    workflow = (repository / ".github/workflows/grade.yml").read_text()
    assert f"pip install '{template.PACKAGE}'" in workflow
    for line in ("run-autograding-tests:", "id: kata", "checker grade . --github",
                 "KATA_RESULTS: ${{ steps.kata.outputs.result }}", "runners: kata"):  # fmt: skip
        assert line in workflow
    assert json.loads((repository / ".devcontainer/devcontainer.json").read_text())["hostRequirements"] == {"cpus": 2}


def test_a_folder_in_use_is_left_alone(repository: Path) -> None:
    """Nothing is written over; the command says so and ends with 1."""
    before = sorted(repository.rglob("*"))
    done = CliRunner().invoke(main, ["template", str(repository)])
    assert (done.exit_code, "is not empty" in done.output) == (1, True)
    assert sorted(repository.rglob("*")) == before


def test_only_some_exercises(tmp_path: Path) -> None:
    """--exercise may be said more than once."""
    done = CliRunner().invoke(main, ["template", str(tmp_path / "two"), "--exercise", "03", "--exercise", "11"])
    assert done.exit_code == 0, done.output
    assert sorted(path.name[:2] for path in (tmp_path / "two" / "exercises").iterdir()) == ["03", "11"]


def test_a_gradescope_archive(tmp_path: Path) -> None:
    """Both scripts at the root, executable, and asking for what was asked for."""
    done = CliRunner().invoke(main, ["gradescope", str(tmp_path / "auto.zip"), "--exercise", "03"])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "auto.zip") as archive:
        assert archive.namelist() == ["setup.sh", "run_autograder"]
        assert all((member.external_attr >> 16) & 0o111 for member in archive.infolist())
        script = archive.read("run_autograder").decode()
    assert "checker grade /autograder/submission --exercise 03 --gradebook" in script
    assert "--format gradescope --output /autograder/results/results.json" in script


def test_scripts_are_valid(tmp_path: Path) -> None:
    """bash reads both without a syntax error."""
    template.gradescope(tmp_path / "auto.zip")
    zipfile.ZipFile(tmp_path / "auto.zip").extractall(tmp_path)
    for name in ("setup.sh", "run_autograder"):
        assert os.system(f"bash -n {tmp_path / name}") == 0
