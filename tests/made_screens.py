"""What terminals of all sorts show of one check and one exercise.

`python -m tests.made_screens` writes what it looks like now to tests/data/terminal. Read the difference.
"""

from __future__ import annotations

from pathlib import Path

from checker.catalog import load, own_exercises, resolve
from checker.judge import grading
from checker.model.answer import CheckResult, Verdict
from checker.model.evidence import CpuUse
from checker.picture import drawing
from checker.report import terminal
from tests import made_class
from tests.evidence import run, span

GOLDEN = Path(__file__).parent / "data" / "terminal"
SCREENS: dict[str, tuple[int | None, str]] = {
    "elsewhere": (None, "utf-8"), "80": (80, "utf-8"), "40": (40, "utf-8"), "20": (20, "utf-8"),
    "plain": (None, "ascii"), "plain-40": (40, "ascii"), "latin": (80, "latin-1"),
}  # fmt: skip
"""Columns and encoding, by the name of the golden file. None: not a terminal."""

SPANS = (
    span(0.0, 0.3, name="GET /city/Oslo"),
    span(0.1, 0.35, name="GET /city/Rome", outcome="failed", mark="refused on purpose"),
    span(0.2, 0.4, name="GET /city/Bern", outcome="dropped"),
    span(0.35, None, name="GET /city/Lima", mark="nobody waits for it any more"),
)


def check() -> CheckResult:
    """A check that failed, with a picture of every kind of operation, and output that is not plain."""
    picture = drawing.of(run(0.8, spans=SPANS, cpu=CpuUse(processes=())))
    output = "caf\u00e9 \u2192 caf\u00e9\n\x1b[31mred\n" + "wide " * 30
    return made_class.race(Verdict.FAILED, 1.5, diagnosis=made_class.SERIAL, picture=picture, output=output)


def render(columns: int | None, encoding: str) -> str:
    """All lines, without colours."""
    exercise = load(resolve(own_exercises(), "03"))
    result = grading.attempt("03", [made_class.order(), check()], "ab")
    lines = [*terminal.check(check(), columns), terminal.StyledLine(), *terminal.exercise(exercise, result, columns)]
    return "".join(f"{line.text}\n" for line in terminal.fitted(lines, columns, encoding))


def golden() -> dict[str, str]:
    return {f"{name}.txt": render(*screen) for name, screen in SCREENS.items()}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, text in golden().items():
        (GOLDEN / name).write_text(text, encoding="utf-8")
