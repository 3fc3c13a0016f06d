"""The first page: the whole class at a glance. Pure."""

from __future__ import annotations

from statistics import median

from checker.model.answer import AttemptResult, Verdict
from checker.report import sheet
from checker.report.html import page
from checker.report.html.markup import Html, tag, together, unseen
from checker.report.model import ExerciseInfo, Learner, Report, SubmissionResult
from checker.report.terminal import MARKS

SIGNS = {sheet.NOT_HANDED_IN: "·", sheet.EXCUSED: "~", sheet.NOT_GRADED: "…", sheet.UNDECIDED: "?"}
"""For cells without points, in their sort order, which is below all points."""


def render(report: Report, exercises: list[ExerciseInfo]) -> str:
    """The page."""
    return page.page(
        "Results",
        report,
        tag("h1", "Results of the class"),
        _summary(report),
        tag("h2", "Learners"),
        page.search("Find a learner"),
        _legend(report, exercises),
        _learners(report, exercises),
        *_missing(report),
        tag("h2", "Exercises"),
        _exercises(report, exercises),
        home=True,
    )


def _summary(report: Report) -> Html:
    handed_in = [result for each in report.submissions for result in each.exercises if not sheet.is_absent(result)]
    verdicts = [result.verdict for result in handed_in]
    counts: page.Facts = [("submissions", len(report.submissions)), ("attempts", len(verdicts))]
    counts += [(str(verdict), verdicts.count(verdict)) for verdict in Verdict]
    late = sum(each.late is not None for each in report.submissions)
    counts += [("late", late)] if late else []
    counts += [("nothing handed in", len(report.owing))] if report.owing else []
    return page.facts(counts)


def _legend(report: Report, exercises: list[ExerciseInfo]) -> Html:
    reasons = {_why_no_points(one, each.number) for one in report.submissions for each in exercises}
    reasons.add(sheet.NOT_HANDED_IN)
    nothing = [tag("span", tag("span", sign, class_="mark", aria_hidden="true"), f" {word}")
               for word, sign in SIGNS.items() if word in reasons]  # fmt: skip
    words = {Verdict.INCONCLUSIVE: "inconclusive: not judged yet", Verdict.ERROR: "error: of the checker"}
    shown = [tag("span", tag("span", sign, class_=f"mark {verdict}", aria_hidden="true"), " ",
                 words.get(verdict, verdict)) for verdict, sign in MARKS.items()]  # fmt: skip
    return tag("p", *shown, *nothing, " The number is the points.", class_="legend")


def _learners(report: Report, exercises: list[ExerciseInfo]) -> Html:
    late = any(each.late is not None for each in report.submissions)
    headings = [
        page.heading("Learner"),
        page.heading("Total", "number"),
        *([page.heading("Late")] if late else []),
        *(page.heading(each.number, "exercise", page.label(each)) for each in exercises),
    ]
    rows = (_row(number, each, exercises, late) for number, each in enumerate(report.submissions))
    return page.table("Learners and exercises", headings, rows, kind="class")


def _row(number: int, submission: SubmissionResult, exercises: list[ExerciseInfo], late: bool) -> Html:
    file = page.learner_file(number)
    total = [tag("strong", submission.score), tag("span", f" of {submission.max_score:g}", class_="quiet")]
    return tag(
        "tr",
        tag("th", tag("a", page.name(submission), href=file), scope="row"),
        tag("td", *total, data_value=submission.score, class_="number"),
        *([_late(submission)] if late else []),
        *(_cell(submission, each.number, file) for each in exercises),
    )


def _late(submission: SubmissionResult) -> Html:
    late = submission.late
    if late is None:
        return tag("td", "", data_value=0)
    return tag("td", page.lateness(submission), data_value=late.days, class_="late")


def _why_no_points(submission: SubmissionResult, number: str) -> str:
    """Why there are no points to show, in words; "" if there are points."""
    result = submission.result(number)
    if result is None:
        return sheet.without_result(submission, number)
    return sheet.NOT_HANDED_IN if sheet.is_absent(result) else ""


def _cell(submission: SubmissionResult, number: str, file: str) -> Html:
    result, nothing = submission.result(number), _why_no_points(submission, number)
    if result is None or nothing:
        return tag("td", tag("span", SIGNS[nothing], aria_hidden="true"), unseen(nothing),
                   data_value=-1 - list(SIGNS).index(nothing), class_="nothing")  # fmt: skip
    link = tag("a", page.mark(result.verdict), " ", result.score, href=f"{file}#exercise-{result.exercise}")
    return tag("td", link, data_value=result.score, class_=f"verdict {result.verdict}")


def _missing(report: Report) -> list[Html]:
    """The learners without a row in the table."""
    parts = []
    for heading, people in (("To be decided", report.claimed), ("Nothing handed in", report.missing)):
        if people:
            parts += [tag("h2", heading), tag("ul", *(_person(each, report) for each in people), class_="people")]
    return parts


def _person(learner: Learner, report: Report) -> Html:
    notes = [
        f"{word} {', '.join(numbers)}"
        for word, of in ((f"{sheet.UNDECIDED}:", report.undecided), (f"{sheet.EXCUSED} from", report.excused))
        if (numbers := of.get(learner.id, []))
    ]
    known = [tag("bdi", learner.id, class_="quiet")] if learner.name else []
    name = tag("bdi", learner.name or learner.id)
    return tag("li", name, *known, *(tag("span", each, class_="quiet") for each in notes))


def _exercises(report: Report, exercises: list[ExerciseInfo]) -> Html:
    counted = ("Attempts", "Passed", "Median points", "Median speed-up")
    headings = [page.heading("Exercise"), *(page.heading(label, "number") for label in counted)]
    rows = []
    for each in exercises:
        results = [result for one in report.submissions for result in one.exercises
                   if result.exercise == each.number and not sheet.is_absent(result)]  # fmt: skip
        rows.append(_exercise(each, results))
    return page.table("Exercises", headings, rows)


def _exercise(info: ExerciseInfo, results: list[AttemptResult]) -> Html:
    passed = sum(result.verdict is Verdict.PASSED for result in results)
    score = round(median(result.score for result in results), 1) if results else None
    speeds = [result.speed.speedup for result in results if result.speed is not None]
    speed = median(speeds) if speeds else None
    points = "" if score is None else together([score, tag("span", f" of {info.max_score:g}", class_="quiet")])
    link = tag("a", page.label(info), href=page.exercise_file(info.number))
    return tag(
        "tr",
        tag("th", link, scope="row"),
        tag("td", len(results), data_value=len(results), class_="number"),
        tag("td", passed, data_value=passed, class_="number"),
        tag("td", points, data_value=-1 if score is None else score, class_="number"),
        tag("td", "" if speed is None else f"{speed:.1f}x", data_value=speed or 0, class_="number"),
    )  # fmt: skip
