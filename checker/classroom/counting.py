"""The course of a gradebook, from its settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from checker.classroom import course as courses
from checker.classroom import jobs
from checker.classroom.course import Course
from checker.gradebook.gradebook_file import DAMAGED, GradebookError, decoded


def course(settings: Mapping[str, str]) -> Course:
    """The course.toml that was given last; else all exercises that were asked for, with equal weights.

    Raises GradebookError.
    """
    if "course" in settings:
        return _kept(settings["course"])
    asked: Iterable[str] = jobs.exercises()
    if "asked" in settings:
        asked = decoded(msgspec.json.encode(settings["asked"].split()), list[courses.Number])
    due = decoded(msgspec.json.encode(settings["due"]), datetime) if "due" in settings else None
    return courses.of(asked, due, decoded(settings.get("late_penalty", "0").encode(), courses.Share))


def _kept(record: str) -> Course:
    """Raises GradebookError."""
    found = decoded(record.encode(), Course)
    try:
        found.zone  # noqa: B018  (read here, where it can be told what is wrong)
    except courses.NO_ZONE as error:
        told = f"the gradebook has a course with the time zone {found.timezone!r}, which is none; {DAMAGED}"
        raise GradebookError(told) from error
    return found
