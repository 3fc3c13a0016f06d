"""The package's shape: imports point one way, the core is pure, files and functions stay small."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "checker"
FILES = sorted(
    path for path in PACKAGE.rglob("*.py") if {"exercises", "data"}.isdisjoint(path.relative_to(PACKAGE).parts)
)
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

LAYERS = [
    {"checker", "model"},
    {"catalog", "explanations", "attempt", "picture"},
    {"judge"},
    {"world", "observe"},
    {"process"},
    {"report"},
    {"gradebook"},
    {"progress"},
    {"checks"},
    {"session"},
    {"classroom"},
    {"authoring"},
    {"commands"},
    {"__main__"},
]
"""From the bottom to the top: a folder imports only from itself and from layers below its own."""

PURE = ("model", "judge", "picture")
"""Folders without files, clocks, environment or processes."""
IMPURE = {
    "os",
    "sys",
    "time",
    "subprocess",
    "socket",
    "threading",
    "asyncio",
    "pathlib",
    "psutil",
    "tempfile",
    "random",
}


def name(path: Path) -> str:
    """The module's name below `checker`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "checker"


def imported(path: Path) -> set[str]:
    """Every module of ours that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "checker":
            below = node.module.removeprefix("checker").removeprefix(".")
            for alias in node.names:
                candidate = f"{below}.{alias.name}".strip(".")
                found.add(candidate if (PACKAGE / (candidate.replace(".", "/") + ".py")).exists() else below)
    return {module or "checker" for module in found}


def folder(module: str) -> str:
    """The first part of a module's name: what LAYERS orders."""
    return module.partition(".")[0]


def layer(module: str) -> int:
    return next((number for number, folders in enumerate(LAYERS) if folder(module) in folders), -1)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    """A module imports from its own folder and from layers below; every folder has a layer."""
    mine = name(path)
    assert layer(mine) >= 0, f"{folder(mine)} has no layer: give it one in LAYERS"
    others = {module for module in imported(path) if folder(module) != folder(mine)}
    assert {module for module in others if not 0 <= layer(module) < layer(mine)} == set()


def test_no_module_needs_itself() -> None:
    """Within a folder, too, imports never go round in a circle."""
    graph = {name(path): {module for module in imported(path) if module != name(path)} for path in FILES}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", [path for path in FILES if folder(name(path)) in PURE], ids=name)
def test_the_core_is_pure(path: Path) -> None:
    """No files, clock, environment or processes in the core (a Path as a plain value is allowed)."""
    tree = ast.parse(path.read_text())
    used = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    used |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not (used & IMPURE) - ({"pathlib"} if name(path) == "model.exercise" else set())


@pytest.mark.parametrize("path", FILES, ids=name)
def test_files_and_functions_are_small(path: Path) -> None:
    """A file can be read in a few minutes, a function at a glance."""
    text = path.read_text()
    assert len(text.splitlines()) <= MAX_FILE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION_LINES, node.name


@pytest.mark.parametrize("path", FILES, ids=name)
def test_everything_public_has_a_docstring(path: Path) -> None:
    """Modules and public classes say what they are for."""
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and path.name != "messages.py":
            assert ast.get_docstring(node), node.name
