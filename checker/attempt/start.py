"""`python start.py [--with FOLDER] MODULE ARGUMENTS...`: run a module in a Python that need not have this package.

Only the package `checker` is made importable, by its path: the folder around it may hold libraries for another Python.
FOLDER: of further packages.
"""

from __future__ import annotations

import runpy
import site
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
WITH = "--with"


def make_known(package: Path) -> None:
    """Import a package that is not on the path. Raises ImportError."""
    spec = spec_from_file_location(package.name, package / "__init__.py", submodule_search_locations=[str(package)])
    if spec is None or spec.loader is None:
        raise ImportError(package)
    module = sys.modules[package.name] = module_from_spec(spec)
    spec.loader.exec_module(module)


if __name__ == "__main__":
    make_known(PACKAGE)
    if sys.argv[1] == WITH:
        site.addsitedir(sys.argv[2])
        del sys.argv[1:3]
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
