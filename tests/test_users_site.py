"""pip installs into the user's own folder who may not write to the system's, as in many development containers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMPILES = (
    "from checker.process import build, isolation\n"
    "print(type(build.Builder(isolation.best()).module(b'x = 1')).__name__, build.impossible())\n"
)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """In which the base interpreter finds the packages of this one in the user's site."""
    if sys.prefix == sys.base_prefix:
        pytest.skip("this interpreter is no virtual environment, so its base has the packages")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = tmp_path / "home/.local/lib" / version / "site-packages"
    site.parent.mkdir(parents=True)
    site.symlink_to(sysconfig.get_path("purelib"))
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONUSERBASE", "PYTHONNOUSERSITE")}
    environment = kept | {"HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    asked = [sys._base_executable, "-c", "import site; print(site.getusersitepackages())"]  # type: ignore[attr-defined]
    if subprocess.check_output(asked, env=environment, text=True).strip() != str(site):
        pytest.skip("the user's site is elsewhere on this platform")
    return environment


@pytest.mark.timeout(200)
def test_attempts_find_what_is_installed_there(environment: dict[str, str], tmp_path: Path) -> None:
    """The grader, its attempts that import aiohttp, and Cython."""
    base = sys._base_executable  # type: ignore[attr-defined]
    compiled = subprocess.run(
        [base, "-c", COMPILES], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False
    )
    assert compiled.stdout == "bytes \n" or "compiler" in compiled.stdout, compiled.stdout + compiled.stderr
    attempt = ROOT / "solutions/16_bounded_crawl/attempt.py"
    graded = subprocess.run(
        [base, "-m", "checker", "grade", str(attempt), "--exercise", "16", "--json", "-"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    assert graded.returncode == 0, graded.stdout + graded.stderr
    assert json.loads(graded.stdout)["submissions"][0]["exercises"][0]["verdict"] == "passed"
