"""`python start.py MODULE ARGUMENTS...`: run a module of this package in a Python that need not have it installed.

Only the package `checker` is made importable, by its path: the folder around it may hold libraries for another Python.
"""

from __future__ import annotations

import runpy
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def make_known(package: Path) -> None:
    """Import a package that is not on the path. Raises ImportError."""
    spec = spec_from_file_location(package.name, package / "__init__.py", submodule_search_locations=[str(package)])
    if spec is None or spec.loader is None:
        raise ImportError(package)
    module = sys.modules[package.name] = module_from_spec(spec)
    spec.loader.exec_module(module)


if __name__ == "__main__":
    make_known(PACKAGE)
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
