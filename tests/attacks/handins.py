"""Attacks beside the attempt: what lies in a submission, how it is packed, what it is called.

Each function of ATTACKS makes one learner's hand-in in the folder of a class. Its attempt, where there is one, is the
stub: right and serial. The docstring begins with the number of the technique.
"""

from __future__ import annotations

import os
import stat
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from checker import catalog

EXERCISE = "01_two_jobs"
ATTEMPT = f"exercises/{EXERCISE}/attempt.py"
CHECKS = f"exercises/{EXERCISE}/test_attempt.py"
SERIAL = (catalog.own_exercises() / EXERCISE / "sync.py").read_text()
RIGHT = (catalog.own_solutions() / EXERCISE / "attempt.py").read_text()
CANARY = "kata-attack-canary"
"""A file of this name, beside the class, is the proof that something of a submission was executed or written out."""
LONG = "kata-" + "l" * 250
WIDE = "\U0001d4d0" * 63
"""252 bytes, so that with a suffix no file is called so."""

Attack = Callable[[Path], None]


def label(attack: Attack) -> str:
    """What it tries, as a line of the table."""
    return f"{EXERCISE[:2]} {(attack.__doc__ or '').rstrip('.')}"


def repository(folder: Path, files: Mapping[str, str] | None = None) -> None:
    """A learner's clone, as GitHub has it, with these files beside or instead of the attempt: path to text."""
    for path, text in {ATTEMPT: SERIAL, **(files or {})}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def leave_canary(folder: Path) -> str:
    """Python that leaves the canary."""
    return f"import pathlib\npathlib.Path({str(folder / CANARY)!r}).touch()\n"


def results_written_in_advance(folder: Path) -> None:
    """6, 52: brings results.json, report.xml and a gradebook, with more points than there are, and with NaN."""
    report = '{"score": NaN, "score": 1e9, "max_score": 1, "tests": [{"status": "passed"}]}'
    xml = '<!DOCTYPE a [<!ENTITY b "c">]><testsuites><testsuite failures="0" errors="0">&b;</testsuite></testsuites>'
    files = {"results.json": report, "report.json": report, "report.xml": xml, "class.db": "SQLite format 3"}
    repository(folder / "kata-advance", files)


def conftest_flips_outcomes(folder: Path) -> None:
    """8: a conftest.py that makes a success of every report."""
    hook = (
        "import pytest\n@pytest.hookimpl(wrapper=True)\ndef pytest_runtest_makereport():\n"
        "    report = yield\n    report.outcome = 'passed'\n    return report\n"
    )
    repository(folder / "kata-flips", {"conftest.py": leave_canary(folder) + hook})


def conftest_deselects(folder: Path) -> None:
    """9: a conftest.py that deselects the checks, and one that replaces them."""
    hook = "def pytest_collection_modifyitems(items):\n    for item in items:\n        item.obj = lambda **_: None\n"
    repository(
        folder / "kata-deselects",
        {f"exercises/{EXERCISE}/conftest.py": leave_canary(folder) + hook, "exercises/conftest.py": hook},
    )


def settings_collect_only(folder: Path) -> None:
    """10: pytest.ini, tox.ini, setup.cfg and pyproject.toml that tell pytest to collect only."""
    ini = "[pytest]\naddopts = --collect-only\n"
    repository(
        folder / "kata-collects",
        {
            "pytest.ini": ini, "tox.ini": ini, "setup.cfg": "[tool:pytest]\naddopts = --collect-only\n",
            "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--collect-only"\n',
            f"exercises/{EXERCISE}/pytest.ini": ini,
        },
    )  # fmt: skip


def modules_beside(folder: Path) -> None:
    """12: modules with names of the standard library, of pytest and of the checker beside the attempt."""
    names = ("pytest", "random", "threading", "json", "checker", "sitecustomize", "usercustomize", "attempt_helper")
    repository(folder / "kata-beside", {f"{name}.py": leave_canary(folder) for name in names})


def build_files(folder: Path) -> None:
    """26: a setup.py, a build backend and a .pth file, for whoever installs what was handed in."""
    backend = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    canary = leave_canary(folder)
    repository(
        folder / "kata-builds",
        {
            "setup.py": canary, "backend.py": canary, "pyproject.toml": backend,
            "kata.pth": canary.replace("\n", ";"), "Makefile": f"all:\n\ttouch ../{CANARY}\n",
        },
    )  # fmt: skip


def compiled_in_advance(folder: Path) -> None:
    """27: libraries and byte code for the import to find before attempt.py; the file itself is the stub."""
    root = folder / "kata-compiled"
    repository(root)
    home = (root / ATTEMPT).parent
    (home / "__pycache__").mkdir()
    for name in ("attempt.so", "attempt.cpython-311-x86_64-linux-gnu.so", "attempt.pyc", "attempt.pyd"):
        (home / name).write_bytes(b"\x7fELF not really")
    (home / "__pycache__/attempt.cpython-311.pyc").write_bytes(b"\x00" * 64)


def only_compiled(folder: Path) -> None:
    """27: a library, and no attempt.py at all."""
    root = folder / "kata-library"
    repository(root)
    (root / ATTEMPT).rename((root / ATTEMPT).with_suffix(".so"))


def edited_checks(folder: Path) -> None:
    """48: edits the checks, the goal, the baseline and the workflow in its own repository."""
    repository(
        folder / "kata-edits",
        {
            CHECKS: "def test_all():\n    pass\n",
            f"exercises/{EXERCISE}/exercise.toml": 'title = "Nothing to do"\ngoal = 0.1\n',
            f"exercises/{EXERCISE}/sync.py": "import time\ntime.sleep(60)\n" + SERIAL,
            f"solutions/{EXERCISE}/attempt.py": "import time\ntime.sleep(60)\n" + SERIAL,
            ".github/workflows/grade.yml": "on: push\njobs: {}\n",
        },
    )


def path_out_of_the_zip(folder: Path) -> None:
    """49: a zip with paths that lead out of it, to the hand-in of another learner and to the canary."""
    with zipfile.ZipFile(folder / "kata-slips.zip", "w") as archive:
        victim = f"kata-victim/{ATTEMPT}"
        for path in (f"../{victim}", f"/{folder}/{victim}", f"a/../../{CANARY}", f"..\\{CANARY}"):
            archive.writestr(path, RIGHT)
        archive.writestr(ATTEMPT, SERIAL)


def link_in_a_zip(folder: Path) -> None:
    """49: a zip whose attempt.py is a link to the solution."""
    with zipfile.ZipFile(folder / "kata-zips-link.zip", "w") as archive:
        link = zipfile.ZipInfo(ATTEMPT)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(catalog.own_solutions() / EXERCISE / "attempt.py"))


def bomb(folder: Path) -> None:
    """49: a zip whose attempt.py is 256 MB of zeros."""
    with zipfile.ZipFile(folder / "kata-bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(ATTEMPT, bytes(256 * 2**20))


def linked_attempt(folder: Path) -> None:
    """49: attempt.py is a symbolic link to the solution."""
    root = folder / "kata-links"
    repository(root)
    (root / ATTEMPT).unlink()
    (root / ATTEMPT).symlink_to(catalog.own_solutions() / EXERCISE / "attempt.py")


def endless_file(folder: Path) -> None:
    """49: attempt.py is a pipe that nobody writes to, beside a link to an endless device."""
    root = folder / "kata-pipe"
    repository(root)
    (root / ATTEMPT).unlink()
    os.mkfifo(root / ATTEMPT)
    (root / "exercises" / "03_pooled_downloads").mkdir()
    (root / "exercises" / "03_pooled_downloads" / "attempt.py").symlink_to("/dev/zero")


def hooks_of_git(folder: Path) -> None:
    """50: .git/config and hooks that run a program whenever anybody asks git for anything."""
    root = folder / "kata-hooks"
    repository(root)
    subprocess.run(["git", "init", "--quiet", root], check=True, capture_output=True)
    touch = f"touch {folder / CANARY}"
    with (root / ".git/config").open("a") as config:
        config.write(f'[core]\n\tfsmonitor = "{touch}; false"\n[diff]\n\texternal = "{touch}"\n')
    for hook in ("post-checkout", "post-index-change", "pre-commit"):
        (root / ".git/hooks" / hook).write_text(f"#!/bin/sh\n{touch}\n")
        (root / ".git/hooks" / hook).chmod(0o755)


def objects_of_git_in_a_circle(folder: Path) -> None:
    """49: .git/objects is a symbolic link to itself, so that whoever resolves it fails."""
    root = folder / "kata-circle"
    repository(root)
    (root / ".git").mkdir()
    (root / ".git/HEAD").write_text("a" * 40)
    (root / ".git/objects").symlink_to("objects")


def hostile_names(folder: Path) -> None:
    """60: learners called like an option, a formula, markup, terminal escapes, 255 bytes, and half of a character."""
    for name in NAMES:
        repository(folder / name)
    repository(Path(os.fsdecode(os.fsencode(folder) + b"/kata-half-\xff")))


NAMES = (
    "-p evil", "--output=x", '=HYPERLINK("http:kata","y")', "@SUM(1+1)", "<script>alert(1)<", "a\x1b[2Jb", "a\rb\nc",
    "::error::x", "$(touch canary)", "`touch canary`", "; touch canary", "%00", "%2e%2e", "\u202egnp.exe", "nul.", LONG,
    'a;"=1+1;b', WIDE,
)  # fmt: skip


def twins(folder: Path) -> None:
    """60: two learners whose names differ by their case only, so that one file of a report could be the other's."""
    repository(folder / "kata-TWIN")
    repository(folder / "kata-twin")


ATTACKS: tuple[Attack, ...] = (
    results_written_in_advance, conftest_flips_outcomes, conftest_deselects, settings_collect_only, modules_beside,
    build_files, compiled_in_advance, only_compiled, edited_checks, path_out_of_the_zip, link_in_a_zip, bomb,
    linked_attempt, endless_file, hooks_of_git, objects_of_git_in_a_circle, hostile_names, twins,
)  # fmt: skip
