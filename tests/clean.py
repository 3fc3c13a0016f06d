"""An environment of one's own to install into, where the network may be missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

BUNDLED = ("setuptools*", "pkg_resources", "_distutils_hack", "distutils-precedence.pth")
"""Before Python 3.12, a new environment has them, too old to build the checker, and in front of the newer ones."""
OURS = re.compile(r"concurrency_kata|__editable__|checker$")


def environment(folder: Path) -> dict[str, str]:
    """Makes one in `folder`, with what the checker needs and without the checker; the variables of a shell in it.

    pip installs there what it is given, and asks for nothing else.
    """
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=120)
    (site,) = folder.glob("lib/python*/site-packages")
    for bundled in (path for name in BUNDLED for path in site.glob(name)):
        shutil.rmtree(bundled) if bundled.is_dir() else bundled.unlink()
    needed = folder / "needed"
    needed.mkdir()
    for place in (Path(path) for path in sys.path if path.endswith("site-packages")):
        for each in place.iterdir():
            if not OURS.match(each.name) and not (needed / each.name).is_symlink():
                (needed / each.name).symlink_to(each)
    (site / "needed.pth").write_text(f"{needed}\n")
    program = folder / "bin/pytest"  # what pip would have made of what is needed
    program.write_text(f"#!{folder}/bin/python\nfrom pytest import console_main\n\nraise SystemExit(console_main())\n")
    program.chmod(0o755)
    own = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "VIRTUAL_ENV": str(folder)}
    return os.environ | own | {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0"}


def comes_from(environment: dict[str, str], program: str) -> Path:
    """The folder of the environment in which a shell finds this program."""
    found = shutil.which(program, path=environment["PATH"])
    assert found is not None, program
    return Path(found).parent.parent
