"""The package's shape: imports point one way, the core is pure, files and functions stay small."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "checker"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "exercises" not in path.parts)
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

LAYERS = [
    {"checker", "limits"},
    {"wire", "model"},
    {"evidence"},
    {"overlap", "clock", "lock_order", "score", "timeline"},
    {"plan"},
    {"world.ledger", "worker.stacks"},
    {"world.operations"},
    {"world.accounts", "world.activity", "world.files"},
    {"verdict", "diagnosis.hints", "diagnosis.lines"},
    {"diagnosis.conduct", "diagnosis.locks", "diagnosis.rest", "diagnosis.waits"},
    {"diagnosis.outcome"},
    {"diagnosis.result", "diagnosis.race"},
    {"catalog", "grading", "terminal", "call"},
    {"world.loop", "world.site", "world.service", "worker.libc"},
    {
        "worker.landlock",
        "worker.descendants",
        "worker.operations",
        "worker.aftermath",
        "worker.debugging",
        "worker.locks",
        "worker.gil",
    },
    {"world.world", "worker.invoke", "worker.confined", "worker.namespaces"},
    {"worker.serve", "isolation"},
    {
        "worker.keeper",
        "observe.linux",
        "observe.portable",
        "observe.left",
        "observe.cpus",
        "observe.machine",
        "observe.memory",
    },
    {"worker.__main__", "observe.observer", "nursery", "output", "messages", "surroundings", "lifeline"},
    {"process", "build"},
    {"engine"},
    {"race.runner"},
    {"race.waiting", "race.cpu", "race.code", "race.cores"},
    {"race.hold"},
    {"checks"},
    {"session"},
    {"plugin"},
    {"handins", "grade", "report.model"},
    {"submissions", "submissions.entries", "submissions.names", "roster", "gradebook", "jobs", "progress"},
    {"submissions.disk", "submissions.archive"},
    {"submissions.candidates"},
    {"submissions.learner", "submissions.owners"},
    {"submissions.search"},
    {"lanes"},
    {"schedule", "fleet"},
    {"classwork", "lint", "template", "report.json", "report.table", "report.overview"},
    {"report.escape", "report.remarks"},
    {"report.sheet", "report.html.markup"},
    {"report.html.page", "report.html.scale", "report.html.timeline", "report.html.difference"},
    {"report.html.class_table", "report.html.exercise", "report.html.learner"},
    {"report.html.pages"},
    {
        "report.canvas",
        "report.classroom50",
        "report.github",
        "report.gradescope",
        "report.junit",
        "report.moodle",
        "report.plain_csv",
    },
    {"report.exports", "commands.common"},
    {"commands.grade", "commands.books", "commands.handouts"},
    {"cli"},
    {"__main__"},
]
"""From the bottom to the top: a module imports only from layers below its own."""

PURE = [
    "model",
    "evidence",
    "overlap",
    "plan",
    "lock_order",
    "clock",
    "score",
    "timeline",
    "verdict",
    "grading",
    "terminal",
]
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


def layer(module: str) -> int:
    return next((number for number, modules in enumerate(LAYERS) if module in modules), -1)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_point_one_way(path: Path) -> None:
    """Nothing imports from its own layer or from one above; every module has a layer."""
    if path.name == "__init__.py":
        assert imported(path) == set()
        return
    mine = layer(name(path))
    assert mine >= 0, f"{name(path)} has no layer: give it one in LAYERS"
    upward = {module for module in imported(path) if not 0 <= layer(module) < mine}
    assert upward == set()


@pytest.mark.parametrize("module", PURE)
def test_the_core_is_pure(module: str) -> None:
    """No files, clock, environment or processes in the core (a Path as a plain value is allowed)."""
    tree = ast.parse((PACKAGE / f"{module}.py").read_text())
    used = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    used |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not (used & IMPURE) - ({"pathlib"} if module == "model" else set())


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
