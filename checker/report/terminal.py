"""Results as text for the terminal. Pure: records in, lines of text with colours out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.model.answer import AttemptResult, CheckResult, Diagnosis, Speed, Verdict
from checker.model.exercise import Exercise
from checker.picture import as_text
from checker.report import escape

WIDTH = 88
BAR_COLUMNS = 40
MARKS = {Verdict.PASSED: "✓", Verdict.FAILED: "✗", Verdict.INCONCLUSIVE: "?", Verdict.ERROR: "!"}
COLOURS = {Verdict.PASSED: "green", Verdict.FAILED: "red", Verdict.INCONCLUSIVE: "yellow", Verdict.ERROR: "red"}
MAX_OUTPUT_LINES = 20
INDENT = "  "
LEAST_COLUMNS = 20
PLAIN = str.maketrans(
    {
        "█": "#", "▒": "x", "▞": "/", "▁": "_", "░": ".", "▄": "=", "▌": "[", "▐": "]", "✓": "+", "✗": "x", "▕": "[",
        "▏": "]", "·": ".", "┃": "|", "…": "~", "→": "->", "—": "-",
    }
)  # fmt: skip
"""For terminals without UTF-8. Different kinds of pieces stay different."""
MAX_SOURCE = 72


@dataclass(frozen=True)
class StyledLine:
    """A line of text with its colours and weights ("red", "bold", ...)."""

    text: str = ""
    markup: dict[str, bool] = field(default_factory=dict)


def again(result: CheckResult) -> Iterator[StyledLine]:
    """A check that failed in the same way as an earlier one, which was explained."""
    yield _heading(result)
    code = result.diagnosis.code if result.diagnosis is not None else ""
    yield StyledLine(f"  {code}, in the same place as above.")


def check(result: CheckResult, columns: int | None = None, source: str = "") -> Iterator[StyledLine]:
    """Why a check was not passed: numbers, picture, diagnosis, hint, output.

    `columns`: the terminal's width; None: lines are not broken. `source`: the source line that the diagnosis names.
    """
    yield _heading(result)
    yield StyledLine()
    if result.speed is not None:
        yield StyledLine(f"  {numbers(result.speed)}")
        yield StyledLine()
    if result.picture is not None:
        room = columns - len(INDENT) if columns is not None else None
        yield from (StyledLine(f"  {lane}") for lane in as_text.render(result.picture, room).splitlines())
        yield StyledLine()
    yield from _explanation(result, columns)
    if source:
        yield StyledLine(f"  Line {source}")
    if result.output.strip():
        yield from _output(result.output)


def _heading(result: CheckResult) -> StyledLine:
    return StyledLine(f"{MARKS[result.verdict]} {result.title}", {COLOURS[result.verdict]: True, "bold": True})


def calm(lines: Iterable[StyledLine]) -> Iterator[StyledLine]:
    """The lines with yellow in place of red: an unchanged stub is nobody's mistake."""
    for line in lines:
        yield StyledLine(line.text, {"yellow" if name == "red" else name: on for name, on in line.markup.items()})


def fitted(lines: Iterable[StyledLine], columns: int | None, encoding: str = "utf-8") -> Iterator[StyledLine]:
    """The lines as a terminal can show them: long ones are broken between words, missing characters are replaced.

    No text of an attempt, such as an exception's, takes over the terminal: see `printable`. A word that is longer than
    a line, such as a path, is not broken, so that it can be copied.

    `columns`: the terminal's width; None: lines are not broken.
    """
    for line in lines:
        for part in _wrapped(_encodable(printable(line.text), encoding), columns):
            yield StyledLine(part, line.markup)


def _wrapped(text: str, columns: int | None) -> list[str]:
    if columns is None or len(text) <= columns:
        return [text]
    indent = " " * (len(text) - len(text.lstrip())) + INDENT
    lines = textwrap.wrap(
        text, max(columns, LEAST_COLUMNS), subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
    return [line.rstrip() for line in lines]


def _encodable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return text


def _explanation(result: CheckResult, columns: int | None) -> Iterator[StyledLine]:
    if result.verdict is Verdict.INCONCLUSIVE:
        yield from _paragraph(
            "Cannot be judged now", result.why + ". This is not a mark against you.", "yellow", columns
        )
        return
    if result.verdict is Verdict.ERROR:
        yield from _paragraph("The checker failed, not you", result.why, "red", columns)
        return
    if result.diagnosis is not None:
        yield from _paragraph(result.diagnosis.code, result.diagnosis.sentence, "red", columns)
        yield from _paragraph("Hint", result.diagnosis.hint, "cyan", columns)
        yield StyledLine(f"  More: {result.diagnosis.code.more}")


def _paragraph(label: str, text: str, colour: str, columns: int | None) -> Iterator[StyledLine]:
    width = min(WIDTH, max(columns or WIDTH, LEAST_COLUMNS)) - 4
    lines = textwrap.wrap(f"{label}: {text}", width, break_long_words=False) or [label]
    yield StyledLine(f"  {lines[0]}", {colour: True})
    yield from (StyledLine(f"    {line}") for line in lines[1:])


def _output(output: str) -> Iterator[StyledLine]:
    yield StyledLine()
    yield StyledLine("  Your output:")
    lines = printable(output).splitlines()
    yield from (StyledLine(f"  | {line}") for line in lines[:MAX_OUTPUT_LINES])
    if len(lines) > MAX_OUTPUT_LINES:
        yield StyledLine(f"  | ... {len(lines) - MAX_OUTPUT_LINES} more lines")


def printable(text: str) -> str:
    """Text without control characters, which could take over the terminal."""
    return "\n".join(line if line.isprintable() else escape.shown(line, "\t") for line in text.split("\n"))


def source_line(text: bytes | None, diagnosis: Diagnosis | None) -> str:
    """The source line that a diagnosis names, with its number; "" if there is none."""
    lines = text.splitlines() if text is not None else []  # as Python counts them: text has more ends of lines
    number = diagnosis.line if diagnosis is not None else None
    if number is None or not 0 < number <= len(lines):
        return ""
    line = lines[number - 1].decode("utf-8", "replace")
    return f"{number} | {printable(line)[:MAX_SOURCE]}"


def numbers(speed: Speed) -> str:
    """The race in one line."""
    clock = ", corrected for other programs" if speed.clock == "corrected" else ""
    return (
        f"sync {speed.sync_s * 1000:.0f} ms, yours {speed.attempt_s * 1000:.0f} ms{clock}: "
        f"speed-up {speed.speedup:.1f}x, goal {speed.goal:.1f}x, limit {speed.limit:.1f}x"
    )


def exercise(exercise: Exercise, result: AttemptResult, columns: int | None = None) -> Iterator[StyledLine]:
    """The summary of an exercise: its checks as sentences, and the speed-up as a bar. `columns`: as for `check`."""
    colour = COLOURS[result.verdict]
    yield StyledLine(
        f"{exercise.number} {exercise.slug}: {result.score:g} of {result.max_score:g} points",
        {colour: True, "bold": True},
    )
    for checked in result.checks:
        code = f"  {checked.diagnosis.code}" if checked.diagnosis is not None else ""
        yield StyledLine(f"  {MARKS[checked.verdict]} {checked.title}{code}", {COLOURS[checked.verdict]: True})
        if checked.note:
            yield from _paragraph("  Note", checked.note, "cyan", columns)
    if result.speed is not None:
        yield StyledLine(f"  {bar(result.speed, columns)}")


def bar(speed: Speed, columns: int | None = None) -> str:
    """The speed-up between 0 and the limit, with the goal marked."""
    width = BAR_COLUMNS if columns is None else max(1, min(BAR_COLUMNS, columns - len(INDENT) - len("▕▏ 10.0x")))
    scale = width / speed.limit
    filled = min(width, max(0, round(speed.speedup * scale)))
    cells = ["█"] * filled + ["·"] * (width - filled)
    goal = min(width - 1, round(speed.goal * scale))
    cells[goal] = "┃"
    reference = f", reference {speed.reference:.1f}x" if speed.reference is not None else ""
    return f"▕{''.join(cells)}▏ {speed.speedup:.1f}x   goal {speed.goal:.1f}x, limit {speed.limit:.1f}x{reference}"
