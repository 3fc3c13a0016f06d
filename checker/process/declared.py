"""Checks what a scenario.py returns against its functions' annotations. An attempt that answers in a function's place
need not know these."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

import msgspec

from checker.model.outcome import FORGED, Outcome, Returned
from checker.process.invocation import Invocation

BUILTINS: dict[str, Any] = {kind.__name__: kind for kind in (bool, dict, float, int, list, object, str, tuple)}


class Unreadable(Exception):
    """An annotation with other types than builtins and the TypedDicts of its own file."""


def kept(invocation: Invocation, outcome: Outcome) -> Outcome:
    """The outcome, or FORGED if its value is not of the type that the scenario's function declares.

    So a check can rely on the annotated types. Where one says `object`, the attempt may have put anything.
    """
    if invocation.scenario is None or not isinstance(outcome, Returned):
        return outcome
    kind = of(invocation.scenario).get(invocation.function, object)
    try:
        declared = msgspec.convert(outcome.value, kind, strict=True)
    except msgspec.ValidationError:
        return FORGED
    return outcome if _is_in_order(outcome.value, declared) else FORGED


def _is_in_order(value: Any, declared: Any) -> bool:
    """Whether no set stands where a list is declared, or a tuple: msgspec takes it for one, and it has no places."""
    if isinstance(value, set | frozenset):
        return type(declared) is type(value)
    if isinstance(value, dict):
        return all(_is_in_order(inner, declared[key]) for key, inner in value.items() if key in declared)
    return not isinstance(value, list | tuple) or all(map(_is_in_order, value, declared))


def of(scenario: Path) -> Mapping[str, Any]:
    """The declared return types of the file's functions, by name. The file is parsed, not run. Raises Unreadable."""
    return _in(scenario.read_bytes())


@lru_cache
def _in(text: bytes) -> Mapping[str, Any]:
    known, types = dict(BUILTINS), {}
    for node in ast.parse(text).body:
        match node:
            case ast.Assign([ast.Name(name)], ast.Call(ast.Name("TypedDict"), [_, ast.Dict(keys, kinds)])):
                known[name] = _record(name, zip(map(ast.literal_eval, filter(None, keys)), kinds, strict=True), known)
            case ast.ClassDef(name, [ast.Name("TypedDict")], body=body):
                fields = [each for each in body if isinstance(each, ast.AnnAssign)]
                known[name] = _record(name, [(ast.unparse(each.target), each.annotation) for each in fields], known)
            case (
                ast.FunctionDef(name=name, returns=ast.expr() as returns)
                | ast.AsyncFunctionDef(name=name, returns=ast.expr() as returns)
            ):
                types[name] = _type(returns, known)
    return types


def _record(name: str, fields: Iterable[tuple[str, ast.expr]], known: Mapping[str, Any]) -> Any:
    return TypedDict(name, {field: _type(kind, known) for field, kind in fields})  # type: ignore[operator]


def _type(annotation: ast.expr, known: Mapping[str, Any]) -> Any:
    """The type that an annotation means, such as `tuple[list[str], float]` or `Seen | None`. Raises Unreadable."""
    try:
        return _meant(annotation, known)
    except TypeError as error:  # int[str]
        raise Unreadable(ast.unparse(annotation)) from error


def _meant(annotation: ast.expr, known: Mapping[str, Any]) -> Any:
    """Raises Unreadable, and TypeError."""
    match annotation:
        case ast.Name(name) if name in known:
            return known[name]
        case ast.Constant(None):
            return None
        case ast.BinOp(left, ast.BitOr(), right):
            return _type(left, known) | _type(right, known)
        case ast.Subscript(ast.Name(name), ast.Tuple(parts)) if name in known:
            return known[name][*[_type(each, known) for each in parts]]
        case ast.Subscript(ast.Name(name), part) if name in known:
            return known[name][_type(part, known)]
    raise Unreadable(ast.unparse(annotation))
