"""One exercise's page: how the class did, and the most common mistakes. Pure."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.report import sheet
from checker.report.html import page, scale
from checker.report.html.markup import Html, prose, tag
from checker.report.model import ExerciseInfo, Report, SubmissionResult
from checker.report.terminal import printable

Attempted = list[tuple[int, SubmissionResult, AttemptResult]]
"""The attempts at one exercise, each with its submission and the submission's position."""


def render(report: Report, info: ExerciseInfo) -> str:
    """The page."""
    everybody = [
        (position, submission, result)
        for position, submission in enumerate(report.submissions)
        for result in submission.exercises
        if result.exercise == info.number
    ]
    attempted = [each for each in everybody if not sheet.is_absent(each[2])]
    return page.page(
        page.label(info),
        report,
        tag("h1", page.label(info)),
        page.facts(_facts(attempted, len(everybody) - len(attempted))),
        tag("h2", "Speed-ups"),
        *_speeds([result for _, _, result in attempted]),
        tag("h2", "What went wrong"),
        _diagnoses(attempted),
        tag("h2", "Learners"),
        _learners(attempted),
    )


def _facts(attempted: Attempted, absent: int) -> page.Facts:
    verdicts = [result.verdict for _, _, result in attempted]
    counts: page.Facts = [("attempts", len(verdicts))]
    counts += [(str(verdict), verdicts.count(verdict)) for verdict in Verdict]
    return counts + ([(sheet.NOT_HANDED_IN, absent)] if absent else [])


def _speeds(results: list[AttemptResult]) -> list[Html]:
    speeds = [result.speed for result in results if result.speed is not None]
    if not speeds:
        return [tag("p", "No attempt brought right results, so there is no speed-up to show.")]
    references = [speed.reference for speed in speeds if speed.reference is not None]
    lines = scale.Lines(
        median(speed.goal for speed in speeds),
        median(speed.limit for speed in speeds),
        median(references) if references else None,
    )
    measured = [(result.speed.speedup, result.verdict) for result in results if result.speed is not None]
    words = f"Median {median(speedup for speedup, _ in measured):.1f}x; full: passed, outline: not passed."
    without = len(results) - len(measured)
    if without:
        words += f" {without} without a speed-up, as their results were not right or could not be judged."
    return [tag("figure", scale.histogram(measured, lines), tag("figcaption", words), class_="scale")]


def _diagnoses(attempted: Attempted) -> Html:
    """The diagnoses, the most common first, each with the sentence for the first attempt that has it."""
    found: dict[Code, list[tuple[int, SubmissionResult, str]]] = defaultdict(list)
    for position, submission, result in attempted:
        if result.diagnosis is not None:
            found[result.diagnosis.code].append((position, submission, result.diagnosis.sentence))
    if not found:
        return tag("p", "No attempt has a diagnosis.")
    headings = [page.heading("Diagnosis"), page.heading("Attempts", "number"), page.heading("For example")]
    rows = []
    for code, made in sorted(found.items(), key=lambda item: -len(item[1])):
        position, submission, sentence = made[0]
        who = tag("a", page.name(submission), href=page.learner_file(position))
        rows.append(
            tag("tr", tag("th", tag("code", code), scope="row"),
                tag("td", len(made), data_value=len(made), class_="number"),
                tag("td", who, ": ", prose(printable(sentence)), class_="prose"))
        )  # fmt: skip
    return page.table("Diagnoses", headings, rows)


def _learners(attempted: Attempted) -> Html:
    headings = [
        page.heading("Learner"),
        page.heading("Points"),
        page.heading("Speed-up", "number"),
        page.heading("Diagnosis"),
    ]
    return page.table("Learners", headings, (_row(*each) for each in attempted))


def _row(position: int, submission: SubmissionResult, result: AttemptResult) -> Html:
    link = tag("a", page.name(submission), href=f"{page.learner_file(position)}#exercise-{result.exercise}")
    speed = result.speed.speedup if result.speed is not None else None
    return tag(
        "tr",
        tag("th", link, scope="row"),
        tag("td", page.mark(result.verdict), " ", result.score, data_value=result.score,
            class_=f"verdict {result.verdict}"),
        tag("td", "" if speed is None else f"{speed:.1f}x", data_value=speed or 0, class_="number"),
        tag("td", tag("code", result.diagnosis.code) if result.diagnosis is not None else ""),
    )  # fmt: skip
