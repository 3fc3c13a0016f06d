"""One attempt as a single self-contained file: pictures of sync and attempt, which zoom, with diagnosis and hint."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from checker.report.html import learner, page
from checker.report.html.learner import Scenes
from checker.report.html.markup import Html, tag
from checker.report.model import Report


def render(report: Report, scenes: Mapping[str, Scenes]) -> str:
    """The page of a report's only submission. `scenes`: by the exercise's number."""
    results = {result.exercise: result for each in report.submissions for result in each.exercises}
    infos = [info for info in report.exercises if info.number in results]
    sections = []
    for info in infos:
        result = results[info.number]
        attempt, own = report.attempts.get(result.attempt_sha256 or ""), scenes.get(info.number)
        sections.append(learner.exercise(tag("h1", page.label(info)), info, result, attempt, own))
    title = ", ".join(f"{page.label(info)}: {results[info.number].verdict}" for info in infos)
    return page.alone(title or "Results", report, _text("style.css"), _text("zoom.js"), _zoom(), *sections)


def _zoom() -> Html:
    slider = tag("input", type="range", min="1", max="12", step="0.25", value="1")
    return tag("label", "Zoom", slider, class_="zoom")


def _text(name: str) -> str:
    return resources.files("checker.report.html").joinpath(name).read_text("utf-8")
