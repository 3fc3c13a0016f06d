"""A class of hand-ins that are attacks: each scores what its attempt earned, and nothing of the rest is touched.

`checker grade` reads and grades the class, `checker export` writes it in every format.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.classroom import classwork
from checker.commands.books import export
from checker.commands.grade import grade
from checker.gradebook.gradebook import Gradebook
from checker.model.answer import AttemptResult, Verdict
from checker.model.codes import Code
from checker.process import isolation
from checker.process.isolation import Isolation, Level
from checker.report import exports
from tests.attacks import handins, naive
from tests.conftest import TABLE

NO_ATTEMPT = {"kata-library", "kata-zips-link", "kata-bomb", "kata-links", "kata-pipe"}
"""What cannot be read, or must not be, was not handed in."""
RIGHT, SERIAL = "kata-honest", "kata-victim"
"""Two honest hand-ins among them: one right, one that was not begun."""
BEAT_THE_NAIVE_ONE = (
    handins.conftest_flips_outcomes, handins.conftest_deselects, handins.settings_collect_only, handins.modules_beside,
    handins.edited_checks, handins.linked_attempt,
)  # fmt: skip
"""Measured."""
pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, level: Level) -> Path:
    """A folder with the class, graded at that level, and its gradebook."""
    place = tmp_path_factory.mktemp("place")
    folder = place / "class"
    folder.mkdir()
    for make in handins.ATTACKS:
        make(folder)
    handins.repository(folder / SERIAL)
    handins.repository(folder / RIGHT, {handins.ATTEMPT: handins.RIGHT})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isolation, "best", lambda: Isolation(level=level))
        done = CliRunner().invoke(grade, [str(folder), "--gradebook", str(place / "class.db")])
    assert done.exit_code == 1, done.output
    return place


@pytest.fixture(scope="module")
def results(place: Path) -> dict[str, AttemptResult]:
    """Of exercise 01, by learner."""
    with Gradebook(place / "class.db") as book:
        submissions = classwork.report(book).submissions
    found = [(each.submission, result) for each in submissions for result in each.exercises if result.exercise == "01"]
    return dict(found)


def test_each_scores_what_it_earned(
    results: dict[str, AttemptResult], level: Level, request: pytest.FixtureRequest
) -> None:
    """The stub's points for the stub, none where there is no attempt, all for the right one."""
    expected = {name: Code.MISSING if name in NO_ATTEMPT else Code.SERIAL for name in results}
    codes = {name: result.diagnosis.code if result.diagnosis else None for name, result in results.items()}
    assert codes == expected | {RIGHT: None}
    scores = {name: result.score for name, result in results.items()}
    earned = scores[SERIAL]
    assert scores == {name: 0.0 if name in NO_ATTEMPT else earned for name in results} | {RIGHT: 10.0}
    for make in handins.ATTACKS:
        request.config.stash[TABLE].setdefault(handins.label(make), {})[level] = str(Verdict.FAILED)


def test_nobody_is_lost_or_mixed_up(place: Path, results: dict[str, AttemptResult]) -> None:
    """As many learners as entries in the folder, each by a name of its own."""
    assert len(results) == len(list((place / "class").iterdir()))
    with Gradebook(place / "class.db") as book:
        assert len(classwork.report(book).submissions) == len(results)


def test_nothing_of_it_was_executed_or_unpacked(place: Path, results: dict[str, AttemptResult]) -> None:
    """No canary anywhere: no hook, no build, no settings, no path out of a zip."""
    assert results
    assert not [path for path in place.rglob("*") if handins.CANARY in path.name]
    assert sorted(path.name for path in place.iterdir()) == ["class", "class.db"]


@pytest.mark.parametrize("name", exports.FORMATS)
def test_every_export_can_be_written(name: str, place: Path, tmp_path: Path) -> None:
    """Names of learners lead nowhere but to files below the one place that was asked for."""
    output = tmp_path / "out" / "marks"
    output.parent.mkdir()
    done = CliRunner().invoke(export, [str(place / "class.db"), "--format", name, "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert [path.name for path in tmp_path.rglob("*") if not path.is_relative_to(output)] == ["out"]


@pytest.mark.parametrize("make", BEAT_THE_NAIVE_ONE, ids=lambda make: make.__name__)
def test_the_naive_grader_loses(make: handins.Attack, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Whoever runs pytest in the learner's own clone gives all points to a stub."""
    make(tmp_path)
    (clone,) = tmp_path.iterdir()
    passed = naive.passes_in(clone, handins.EXERCISE)
    request.config.stash[TABLE].setdefault(handins.label(make), {})["naive"] = "passed" if passed else "failed"
    assert passed
