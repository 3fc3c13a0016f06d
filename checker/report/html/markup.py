"""HTML from plain values: every text is escaped unless it is HTML already. Pure.

We do not use a template engine's Markup: it escapes only characters that are special in HTML. The characters that
`plain` removes would pass wherever texts are added or formatted. Here such an operation gives plain text, which is
then escaped as a whole.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache

from checker.report.escape import plain

VOID = {"input", "link", "meta"}
TELLING = re.compile(r"[^ -~]|[&<>\"']")
"""Characters that may need escaping. Most texts have none, and there are hundreds of texts for each learner."""
CODE = re.compile("`([^`\n]+)`")


class Html(str):
    """Text that is HTML already. Joined with other text it becomes a plain str, which is escaped again."""

    __slots__ = ()


def escaped(content: str | float) -> Html:
    """Text or a number as HTML, without control characters and bidirectional controls."""
    if isinstance(content, Html):
        return content
    if not isinstance(content, str):
        return Html(f"{content:.10g}")
    return Html(html.escape(plain(content)) if TELLING.search(content) else content)


def tag(name: str, /, *content: str | float, **attributes: str | float | None) -> Html:
    """One element. Attributes that are None are left out; `class_` means class, `aria_label` means aria-label."""
    start = f"<{name}"
    for key, value in attributes.items():
        if value is not None:
            start += f' {_attribute(key)}="{escaped(value)}"'
    return Html(f"{start}>" if name in VOID else f"{start}>{together(content)}</{name}>")


@cache
def _attribute(key: str) -> str:
    """The attribute's name in HTML. (Cached, as there are few.)"""
    return key.rstrip("_").replace("_", "-")


def together(parts: Iterable[str | float]) -> Html:
    """Elements and texts one after the other. (Most are elements: the test of the type saves them a call.)"""
    return Html("".join([part if type(part) is Html else escaped(part) for part in parts]))


def prose(text: str) -> Html:
    """A sentence, in which text between backticks is code."""
    parts = CODE.split(text)
    return together(tag("code", part) if number % 2 else part for number, part in enumerate(parts))


def unseen(text: str) -> Html:
    """Words for screen readers only: something beside them shows the same."""
    return tag("span", text, class_="unseen")
