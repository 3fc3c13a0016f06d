"""Import a copy of a file under the name of the original: in tracebacks, in a debugger, for an editor's breakpoints."""

from __future__ import annotations

import linecache
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

_originals: dict[ModuleType, str] = {}
"""Of the modules that were loaded here. What a module says of itself (`__file__`), its own code can change."""


class _Loader(SourceFileLoader):
    """Loads a copy; its code says that it comes from the original."""

    original = ""

    def source_to_code(self, data: Any, _: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        return compile(data, self.original, "exec", dont_inherit=True, optimize=_optimize)


def load(copy: Path, original: str) -> ModuleType:
    """The module of the copy's plain name. The original is a name only: it is not read, and need not be there.

    Raises whatever the module's code raises.
    """
    loader = _Loader(copy.stem, str(copy))
    loader.original = original
    spec = spec_from_file_location(copy.stem, copy, loader=loader)
    assert spec is not None
    _note_lines(copy, original)
    module = sys.modules[copy.stem] = module_from_spec(spec)
    _originals[module] = original
    loader.exec_module(module)
    return module


def file_of(module: ModuleType) -> str:
    """The file from which a module's code says that it comes: of one that was loaded here, the original."""
    return _originals.get(module, str(module.__file__))


def is_loaded_here(namespace: dict[str, Any]) -> bool:
    """Whether these are the global names of a module that was loaded here."""
    return any(namespace is vars(module) for module in _originals)


def _note_lines(copy: Path, original: str) -> None:
    """For tracebacks and debuggers, which would look into a file that this process may not read."""
    lines = linecache.getlines(str(copy))
    linecache.cache[original] = (sum(map(len, lines)), None, lines, original)  # None: it stays, whatever the file says
