"""Only Cython: `python setup.py build_ext --inplace` builds the `.pyx` attempts beside their sources.

Everything else about this project is in pyproject.toml. No extension is declared for any other command, so
that an install never fails for a learner's broken file or for want of a compiler.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.build_ext import build_ext


class BesideTheSource(build_ext):
    """Puts each compiled attempt into the folder of its source, where `import attempt` finds it."""

    def copy_extensions_to_source(self) -> None:
        for extension in self.extensions:
            built = Path(self.build_lib, self.get_ext_filename(extension.name))  # type: ignore[no-untyped-call]
            shutil.copy(built, Path(extension.sources[0]).with_name(built.name))


def pyx_attempts() -> list[Any]:
    """The extension modules of all `exercises/*/attempt.pyx`; none unless they are being built."""
    sources = sorted(Path("exercises").glob("*/attempt.pyx"))
    if "build_ext" not in sys.argv or not sources:
        return []
    from Cython.Build import cythonize
    from setuptools import Extension

    # A package name may not begin with a digit; the names only have to differ.
    modules = [Extension(f"exercise_{source.parent.name}.attempt", [str(source)]) for source in sources]
    return list(cythonize(modules, language_level=3))  # type: ignore[no-untyped-call]


setup(ext_modules=pyx_attempts(), cmdclass={"build_ext": BesideTheSource})
