"""`python -m checker.authoring.reference > docs/checks-reference.md`: what checks are written with, from docstrings."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from checker.checks import AnError, Bounds, Call, Close, Inputs, Namespace, WarmPool
from checker.checks.race.spec import RaceSpec
from checker.session import plugin
from checker.session.check import FIXTURES
from checker.world.accounts import Accounts
from checker.world.activity import Activity
from checker.world.api import Api
from checker.world.connections import Connections
from checker.world.files import File, Folder
from checker.world.operations import Operation
from checker.world.peer import Manner, Peer
from checker.world.pools import Pools
from checker.world.script import Script, Stall, Turn
from checker.world.site import Page
from checker.world.visitors import Caller, Listener, Visitors
from checker.world.world import World

BEGINNING = """\
# What checks are written with

Made from the docstrings by `python -m checker.authoring.reference`; change those, not this page.
[Writing exercises](writing-exercises.md) shows how to use it.
"""
PARTS = (
    Operation, Activity, Accounts, Connections, Page, Script, Turn, Stall, Api, Peer, Manner, Listener, Caller,
    Visitors, Pools, File, Folder,
)  # fmt: skip
GIVEN = (Inputs, RaceSpec, Bounds, AnError, Close, Namespace, WarmPool)
MOST_SHOWN = 1_000_000
"""A larger default means "no limit"."""
LONGEST = 20
"""Characters of a default that is a text; a longer one is not shown."""


def page() -> str:
    """The whole page, in Markdown."""
    sections = [
        ("What a check is given", "Fixtures of pytest: a check asks for them by their names.", _fixtures()),
        ("What must be true of a call", _first(Call.__doc__), _demands()),
        ("The world", _first(World.__doc__), _members("world", World)),
        ("What the world gives", "Each is made by a method of the world, or told to one.", _classes(PARTS)),
        (
            "Races, and what stands for values",
            "From `checker.checks`; a race's spec is given by keywords.",
            _classes(GIVEN),
        ),
    ]
    return BEGINNING + "".join(f"\n## {title}\n\n{said}\n\n{text}" for title, said, text in sections)


def _fixtures() -> str:
    return "".join(_item(name, getattr(plugin, name).__doc__) for name in FIXTURES)


def _demands() -> str:
    """The demands, by family: each family is a base class of Call."""
    families = [family for family in Call.__mro__ if family.__module__.startswith("checker.checks.expect.")]
    return "\n".join(filter(None, map(_family, families)))


def _family(family: type) -> str:
    items = _members("run", family)
    return f"### {_first(family.__doc__)}\n\n{items}" if items else ""


def _classes(classes: tuple[type, ...]) -> str:
    return "\n".join(
        f"### {each.__name__}\n\n{_told(each.__doc__)}\n\n{_members('', each)}".rstrip() + "\n" for each in classes
    )


def _members(before: str, kind: type) -> str:
    """The documented fields, properties and methods of a class, in the order of the source."""
    dot = f"{before}." if before else "."
    items = [_item(dot + name, doc) for name, doc in _fields(kind)]
    for name, member in _public(kind):
        if inspect.isfunction(member) and member.__doc__ and not inspect.iscoroutinefunction(member):
            items.append(_item(f"{dot}{name}{_arguments(member)}", member.__doc__))
        elif isinstance(member, property) and member.__doc__:
            items.append(_item(dot + name, member.__doc__))
    return "".join(items)


def _public(kind: type) -> Iterator[tuple[str, Any]]:
    return ((name, member) for name, member in vars(kind).items() if not name.startswith("_"))


def _fields(kind: type) -> Iterator[tuple[str, str]]:
    """Annotated fields with a docstring after them, which only the source has."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    assert isinstance(tree.body[0], ast.ClassDef)
    body = tree.body[0].body
    for field, after in pairwise(body):
        said = after.value if isinstance(after, ast.Expr) else None
        if isinstance(field, ast.AnnAssign) and isinstance(said, ast.Constant):
            yield ast.unparse(field.target), str(said.value)


def _arguments(function: Callable[..., Any]) -> str:
    """The parameters without types: (at_least=1, hint=None)."""
    shown = []
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        star = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
        default = "" if parameter.default is parameter.empty else f"={_default(parameter.default)}"
        shown.append(f"{star}{parameter.name}{default}")
    return f"({', '.join(shown)})"


def _default(value: object) -> str:
    if isinstance(value, int | float) and value > MOST_SHOWN:
        return "no limit"
    return "..." if isinstance(value, str) and len(value) > LONGEST else repr(value)


def _item(name: str, doc: str | None) -> str:
    return f"- `{name}`: {_told(doc)}\n"


def _told(doc: str | None) -> str:
    return " ".join(inspect.cleandoc(doc or "").split())


def _first(doc: str | None) -> str:
    return _told(doc).rstrip(".") + "." if doc else ""


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
