"""All pages of the report, with their style sheet and script."""

from __future__ import annotations

from importlib import resources

import msgspec

from checker.report.html import class_table, exercise, learner, page
from checker.report.model import ExerciseInfo, Report

ASSETS = ("style.css", "table.js")


def files(report: Report) -> dict[str, str]:
    """The files of one folder, by name: text. Open index.html; nothing outside of the folder is needed."""
    exercises = _exercises(report)
    report = msgspec.structs.replace(report, submissions=sorted(report.submissions, key=page.order))
    return {
        "index.html": class_table.render(report, exercises),
        **{
            page.learner_file(position): learner.render(report, position, exercises)
            for position in range(len(report.submissions))
        },
        **{page.exercise_file(info.number): exercise.render(report, info) for info in exercises},
        **{name: resources.files("checker.report.html").joinpath(name).read_text("utf-8") for name in ASSETS},
    }


def _exercises(report: Report) -> list[ExerciseInfo]:
    """All exercises by number. Those that the report does not describe are described by their results."""
    found = {info.number: info for info in report.exercises}
    for submission in report.submissions:
        for result in submission.exercises:
            info = ExerciseInfo(number=result.exercise, slug="", title="", max_score=result.max_score)
            found.setdefault(result.exercise, info)
    return [found[number] for number in sorted(found)]
