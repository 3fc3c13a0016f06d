"""Groups of attempts that differ only in names, comments and layout, for people to look at: never a verdict. Pure.

Short right answers are naturally alike. The texts are only tokenized, never parsed: a program can be written so that it
crashes the parser.
"""

from __future__ import annotations

import io
import keyword
import tokenize
from collections import defaultdict
from hashlib import sha256

from checker.report import escape, sheet
from checker.report.model import Report

MAX_CHARACTERS = 100_000
"""Longer texts are compared unchanged."""
LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING}
BLOCKS = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def render(report: Report) -> str:
    """CSV: a row for each attempt in each group of two or more."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    stubs = {fingerprint(info.sync) for info in report.exercises}
    known: dict[str, str] = {}
    for submission, column, result in sheet.attempts(report):
        digest = result.attempt_sha256
        if digest is None or digest not in report.attempts:
            continue
        if digest not in known:
            known[digest] = fingerprint(report.attempts[digest])
        if known[digest] not in stubs:
            groups[column.number, known[digest]].append((submission.called(column.number), digest))
    rows = []
    alike = [(key, sorted(set(members))) for key, members in sorted(groups.items()) if len(set(members)) > 1]
    for number, ((exercise, _), members) in enumerate(alike, 1):
        kind = "identical" if len({digest for _, digest in members}) == 1 else "but for names, comments and layout"
        rows += [[str(number), exercise, name, kind, digest] for name, digest in members]
    return escape.table([("group", "exercise", "submission", "equal", "attempt_sha256"), *rows])


def fingerprint(text: str) -> str:
    """A hash that is the same for texts that differ only in names, comments, docstrings and layout."""
    try:
        tokens = _tokens(text) if len(text) <= MAX_CHARACTERS else [text]
    except (tokenize.TokenError, SyntaxError, ValueError):
        tokens = [text]
    return sha256("\0".join(tokens).encode("utf-8", "replace")).hexdigest()


def _tokens(text: str) -> list[str]:
    """The tokens that matter. Names are numbered in the order of their first use."""
    numbers: dict[str, int] = {}
    found: list[str] = []
    line: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in LAYOUT:
            continue
        if token.type in BLOCKS:
            is_docstring = len(line) == 1 and line[0][:1] in {'"', "'"}
            found += [] if is_docstring else [*line, tokenize.tok_name[token.type]]
            line = []
        elif token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            line.append(f"name {numbers.setdefault(token.string, len(numbers))}")
        else:
            line.append(token.string)
    return [*found, *line]
