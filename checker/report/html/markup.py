"""HTML from plain values: every text is escaped unless it is HTML already. Pure.

Of our own, because a template engine's Markup escapes only what means something in HTML: what `plain` takes away, too,
would come through wherever two texts are added or formatted. Here that makes plain text, which is escaped as a whole.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache

from checker.report.escape import plain

VOID = {"input", "link", "meta"}
TELLING = re.compile(r"[^ -~]|[&<>\"']")
"""What is to be looked at more closely: most texts are plain, and there are hundreds for each learner."""
CODE = re.compile("`([^`\n]+)`")


class Html(str):
    """Text that is HTML already. Joined with other text it becomes plain text again, and is escaped once more."""

    __slots__ = ()


def escaped(content: str | float) -> Html:
    """Text or a number as HTML, without control characters and without what turns the direction around."""
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
    """There are few."""
    return key.rstrip("_").replace("_", "-")


def together(parts: Iterable[str | float]) -> Html:
    """Elements and texts after each other. (Most are elements, and a call costs as much as what it does here.)"""
    return Html("".join([part if type(part) is Html else escaped(part) for part in parts]))


def prose(text: str) -> Html:
    """A sentence; what stands between backticks is code."""
    parts = CODE.split(text)
    return together(tag("code", part) if number % 2 else part for number, part in enumerate(parts))


def unseen(text: str) -> Html:
    """Words for those who hear the page: for the others something beside them says the same."""
    return tag("span", text, class_="unseen")
