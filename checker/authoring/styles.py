"""Lint: are the right attempts in tests/attempts different programs?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from checker.authoring import attempts

LEAST = 3
CONTAINERS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def problems(folder: Path) -> Iterator[str]:
    """One line per problem of tests/attempts, if that folder exists beside the exercises."""
    own = attempts.folder_of(folder)
    if not own.parent.is_dir():
        return
    where = f"{attempts.PLACE}/{folder.name}"
    right, wrong = (attempts.of(own / kind) for kind in ("right", "wrong"))
    alike: dict[str, list[str]] = {}
    for file in right:
        alike.setdefault(_essence(file), []).append(file.name)
    for names in alike.values():
        if len(names) > 1:
            yield f"{where}/right: {' and '.join(names)} are the same program; write another style"
    if len(alike) < LEAST:
        yield f"{where}/right has {len(alike)} different attempts; write {LEAST} or more, in different styles"
    if len(wrong) < LEAST:
        yield f"{where}/wrong has {len(wrong)} attempts; write {LEAST} or more that learners really write"


def _essence(file: Path) -> str:
    """A program without comments, docstrings, layout and the names of its variables and arguments."""
    text = file.read_text(encoding="utf-8", errors="replace")
    try:
        tree = ast.parse(text)
    except SyntaxError:  # Cython has more syntax than Python
        return " ".join(re.sub(r"#.*", "", text).split())
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, CONTAINERS) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.setdefault(node.id, f"name {len(names)}")
        elif isinstance(node, ast.arg):
            names.setdefault(node.arg, f"name {len(names)}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = names[node.arg]
    return ast.dump(tree)
