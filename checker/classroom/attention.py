"""What an instructor should look at after a class was graded."""

from __future__ import annotations

from collections import defaultdict

from checker.classroom import accommodations, classwork, marks
from checker.classroom.telling import left_out, listed, not_taken, of_earlier_rosters
from checker.gradebook.gradebook import Gradebook
from checker.model.answer import Verdict
from checker.report import sheet
from checker.report.model import Report
from checker.report.terminal import printable


def lines(book: Gradebook, report: Report) -> list[str]:
    """One line for each thing to look at."""
    found = []
    for verdict, words in NEEDS_A_PERSON.items():
        concerned = [
            f"{submission.called(result.exercise)} {result.exercise}"
            for submission in report.submissions
            for result in submission.exercises
            if classwork.has(result, [verdict])
        ]
        if concerned:
            found.append(f"{words} {listed(concerned)}")
    appeals = marks.Appeals(book)
    counted = classwork.counted(book)
    again = [f"{name} {exercise}" for name, exercise, key in counted if appeals.are_earlier(name, exercise, key)]
    if again:
        found.append(f"{APPEALED} {listed(again)}")
    alike = _alike(report)
    if len(alike) <= NAMED_GROUPS:
        found += [f"Identical attempts: {listed(group)}" for group in alike]
    else:
        found.append(f"Identical attempts: {sum(map(len, alike))}, in {len(alike)} groups; {ALL_GROUPS}")
    if report.owing:
        found.append(f"Nothing handed in: {listed([learner.name or learner.id for learner in report.owing])}")
    undecided = [f"{row.name} {', '.join(row.undecided)}" for row in sheet.rows(report) if row.undecided]
    if undecided:
        found.append(f"To be decided, and without a mark until then: {listed(undecided)}")
    found += [f"{name} was given to nobody of the roster: {why}" for name, why in report.ambiguous.items()]
    found += of_earlier_rosters(report.former)
    found += [f"{accommodations.COURSE}: {why}" for why in report.unmeant]
    found += left_out(book.left_out())
    found += not_taken([(submission.name, each) for submission in book.submissions() for each in submission.ignored])
    return [printable(line) for line in found]


NEEDS_A_PERSON = {
    Verdict.ERROR: "The checker failed, and not the attempt (--regrade error tries again):",
    Verdict.INCONCLUSIVE: "Could not be judged (--regrade inconclusive tries again, best on a quiet machine):",
}
APPEALED = (
    "Appeals of before the checks, the checker or its Python changed, graded like any other since "
    "(`checker regrade` grades one three times):"
)
NAMED_GROUPS = 3
ALL_GROUPS = "`checker export class.db --format similar` (or `--export similar FILE`) lists them"


def _alike(report: Report) -> list[list[str]]:
    """Groups of learners with the same attempt, byte for byte; the unchanged stub does not count.

    It is unchanged whatever an editor or Git on Windows has made of its line endings.
    """
    stubs = {_lines(info.sync) for info in report.exercises}
    unchanged = {digest for digest, text in report.attempts.items() if _lines(text) in stubs}
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for submission in report.submissions:
        for result in submission.exercises:
            if result.attempt_sha256 is not None and result.attempt_sha256 not in unchanged:
                groups[result.attempt_sha256][f"{submission.called(result.exercise)} {result.exercise}"] = None
    return [list(group) for group in groups.values() if len(group) > 1]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.removeprefix("\ufeff").splitlines())
