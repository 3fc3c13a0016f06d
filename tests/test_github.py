"""What a step of GitHub Actions shows."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given

from checker.model.answer import Verdict
from checker.report import escape, github
from checker.report.model import Report, SubmissionResult
from tests import made_class
from tests.made_class import ANY_TEXT, MANY


def decoded(encoded: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(base64.b64decode(encoded))
    return document


def told(report: Report) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was earned, and what was missed."""
    results = github.results(report)
    assert list(results) == ["earned", "missed"]
    return decoded(results["earned"]), decoded(results["missed"])


def in_its_table(runner: dict[str, Any]) -> float:
    """What the reporter's table says of a runner: the share of tests that passed, of its points."""
    passed = [test["status"] == "pass" for test in runner["tests"]]
    return float(sum(passed) / len(passed) * runner["max_score"])


@pytest.mark.parametrize("made", [made_class.failed, made_class.unjudged, made_class.passed])
def test_the_reporter_publishes_and_shows_the_same_points(made: Callable[[], SubmissionResult]) -> None:
    """What it adds up is the score, and so is what its table says, which weighs all tests of a runner alike."""
    submission = made()
    runners = told(made_class.of(submission))
    score = sum(check.score for result in submission.exercises for check in result.checks)
    assert sum(test["score"] for runner in runners for test in runner["tests"]) == score
    assert sum(map(in_its_table, runners)) == score
    assert sum(runner["max_score"] for runner in runners) == submission.max_score
    assert all(sum(test["max_score"] for test in runner["tests"]) == runner["max_score"] for runner in runners)


def test_the_reporter_gets_the_status() -> None:
    """Fail if anything failed, error if something could not be judged; a check with a part of its points is in both."""
    earned, missed = told(made_class.of(made_class.failed()))
    assert [earned["version"], earned["status"], missed["status"]] == [1, "pass", "fail"]
    assert [test["status"] for test in earned["tests"]] == ["pass", "pass"]
    assert earned["tests"][1]["name"].endswith(" points)")
    assert [test["status"] for test in missed["tests"]] == ["fail", "fail"]
    unjudged = told(made_class.of(made_class.unjudged()))[1]
    assert unjudged["status"] == "error"
    assert unjudged["tests"][0]["message"].startswith("Cannot be judged now")
    missed = told(made_class.of(made_class.passed()))[1]
    assert [(test["name"], test["status"]) for test in missed["tests"]] == [("Nothing is missing", "pass")]
    assert missed["status"] == "pass"


def test_the_results_stay_small_enough() -> None:
    """Outputs are cut until they fit; every test and its points stay."""
    loud = made_class.order("\N{SNOWMAN}" * 20 + "\n" + "x" * 10_000)
    report = made_class.of(made_class.submission("a", made_class.attempt("03", *[loud] * 100)))
    assert all(len(encoded) <= github.MAX_RESULT_BYTES for encoded in github.results(report).values())
    assert sum(test["score"] for test in told(report)[0]["tests"]) == 200.0


def test_the_results_of_all_exercises_stay_small_enough_too() -> None:
    """Two hundred checks with long sentences, and without any output: an environment variable may have 128 KiB."""
    failed = made_class.failed()
    result = failed.exercises[0]
    (check, *_) = [each for each in result.checks if each.diagnosis is not None]
    assert check.diagnosis is not None
    said = msgspec.structs.replace(check.diagnosis, sentence="\u00e9" * 300)
    long = msgspec.structs.replace(check, title="w" * 200, output="", diagnosis=said)
    many = msgspec.structs.replace(result, checks=[long] * 200)
    report = made_class.of(msgspec.structs.replace(failed, exercises=[many]))
    assert all(len(encoded) <= github.MAX_RESULT_BYTES for encoded in github.results(report).values())
    assert len(told(report)[1]["tests"]) == 200


def test_annotations_point_at_the_line() -> None:
    """An error at the learner's file and line, if the line is known; no property or message breaks out."""
    serial, under_used = github.annotate(made_class.of(made_class.failed()))
    assert serial.startswith(
        "::error file=exercises/03_pooled_downloads/attempt.py,line=14,title=03 Pooled downloads%3A Twenty pages"
    )
    assert under_used.startswith("::error file=exercises/22_gil_lab/attempt.pyx,title=22 The GIL lab%3A")
    assert under_used.endswith("::Only 1.3 of 2 cores were at work.%0AHint: Even parts.")


@MANY
@given(ANY_TEXT, ANY_TEXT)
def test_an_annotation_is_one_command(name: str, output: str) -> None:
    """Whatever a learner wrote, a command stays in one line, and its properties are the ones that we set."""
    for command in github.annotate(made_class.named(name, output)):
        assert len(command.splitlines()) == 1
        properties = command.removeprefix("::").split("::")[0].split(" ", 1)[1]
        assert [each.split("=")[0] for each in properties.split(",")] == ["file", "title"]


def test_no_more_annotations_than_are_shown() -> None:
    """Ten, those of failed checks first, and then how many there are besides."""
    report = made_class.of(made_class.unjudged(), *[made_class.failed()] * 6)
    found = github.annotate(report)
    assert [command.split()[0] for command in found[:10]] == ["::error"] * 10
    assert found[10:] == ["::notice::4 more checks were not passed: see the summary of this run"]
    assert github.annotate(made_class.of(made_class.unjudged()))[0].startswith("::warning")


@MANY
@given(ANY_TEXT)
def test_output_does_not_end_its_fence(output: str) -> None:
    """A line inside of the block is never a fence that closes it."""
    opening, *inside, closing = escape.fenced(f"{output}\n```\n``\u202e``").rstrip("\n").split("\n")
    fence = opening.removesuffix("text")
    assert closing == fence
    assert not [line for line in inside if fence in line]


def test_markup_is_text_in_the_summary() -> None:
    """Outside of blocks of code there is no HTML, and a table keeps its columns."""
    text = github.summary(made_class.of(made_class.hostile()[1]))
    outside = text.split("`" * 6)[0]
    assert "<" not in outside
    (row,) = (line for line in outside.splitlines() if "CRASHED" in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 5


def test_the_summary_stays_small_enough() -> None:
    """At most what GitHub takes, however much was printed, and it says what is left out."""
    loud = made_class.race(Verdict.FAILED, 1.0, output="x" * 100_000, diagnosis=made_class.SERIAL)
    report = made_class.of(*[made_class.submission("a", made_class.attempt("03", *[loud] * 10))] * 8)
    text = github.summary(report)
    assert len(text.encode()) < 2**20
    assert "3 more exercises are too long" in text


def test_every_test_has_a_line_or_none() -> None:
    """The reporter prints `line_no`, and nothing where it is 0; a step that could not grade has a sentence."""
    earned, missed = told(made_class.of(made_class.failed()))
    assert {test["line_no"] for test in earned["tests"]} == {0}
    assert [test["line_no"] for test in missed["tests"]] == [14, 0]
    earned, missed = map(decoded, github.failure("there is no exercises/ folder", 150.0).values())
    assert (earned["status"], earned["max_score"], in_its_table(earned)) == ("pass", 0, 0)
    assert (missed["status"], missed["max_score"], in_its_table(missed)) == ("error", 150.0, 0)
    assert [(test["message"], test["score"], test["line_no"]) for test in missed["tests"]] == [
        ("there is no exercises/ folder", 0, 0)
    ]
