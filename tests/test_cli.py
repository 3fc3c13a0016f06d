"""The `checker` command, as an instructor uses it."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.classroom import classwork
from checker.commands.cli import main

ROOT = Path(__file__).parent.parent
SOLUTION = ROOT / "solutions" / "01_two_jobs" / "attempt.py"
STUB = ROOT / "exercises" / "01_two_jobs" / "sync.py"


def checker(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def grade(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON of `checker grade`."""
    done = checker("grade", *arguments, "--json", "-")
    return done.exit_code, json.loads(done.stdout)


def test_a_solution_gets_all_points() -> None:
    """Passed, full score, with the reference's speed-up beside it: format 1, key by key."""
    code, document = grade(str(SOLUTION), "--exercise", "01")
    assert code == 0
    assert list(document) == ["format", "version", "machine", "submissions", "exercises", "missing", "undecided"]
    assert document["format"] == 1
    assert set(document["machine"]) == {"cpus", "python", "platform", "clock", "isolation", "attempts"}
    (submission,) = document["submissions"]
    (result,) = submission["exercises"]
    assert submission["submission"] == "01_two_jobs"
    assert list(result) == [
        "exercise", "verdict", "score", "max_score", "speedup", "goal", "limit", "reference_speedup", "diagnosis",
        "attempt_sha256", "checks", "handed_in", "late_days", "late_penalty", "counted",
    ]  # fmt: skip
    assert (result["verdict"], result["score"], result["max_score"], result["diagnosis"]) == (
        "passed",
        10.0,
        10.0,
        None,
    )
    assert result["reference_speedup"] > 1.5
    assert [check["verdict"] for check in result["checks"]] == ["passed"] * 4


def test_a_class_of_repositories(tmp_path: Path) -> None:
    """One learner per folder; the exit code says that something failed, the JSON who and why."""
    for learner, source in (("alice", SOLUTION), ("bob", STUB)):
        folder = tmp_path / learner / "exercises" / "01_two_jobs"
        folder.mkdir(parents=True)
        shutil.copy(source, folder / "attempt.py")
        (folder / "test_attempt.py").write_text("def test_cheat(): pass\n")
        (folder / "conftest.py").write_text("raise SystemExit(0)\n")
    (tmp_path / "carol" / "exercises" / "01_two_jobs").mkdir(parents=True)
    code, document = grade(str(tmp_path))
    assert code == 1
    results = {each["submission"]: each["exercises"][0] for each in document["submissions"]}
    assert {name: result["verdict"] for name, result in results.items()} == {
        "alice": "passed",
        "bob": "failed",
        "carol": "failed",
    }
    assert results["bob"]["diagnosis"]["code"] == "SERIAL"
    assert results["bob"]["score"] == 3.0
    assert results["bob"]["checks"][-1]["timeline"].count("█") > 10
    assert results["carol"]["diagnosis"]["code"] == "MISSING"
    assert results["carol"]["attempt_sha256"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grade"], "Missing argument"),
        (["grade", "nowhere"], "there is no such file or folder"),
        (["grade", str(SOLUTION)], "--exercise NN"),
        (["grade", str(SOLUTION), "--exercise", "77"], "there is no exercise '77'"),
        (["grade", str(SOLUTION), "--exercise", "01", "--json", "/no/such/folder/x.json"], "/no/such/folder/x.json"),
        (["grade", "/etc"], "nothing in it can be graded"),
        (["frobnicate"], "No such command"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], words: str) -> None:
    """Wrong usage is told before any work is done, and says what to do."""
    done = checker(*arguments)
    assert done.exit_code == 2
    assert words in done.output


@pytest.mark.parametrize(("name", "words"), [("loop", "is a link"), ("empty", "Nothing was graded")])
def test_one_of_several_paths_is_none(tmp_path: Path, name: str, words: str) -> None:
    """A person named it: it is told, and not left out."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    done = checker("grade", str(SOLUTION.parent), str(tmp_path / name))
    assert (done.exit_code, str(tmp_path / name) in done.output, words in done.output) == (2, True, True)


def test_the_table_is_for_people(tmp_path: Path) -> None:
    """Without --json - there is a table; a JSON file can be written beside it."""
    done = checker("grade", str(STUB), "--exercise", "1", "--json", str(tmp_path / "out.json"))
    assert done.exit_code == 1
    assert "SERIAL" in done.stdout
    assert json.loads((tmp_path / "out.json").read_text())["format"] == 1


@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), BrokenPipeError(32, "the table's reader is gone")])
def test_an_earlier_json_file_stays_until_there_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException
) -> None:
    """Whatever ends the grading, which is told as what it is, and not as trouble with that file."""

    def ends(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(classwork, "grade", ends)
    (tmp_path / "out.json").write_text("earlier")
    done = checker("grade", str(STUB), "--exercise", "01", "--json", str(tmp_path / "out.json"))
    assert (done.exit_code, "--json" in done.output) == (1, False)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("out.json", "earlier")]


@pytest.mark.parametrize("name", [".", "nowhere/out.json"])
def test_where_no_json_can_be_written_nothing_is_graded(tmp_path: Path, name: str) -> None:
    """A folder, or below one that is not there."""
    done = checker("grade", str(STUB), "--exercise", "01", "--json", str(tmp_path / name))
    assert (done.exit_code, f"--json {tmp_path / name}: " in done.output) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_where_no_marks_can_be_written_nothing_is_graded(tmp_path: Path) -> None:
    """Without a gradebook they would be lost after hours. A folder that can be made is no trouble."""
    (tmp_path / "file").write_text("mine")
    asked = ["grade", str(STUB), "--exercise", "01", "--export", "csv"]
    nowhere = tmp_path / "file" / "out.csv"
    done = checker(*asked, str(nowhere))
    assert (done.exit_code, f"--export csv {nowhere}: Not a directory" in done.output) == (2, True)
    for name in ("file", "new/folder/out.csv", "new/folder"):
        assert checker(*asked, str(tmp_path / name)).exit_code == 1
    assert sorted(each.name for each in (tmp_path / "new" / "folder").iterdir()) == ["grades.csv", "out.csv"]


def test_json_goes_into_a_pipe(tmp_path: Path) -> None:
    """Which stays one: no file takes its place."""
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit((tmp_path / "pipe").read_text)
        assert checker("grade", str(STUB), "--exercise", "01", "--json", str(tmp_path / "pipe")).exit_code == 1
        assert json.loads(read.result(30))["format"] == 1
    assert (tmp_path / "pipe").is_fifo()


def test_help_is_for_newcomers() -> None:
    """Every command explains itself."""
    for command in ([], ["grade"], ["list"], ["lint"]):
        done = checker(*command, "--help")
        assert done.exit_code == 0
        assert len(done.stdout.splitlines()) > 5
