"""What was said of each attempt, in a file that a later run goes on from, and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.model.exercise import Exercise


class Counts(msgspec.Struct, omit_defaults=True):
    """What was said of one attempt beside so many busy programs. Kept in the file of counts."""

    rounds: int = 0
    verdicts: dict[Verdict, int] = msgspec.field(default_factory=dict)
    codes: dict[str, int] = msgspec.field(default_factory=dict)
    seconds: float = 0.0
    sentences: list[str] = msgspec.field(default_factory=list)
    """Of verdicts that must not be, and of diagnoses other than the named one: what was said, and what was printed."""
    raced: bool | None = None
    """Only a race finds its mistake; None: not tried out yet."""

    def add(self, result: AttemptResult, seconds: float, expected: Code | None) -> None:
        """`expected`: the diagnosis that is named; None: it is right."""
        code = result.diagnosis.code if result.diagnosis is not None else None
        if result.verdict in (Verdict.PASSED, Verdict.FAILED) and code is not expected:
            self.sentences.append(told(result))
        self.verdicts[result.verdict] = self.verdicts.get(result.verdict, 0) + 1
        self.seconds += seconds
        if result.diagnosis is not None:
            self.codes[result.diagnosis.code] = self.codes.get(result.diagnosis.code, 0) + 1

    def of(self, *verdicts: Verdict) -> int:
        return sum(self.verdicts.get(verdict, 0) for verdict in verdicts)


def told(result: AttemptResult) -> str:
    """What a verdict was given for."""
    failed = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    said = [
        f"{check.title}: {check.diagnosis and check.diagnosis.sentence} | {check.output[-500:]}" for check in failed
    ]
    return "; ".join(said) or "passed"


@dataclass(frozen=True)
class Row:
    """One attempt, and its counts."""

    exercise: Exercise
    path: Path
    expected: Code | None
    counts: Counts

    @property
    def wrong(self) -> int:
        """Verdicts that must not be."""
        return self.counts.of(Verdict.FAILED if self.expected is None else Verdict.PASSED)

    @property
    def told_otherwise(self) -> int:
        """Wrong attempts that failed with another diagnosis than the named one."""
        named = self.counts.codes.get(str(self.expected), 0)
        return max(0, self.counts.of(Verdict.FAILED) - named) if self.expected is not None else 0


Kept = dict[str, Counts]
"""The file of counts: "BUSY EXERCISE KIND/NAME", with the interpreter before it if it is another, to what was said."""


def in_lines(kept: Kept) -> bytes:
    """As JSON, a line for each attempt of which something is known, so that Git can show what has changed."""
    known = sorted((key, counts) for key, counts in kept.items() if counts != Counts())
    told = [msgspec.json.encode(key) + b": " + msgspec.json.encode(counts) for key, counts in known]
    return b"{\n" + b",\n".join(told) + b"\n}\n"


COLUMNS = "{:2} {:38.38} {:15} {:>5} {:>5} {:>5} {:>5} {:>6}  {}"


def print_table(table: list[Row]) -> None:
    print(COLUMNS.format("", "attempt", "must get", "pass", "fail", "open", "WRONG", "s each", "diagnoses"))
    for row in table:
        counts, times = row.counts, sum(row.counts.verdicts.values())
        name = f"{row.path.parent.name}/{row.path.stem}"
        codes = ", ".join(
            f"{code} {number}" for code, number in sorted(counts.codes.items(), key=lambda each: -each[1])
        )
        print(
            COLUMNS.format(
                row.exercise.number, name, str(row.expected or "passed"), counts.of(Verdict.PASSED),
                counts.of(Verdict.FAILED), counts.of(Verdict.INCONCLUSIVE, Verdict.ERROR), row.wrong,
                f"{counts.seconds / max(times, 1):.1f}", codes,
            )
        )  # fmt: skip


def print_sums(table: list[Row], busy: str) -> None:
    """One line a load."""
    right, wrong = [row for row in table if row.expected is None], [row for row in table if row.expected is not None]
    undecided = (Verdict.INCONCLUSIVE, Verdict.ERROR)
    print(
        f"beside {busy}: right: {sum(sum(row.counts.verdicts.values()) for row in right)} verdicts, "
        f"{sum(row.wrong for row in right)} failed, {sum(row.counts.of(*undecided) for row in right)} open; "
        f"wrong: {sum(sum(row.counts.verdicts.values()) for row in wrong)} verdicts, "
        f"{sum(row.wrong for row in wrong)} passed, {sum(row.counts.of(*undecided) for row in wrong)} open, "
        f"{sum(row.told_otherwise for row in wrong)} with another diagnosis than named"
    )
