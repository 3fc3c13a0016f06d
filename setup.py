"""Only Cython: `python setup.py build_ext --inplace` builds the `.pyx` attempts beside their sources.

Everything else about this project is in pyproject.toml. No extension is declared for any other command, so
that an install never fails for a learner's broken file or for want of a compiler.
"""

import sys
from pathlib import Path
from typing import Any

from setuptools import setup


def pyx_attempts() -> list[Any]:
    """The extension modules of all `exercises/*/attempt.pyx`; none unless they are being built."""
    sources = sorted(Path("exercises").glob("*/*.pyx"))
    if "build_ext" not in sys.argv or not sources:
        return []
    from Cython.Build import cythonize
    from setuptools import Extension

    modules = [Extension(str(source.with_suffix("")).replace("/", "."), [str(source)]) for source in sources]
    return list(cythonize(modules, language_level=3))  # type: ignore[no-untyped-call]


setup(ext_modules=pyx_attempts())
