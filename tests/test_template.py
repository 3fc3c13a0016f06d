"""What is handed out grades with the installed checks, and holds no solutions."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import catalog
from checker.authoring import template
from checker.commands.cli import main
from tests import clean

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


def test_what_an_instructor_tried_is_not_handed_out(tmp_path: Path) -> None:
    """Neither an editor's backups nor what `cython -a` writes, which shows the whole program."""
    folder = Path(shutil.copytree(catalog.own_exercises() / "25_cython_do_math", tmp_path / "25_cython_do_math"))
    before = template.handed_out([catalog.load(folder)])
    for name in ("attempt.html", "attempt.pyx~", "attempt.pyx.orig", ".attempt.pyx.swp", "attempt.py"):
        (folder / name).write_text("a solution")
    assert template.handed_out([catalog.load(folder)]) == before
    assert "exercises/25_cython_do_math/attempt.pyx" in before


def test_a_wheel_of_what_an_editor_has_open(tmp_path: Path) -> None:
    """Emacs locks a file that is changed and not saved with a link that leads nowhere, beside it."""
    root = tmp_path / "checkout"
    for name in template.SOURCES:
        path = catalog.HERE.parent / name
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(path, root / name, ignore=ignore) if path.is_dir() else shutil.copy(path, root)
    (root / "exercises/03_pooled_downloads/.#attempt.py").symlink_to("ada@laptop.1234:5678")
    assert template.build_wheel(root, tmp_path).suffix == ".whl"


def test_the_workflow_pins_the_version_and_feeds_the_reporter(repository: Path) -> None:
    """Installed checks of one version; the job that the reporter looks for; the step's result as its input."""
    workflow = (repository / ".github/workflows/grade.yml").read_text()
    assert f"pip install '{template.PACKAGE}'" in workflow
    for line in ("run-autograding-tests:", "id: kata", "checker grade . --github --course .github/course.toml",
                 "fetch-depth: 0",  # of the last commit alone, everything would be as late as that
                 "EARNED_RESULTS: ${{ steps.kata.outputs.earned }}", "runners: earned,missed",
                 "MISSED_RESULTS: ${{ steps.kata.outputs.missed }}"):  # fmt: skip
        assert line in workflow
    assert json.loads((repository / ".devcontainer/devcontainer.json").read_text())["hostRequirements"] == {"cpus": 2}


def test_actions_are_pinned_by_commit(repository: Path) -> None:
    """A tag can be moved; ours and the learners' workflows say which commit they mean, and its version for people."""
    ours = Path(__file__).parent.parent / ".github"
    files = [file for root in (ours, repository / ".github") for file in root.rglob("*.yml")]
    uses = [line for file in files for line in file.read_text().splitlines() if "uses:" in line]
    assert len(uses) >= 5
    assert [line for line in uses if not re.search(r"uses: [\w-]+/[\w/-]+@[0-9a-f]{40} # v\d", line)] == []


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
        assert archive.namelist()[1:] == ["setup.sh", "run_autograder"]
        assert archive.namelist()[0].endswith(".whl")
        assert all((member.external_attr >> 16) & 0o111 for member in archive.infolist()[1:])
        script, setup = (archive.read(name).decode() for name in ("run_autograder", "setup.sh"))
    assert "checker grade /autograder/submission --exercise 03 --require-isolation landlock" in script
    assert '--export gradescope "$work/results.json"' in script
    assert "runuser -u kata" in script
    assert "pip install '/autograder/source/concurrency_kata-" in setup


def test_an_archive_for_what_does_not_count_is_refused(tmp_path: Path) -> None:
    """With it, every hand-in would be an error on Gradescope."""
    (tmp_path / "course.toml").write_text("[exercises.03]\n")
    given = ["--exercise", "05", "--course", str(tmp_path / "course.toml"), "--package", "concurrency-kata"]
    done = CliRunner().invoke(main, ["gradescope", str(tmp_path / "auto.zip"), *given])
    assert (done.exit_code, "exercise 05 is not in" in done.output) == (2, True)
    assert not (tmp_path / "auto.zip").exists()


def test_scripts_are_valid(tmp_path: Path) -> None:
    """bash reads both without a syntax error."""
    template.gradescope(tmp_path / "auto.zip")
    zipfile.ZipFile(tmp_path / "auto.zip").extractall(tmp_path)
    for name in ("setup.sh", "run_autograder"):
        assert os.system(f"bash -n {tmp_path / name}") == 0


def steps(repository: Path) -> list[str]:
    """The commands of the workflow, in order."""
    return re.findall(r"run: (.*)", (repository / ".github/workflows/grade.yml").read_text())


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a shell in an environment without the checker."""
    return clean.environment(tmp_path_factory.mktemp("clean"))


PERSONAL = """# Ben is ill.
[exercises.01]
[[extensions]]
learner = "101"
due = 2027-03-01T12:00:00
[exercises.03]
# and Ada, too
[[excused]]
learner = "102"
why = "ill"
[[decided]]
learner = "103"
exercises = ["03"]
points = 9
why = "his cat"
[[owners]]
submission = "x"
learners = []
"""


def test_learners_read_nothing_of_each_other(tmp_path: Path) -> None:
    """What a course says of single people is not in the repository that everybody gets; or there is none."""
    file, repository = tmp_path / "course.toml", tmp_path / "kata"
    file.write_text(PERSONAL)
    assert CliRunner().invoke(main, ["template", str(repository), "--course", str(file)]).exit_code == 0
    assert (repository / ".github" / "course.toml").read_text() == "[exercises.01]\n[exercises.03]\n"
    file.write_text('excused = [{learner = "102", why = "ill"}]\n[exercises.01]\n')
    done = CliRunner().invoke(main, ["template", str(tmp_path / "other"), "--course", str(file)])
    assert done.exit_code == 1
    assert "learners must not read extensions, excused, decided, owners" in done.output


@pytest.mark.timeout(300)
def test_the_workflow_s_steps_run(tmp_path: Path, environment: dict[str, str]) -> None:
    """Install, grade, publish, as written, with one exercise solved of two: half of the points."""
    (tmp_path / "course.toml").write_text("[exercises.01]\n[exercises.03]\n")
    repository = tmp_path / "kata"
    done = CliRunner().invoke(main, ["template", str(repository), "--course", str(tmp_path / "course.toml")])
    assert done.exit_code == 0, done.output
    assert sorted(path.name[:2] for path in (repository / "exercises").iterdir()) == ["01", "03"]
    shutil.copy(catalog.own_solutions() / "01_two_jobs/attempt.py", repository / "exercises/01_two_jobs")
    shutil.rmtree(repository / "exercises/03_pooled_downloads")
    told = {name: str(tmp_path / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    environment = environment | told
    install, grade = steps(repository)
    assert install.startswith("pip install './.github/wheels/")
    subprocess.run(install, shell=True, cwd=repository, env=environment, check=True, timeout=120)
    assert str(clean.comes_from(environment, "checker")) == environment["VIRTUAL_ENV"]
    graded = subprocess.run(grade, shell=True, cwd=repository, env=environment, timeout=120, check=False)
    assert graded.returncode == 1
    outputs = Path(told["GITHUB_OUTPUT"]).read_text().splitlines()
    earned, missed = (json.loads(base64.b64decode(line.partition("=")[2])) for line in outputs)
    assert (earned["max_score"], missed["max_score"]) == (10.0, 10.0)
    assert "Not handed in" in Path(told["GITHUB_STEP_SUMMARY"]).read_text()
