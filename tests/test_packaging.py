"""An installed copy works outside of the checkout, and an install survives a learner's broken files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COPIED = ("checker", "docs", "exercises", "solutions", "pyproject.toml", "setup.py", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this project, built from a copy that has a broken Cython attempt in it."""
    source = tmp_path_factory.mktemp("source")
    for name in COPIED:
        path = ROOT / name
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(path, source / name, ignore=ignore) if path.is_dir() else shutil.copy(path, source)
    (source / "exercises/01_two_jobs/attempt.pyx").write_text("def broken(:\n")
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", str(out), str(source)],
        check=True,
        timeout=100,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_has_everything(wheel: Path) -> None:
    """The package with its exercises and solutions; no tests, no caches."""
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("checker/session/plugin.py", "checker/session/grading.ini",
                   "checker/exercises/03_pooled_downloads/exercise.toml",
                   "checker/solutions/03_pooled_downloads/attempt.py", "checker/attempt/serve.py",
                   "checker/diagnoses/SERIAL.md"):  # fmt: skip
        assert wanted in names
    assert {str(file.relative_to(ROOT)) for file in (ROOT / "checker").rglob("*.py")} <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "exercises"))]


def test_an_installed_copy_grades_outside_of_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked into a folder of its own, it finds its exercises, runs attempts and gives marks."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    shutil.copy(ROOT / "solutions/01_two_jobs/attempt.py", tmp_path / "mine.py")
    # A path file beside the installed packages, as an environment would have; PYTHONPATH does not reach the worker.
    # What the copy lacks must not be found in the checkout, to which an editable install leads.
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.argv = ['checker', *sys.argv[2:]]\n"
        "sys.meta_path[:] = [finder for finder in sys.meta_path if 'Editable' not in str(finder)]\n"
        "import checker; assert checker.__file__.startswith(sys.path[0]), checker.__file__\n"
        "from checker import catalog; print(catalog.own_exercises(), file=sys.stderr)\n"
        "from checker.commands.cli import main; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(site), "grade", "mine.py", "--exercise", "01", "--json", "-"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert str(site) in done.stderr
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["submissions"][0]["exercises"][0]["verdict"] == "passed"


def test_an_installed_copy_begins_an_exercise(wheel: Path, tmp_path: Path) -> None:
    """pip compiles every program that it installs, and leaves `__pycache__` beside those of the skeleton."""
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, str(wheel)], check=True, timeout=100, capture_output=True)
    assert list(site.glob("checker/data/exercise/*/__pycache__"))
    program = "import sys; sys.path.insert(0, sys.argv.pop(1)); from checker.commands.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, str(site), "new", "32_roll_call", "--in", str(tmp_path / "own")],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "own/exercises/32_roll_call/attempt.py").is_file()
    assert not list(tmp_path.glob("own/**/__pycache__"))


def test_build_ext_builds_cython_attempts(tmp_path: Path) -> None:
    """`python setup.py build_ext --inplace` puts the compiled module beside its source."""
    shutil.copy(ROOT / "setup.py", tmp_path)
    folder = tmp_path / "exercises" / "25_example"
    folder.mkdir(parents=True)
    (folder / "attempt.pyx").write_text("def double(int n):\n    return 2 * n\n")
    subprocess.run(
        [sys.executable, "setup.py", "-q", "build_ext", "--inplace"], cwd=tmp_path, check=True, timeout=100,
        capture_output=True,
    )  # fmt: skip
    assert list(folder.glob("attempt.*.so"))


def test_nothing_built_or_downloaded_is_in_the_repository() -> None:
    """A wheel that `pip download` has left at the top would come with every clone."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [name for name in listed.splitlines() if name.endswith((".whl", ".tar.gz", ".so", ".pyc"))] == []


@pytest.mark.parametrize("made", ["attempt.c", "attempt.html", "attempt.cpython-311-x86_64-linux-gnu.so", "build/x.o"])
def test_git_does_not_see_what_cython_writes(made: str) -> None:
    """`cythonize -i attempt.pyx` and `cython -a attempt.pyx`, as 25 has its reader type them; the attempt it sees."""
    for name, ignored in ((made, 0), ("attempt.pyx", 1)):
        path = f"exercises/25_cython_do_math/{name}"
        done = subprocess.run(["git", "check-ignore", "-q", "--no-index", path], cwd=ROOT, check=False)
        assert done.returncode == ignored
