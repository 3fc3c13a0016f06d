"""An environment of one's own to install into, where the network may be missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def environment(folder: Path) -> dict[str, str]:
    """Makes one in `folder`, with what the checker needs and without the checker; the variables of a shell in it.

    pip installs there what it is given, and gets nothing else, nor anything that is there already.
    """
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=120)
    (site,) = folder.glob("lib/python*/site-packages")
    there = [path for path in sys.path if path.endswith("site-packages")]
    (site / "needed.pth").write_text("\n".join(there) + "\n")
    own = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "VIRTUAL_ENV": str(folder)}
    return os.environ | own | {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0"}
