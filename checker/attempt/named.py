"""Imports a copy of a file under the original's name, for tracebacks, debuggers and an editor's breakpoints."""

from __future__ import annotations

import linecache
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

_originals: dict[ModuleType, str] = {}
"""The original of each module that was loaded here. (A module's own code can change its `__file__`.)"""


class _Loader(SourceFileLoader):
    """Loads a copy, whose code objects name the original."""

    original = ""

    def source_to_code(self, data: Any, _: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        return compile(data, self.original, "exec", dont_inherit=True, optimize=_optimize)


def load(copy: Path, original: str) -> ModuleType:
    """Import the copy under its plain name. `original`: a name only; the file is not read, and need not exist.

    Raises whatever the module's code raises.
    """
    loader = _Loader(copy.stem, str(copy))
    loader.original = original
    spec = spec_from_file_location(copy.stem, copy, loader=loader)
    assert spec is not None
    _cache_lines(copy, original)
    module = sys.modules[copy.stem] = module_from_spec(spec)
    _originals[module] = original
    loader.exec_module(module)
    return module


def file_of(module: ModuleType) -> str:
    """The file that a module's code objects name: the original, if the module was loaded here."""
    return _originals.get(module, str(module.__file__))


def is_loaded_here(namespace: dict[str, Any]) -> bool:
    """Whether this is the namespace of a module that was loaded here."""
    return any(namespace is vars(module) for module in _originals)


def _cache_lines(copy: Path, original: str) -> None:
    """For tracebacks and debuggers: they would try to read the original, which this process may not read."""
    lines = linecache.getlines(str(copy))
    linecache.cache[original] = (sum(map(len, lines)), None, lines, original)  # None: never check for a newer file
