"""Make texts by learners and learning platforms safe for each format that they are shown in. Pure."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence

import msgspec

UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters except tab and newline, line separators, bidirectional controls, surrogates, noncharacters."""
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that starts with one of these is a formula to a spreadsheet; the last four are the full-width forms."""
SEPARATED_FORMULA = re.compile(r'((?:^|;)[;,|\s"]+|;)([=+\-@\uff1d\uff0b\uff0d\uff20])')
"""A formula after a semicolon, which separates cells in some locales, with any quotation marks before it."""
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
MARKDOWN = re.compile(r"[\\`*_\[\]~|!$#]")
NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
MAX_NAME = 80
MAX_NAME_BYTES = 200
"""File systems allow 255 bytes: this leaves room for a count and a suffix."""


def plain(text: str) -> str:
    """Text for people, without control characters except tab and newline."""
    return UNWANTED.sub("", text)


def line(text: str) -> str:
    """Plain text in one line."""
    return " ".join(plain(text).split())


def shown(text: str, kept: str = "") -> str:
    """A name or a line that is safe for a terminal: unprintable characters become escapes, such as \\x1b.

    `kept`: characters that stay as they are. Not reversible: a text that contains the escape itself looks the same.
    """
    return "".join(char if char.isprintable() or char in kept else f"\\x{ord(char):02x}" for char in text)


def encodable(path: str) -> str:
    """A path as text that can be kept, in a file or as JSON: a byte of it that is not UTF-8 becomes a question mark."""
    return path.encode("utf-8", "replace").decode()


def cell(text: str) -> str:
    """A line that no spreadsheet takes for a formula: what looks like one is prefixed with '. Numbers stay numbers.

    In locales with decimal commas, spreadsheets split cells at semicolons, whatever quotes are around them.
    """
    shown = SEPARATED_FORMULA.sub(r"\1'\2", line(text))
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(shown) else shown


def number(value: float | None) -> str:
    """A number for a cell; "" when there is none."""
    return "" if value is None else f"{value:.10g}"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV, with every text made a safe cell."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([cell(each) for each in row] for row in rows)
    return text.getvalue()


def document(value: object, indent: int = 2) -> str:
    """The text of a JSON file."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode() + "\n"


def xml(text: str) -> str:
    """Text that XML allows; other characters are written as pytest writes them: #x1B."""
    return UNWANTED.sub(lambda found: f"#x{ord(found[0]):02X}", text)


def markdown(text: str) -> str:
    """Text for inside a line of Markdown, or for a cell of a table."""
    return MARKDOWN.sub(r"\\\g<0>", html.escape(line(text), quote=False))


def fenced(text: str) -> str:
    """A code block in Markdown, with a fence longer than any run of backticks inside."""
    shown = plain(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{shown}\n{fence}\n"


def command_message(text: str) -> str:
    """The message of a GitHub workflow command, escaped as in actions/toolkit's command.ts."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """The value of a property of a GitHub workflow command, escaped."""
    return command_message(text).replace(":", "%3A").replace(",", "%2C")


def folders(names: Iterable[str]) -> list[str]:
    """A folder name for each name: without separators, not hidden, and unique on every file system."""
    taken: set[str] = set()
    found = []
    for name in names:
        whole = NOT_IN_A_NAME.sub("_", plain(name))[:MAX_NAME].encode()
        bare = whole[:MAX_NAME_BYTES].decode(errors="ignore").strip(".") or "submission"
        free, count = bare, 1
        while free.casefold() in taken:
            count += 1
            free = f"{bare}-{count}"
        taken.add(free.casefold())
        found.append(free)
    return found
