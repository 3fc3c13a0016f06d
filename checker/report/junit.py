"""JUnit XML in the dialect of pytest (xunit2), for CI systems."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from checker.model.answer import AttemptResult, CheckResult, Verdict
from checker.report import sheet
from checker.report.escape import number, xml
from checker.report.model import Report
from checker.report.remarks import in_full, of_check


def render(report: Report) -> str:
    """A suite for each submission and exercise, a case for each check."""
    suites = [
        _text(_suite(f"{submission.called(column.number)}.{column.folder}", result))
        for submission, column, result in sheet.attempts(report)
    ]
    return "\n".join(
        ['<?xml version="1.0" encoding="utf-8"?>', '<testsuites name="checker">', *suites, "</testsuites>\n"]
    )


def _text(suite: Element) -> str:
    """One suite as text. (A single tree for a large class takes a hundred MiB more.)"""
    ElementTree.indent(suite, level=1)
    return f"  {ElementTree.tostring(suite, encoding='unicode')}"


def _suite(name: str, result: AttemptResult) -> Element:
    verdicts = [check.verdict for check in result.checks]
    suite = Element(
        "testsuite",
        name=xml(name),
        errors=str(verdicts.count(Verdict.ERROR)),
        failures=str(verdicts.count(Verdict.FAILED)),
        skipped=str(verdicts.count(Verdict.INCONCLUSIVE)),
        tests=str(len(verdicts)),
        time=f"{sum(check.seconds for check in result.checks):.3f}",
    )
    properties = SubElement(suite, "properties")
    for key, value in _properties(result):
        SubElement(properties, "property", name=key, value=xml(value))
    suite.extend(_case(name, check) for check in result.checks)
    return suite


def _properties(result: AttemptResult) -> Iterator[tuple[str, str]]:
    """Properties: what the format has no place for. (Jenkins allows properties of suites only, not of cases.)"""
    yield "score", number(result.score)
    yield "max_score", number(result.max_score)
    for check in result.checks:
        yield f"{check.id}.title", check.title
        yield f"{check.id}.score", number(check.score)
        yield f"{check.id}.max_score", number(check.max_score)
        if check.speed is not None:
            yield f"{check.id}.speedup", number(round(check.speed.speedup, 2))


def _case(suite: str, check: CheckResult) -> Element:
    case = Element("testcase", classname=xml(suite), name=xml(check.id), time=f"{check.seconds:.3f}")
    if check.verdict is not Verdict.PASSED:
        case.append(_outcome(check))
    return case


def _outcome(check: CheckResult) -> Element:
    sentence = of_check(check) or check.title
    if check.verdict is Verdict.INCONCLUSIVE:
        outcome = Element("skipped", type="pytest.skip", message=xml(sentence))
    elif check.verdict is Verdict.ERROR:
        outcome = Element("error", message=xml(sentence))
    else:
        code = f"{check.diagnosis.code}: " if check.diagnosis is not None else ""
        outcome = Element("failure", message=xml(f"{code}{sentence}"))
    outcome.text = xml(in_full(check))
    return outcome
