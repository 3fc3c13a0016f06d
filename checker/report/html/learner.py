"""One learner's page: each exercise with its checks, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from checker.model.answer import AttemptResult, CheckResult, Diagnosis, Verdict
from checker.model.picture import Scene
from checker.report import remarks, sheet
from checker.report.html import difference, page, scale, timeline
from checker.report.html.markup import Html, prose, tag
from checker.report.model import ExerciseInfo, Past, Report, SubmissionResult
from checker.report.terminal import printable

Scenes = Mapping[str, Sequence[Scene]]
"""Runs with pictures, by the check's id."""


def render(report: Report, position: int, exercises: list[ExerciseInfo]) -> str:
    """The page of the submission at `position`, from 0."""
    submission = report.submissions[position]
    results = {result.exercise: result for result in submission.exercises}
    shown = [(info, results[info.number]) for info in exercises if info.number in results]
    return page.page(
        page.title(submission),
        report,
        tag("h1", page.name(submission)),
        _identity(submission),
        page.facts([*_facts(submission), *_without_result(submission, exercises)]),
        *([_contents(shown)] if len(shown) > 1 else []),
        *(_exercise(info, result, report, submission.history.get(info.number, ())) for info, result in shown),
        *([] if shown else [tag("p", "Nothing was graded.")]),
        _neighbours(position, len(report.submissions)),
    )


def _identity(submission: SubmissionResult) -> Html:
    known = [submission.learner.id] if submission.learner else []
    words = dict.fromkeys([*known, submission.submission])
    return tag("p", *(tag("bdi", word) for word in words if word != page.title(submission)), class_="identity")


def _facts(submission: SubmissionResult) -> page.Facts:
    facts: page.Facts = [("points", f"{submission.score:g} of {submission.max_score:g}")]
    passed = sum(result.verdict is Verdict.PASSED for result in submission.exercises)
    facts.append(("exercises passed", f"{passed} of {len(submission.exercises)}"))
    if submission.late is not None:
        facts.append(("late; not taken off here", page.lateness(submission)))
    if submission.handed_in:
        facts.append(("last handed in", _moment(submission.handed_in)))
    return facts


def _without_result(submission: SubmissionResult, exercises: list[ExerciseInfo]) -> page.Facts:
    """Exercises without a section on the page, by the reason."""
    found: dict[str, list[str]] = {}
    for number in (info.number for info in exercises if submission.result(info.number) is None):
        found.setdefault(sheet.without_result(submission, number), []).append(number)
    return [(why, ", ".join(numbers)) for why, numbers in found.items()]


def _moment(handed_in: str) -> str:
    try:
        return f"{datetime.fromisoformat(handed_in):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return handed_in


def _contents(shown: list[tuple[ExerciseInfo, AttemptResult]]) -> Html:
    links = (
        tag("li", tag("a", page.mark(result.verdict), " ", info.number, href=f"#exercise-{info.number}"))
        for info, result in shown
    )
    return tag("nav", tag("ul", *links), class_="contents", aria_label="Exercises")


def _exercise(info: ExerciseInfo, result: AttemptResult, report: Report, history: Sequence[Past]) -> Html:
    heading = tag("h2", tag("a", page.label(info), href=page.exercise_file(info.number)))
    return exercise(heading, info, result, report.attempts.get(result.attempt_sha256 or ""), history=history)


def exercise(
    heading: Html,
    info: ExerciseInfo,
    result: AttemptResult,
    attempt: str | None,
    scenes: Scenes | None = None,
    history: Sequence[Past] = (),
) -> Html:
    """One exercise with everything about it. `attempt`: its text, if known; `history`: its hand-ins."""
    checks = [] if sheet.is_absent(result) else result.checks  # that it was not handed in is said above them
    return tag(
        "section",
        heading,
        tag("p", page.mark(result.verdict), tag("strong", sheet.word(result).capitalize(), aria_hidden="true"),
            tag("span", f"{result.score:g} of {result.max_score:g} points"), class_="verdict-line"),
        *([_history(history)] if len(history) > 1 else []),
        *([scale.bar(result.speed)] if result.speed is not None else []),
        *(_unexplained(result)),
        *(_check(check, result, (scenes or {}).get(check.id, ())) for check in checks),
        *([difference.show(info.sync, attempt)] if attempt is not None else []),
        id=f"exercise-{info.number}",
        class_="exercise",
    )  # fmt: skip


def _history(history: Sequence[Past]) -> Html:
    """All hand-ins in one line, oldest first."""
    steps = []
    for past in history:
        verdict = page.mark(past.verdict) if past.verdict is not None else Html("")
        words = f"{past.score:g} {past.code}".strip() if past.verdict is not None else "not graded"
        steps.append(tag("li", tag("span", _moment(past.at), class_="quiet"), " ", verdict, " ", words))
    return tag("ol", *steps, class_="history", aria_label=f"Handed in {len(history)} times")


def _unexplained(result: AttemptResult) -> list[Html]:
    """The attempt's diagnosis, unless one of the checks shows it."""
    if result.diagnosis is None or result.diagnosis in [check.diagnosis for check in result.checks]:
        return []
    return _diagnosis(result.diagnosis.sentence, result.diagnosis)


def _check(check: CheckResult, result: AttemptResult, scenes: Sequence[Scene] = ()) -> Html:
    return tag(
        "section",
        tag("h3", page.mark(check.verdict), tag("span", prose(check.title)),
            tag("span", f"{check.score:g} of {check.max_score:g}", class_="points")),
        *([scale.bar(check.speed)] if check.speed is not None and check.speed != result.speed else []),
        *_pictures(check, scenes),
        *_explanation(check),
        *([_output(check.output)] if check.output.strip() else []),
        class_=f"check {check.verdict}",
    )  # fmt: skip


def _pictures(check: CheckResult, scenes: Sequence[Scene]) -> list[Html]:
    """For a race, sync's picture above the attempt's, to the same scale. For another check, what was wrong."""
    pictures = {scene.who: scene.picture for scene in scenes if scene.picture is not None}
    if "sync" not in pictures:
        return [timeline.draw(check.picture)] if check.picture is not None else []
    attempt = check.picture or pictures.get("attempt")
    shown = [("sync", pictures["sync"]), *([("yours", attempt)] if attempt is not None else [])]
    scale_s = max(picture.length_s for _, picture in shown)
    return [part for who, each in shown for part in (tag("h4", who), timeline.draw(each, scale_s))]


def _explanation(check: CheckResult) -> list[Html]:
    sentence = remarks.of_check(check)
    judged = check.verdict.is_judged
    return _diagnosis(sentence, check.diagnosis if judged else None) if sentence else []


def _diagnosis(sentence: str, diagnosis: Diagnosis | None) -> list[Html]:
    if diagnosis is None:
        return [tag("p", prose(printable(sentence)), class_="diagnosis")]
    return [
        tag("p", tag("code", diagnosis.code), " ", prose(printable(sentence)), class_="diagnosis"),
        tag("p", tag("strong", "Hint"), " ", prose(printable(diagnosis.hint)), class_="hint"),
        tag("p", tag("strong", "More"), " ", tag("code", diagnosis.code.more), class_="hint"),
    ]


def _output(output: str) -> Html:
    return tag("details", tag("summary", "Output"), tag("pre", printable(output)))


def _neighbours(position: int, number: int) -> Html:
    links = []
    if position > 0:
        links.append(tag("a", "← Previous learner", href=page.learner_file(position - 1)))
    if position + 1 < number:
        links.append(tag("a", "Next learner →", href=page.learner_file(position + 1)))
    return tag("nav", *links, class_="neighbours", aria_label="Learners") if links else Html()
