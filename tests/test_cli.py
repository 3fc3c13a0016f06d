"""The `checker` command, as an instructor uses it."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.commands.cli import main
from checker.session.session import CACHE_KEY

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
    assert list(document) == ["format", "version", "machine", "submissions"]
    assert document["format"] == 1
    assert set(document["machine"]) == {"cpus", "python", "platform", "clock", "isolation"}
    (submission,) = document["submissions"]
    (result,) = submission["exercises"]
    assert submission["submission"] == "01_two_jobs"
    assert list(result) == [
        "exercise", "verdict", "score", "max_score", "speedup", "goal", "limit", "reference_speedup", "diagnosis",
        "attempt_sha256", "checks",
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


def test_the_table_is_for_people(tmp_path: Path) -> None:
    """Without --json - there is a table; a JSON file can be written beside it."""
    done = checker("grade", str(STUB), "--exercise", "1", "--json", str(tmp_path / "out.json"))
    assert done.exit_code == 1
    assert "SERIAL" in done.stdout
    assert json.loads((tmp_path / "out.json").read_text())["format"] == 1


def test_list_knows_how_far_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Untouched, in progress, passed as it is now, and missing."""
    for name in ("01_two_jobs", "03_pooled_downloads", "05_safe_ledger", "11_tasks_not_awaits"):
        shutil.copytree(ROOT / "exercises" / name, tmp_path / "exercises" / name)
    (tmp_path / "exercises/03_pooled_downloads/attempt.py").write_text("# begun\n")
    (tmp_path / "exercises/05_safe_ledger/attempt.py").unlink()
    shutil.copy(ROOT / "solutions/11_tasks_not_awaits/attempt.py", tmp_path / "exercises/11_tasks_not_awaits")
    passed = sha256((ROOT / "solutions/11_tasks_not_awaits/attempt.py").read_bytes()).hexdigest()
    cache = tmp_path / ".pytest_cache/v" / CACHE_KEY
    cache.parent.mkdir(parents=True)
    cache.write_text(json.dumps({"11": {"sha256": passed, "verdict": "passed"}}))
    monkeypatch.chdir(tmp_path)
    done = checker("list")
    assert done.exit_code == 0
    states = {line.split()[0]: line.rstrip().split("  ")[-1].strip() for line in done.stdout.splitlines()[1:]}
    assert states == {"01": "untouched", "03": "in progress", "05": "missing", "11": "passed"}


def test_list_leaves_out_what_is_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without metadata, or with wrong ones, is named beside the list, and takes nothing else away."""
    shutil.copytree(ROOT / "exercises/01_two_jobs", tmp_path / "exercises/01_two_jobs")
    (tmp_path / "exercises/02_begun").mkdir()
    (tmp_path / "exercises/04_broken").mkdir()
    (tmp_path / "exercises/04_broken/exercise.toml").write_text("title = ")
    monkeypatch.chdir(tmp_path)
    done = checker("list")
    assert done.exit_code == 0
    assert "01  Two jobs" in done.stdout
    assert "02_begun" in done.stderr
    assert "04_broken" in done.stderr


@pytest.mark.parametrize("cache", ["", "{", "[1]", '{"01": 3}', '{"01": {"sha256": 3}}'])
def test_list_survives_a_broken_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str) -> None:
    """What pytest's cache holds is not ours; anything strange in it is as good as nothing."""
    shutil.copytree(ROOT / "exercises/01_two_jobs", tmp_path / "exercises/01_two_jobs")
    (tmp_path / ".pytest_cache/v/checker").mkdir(parents=True)
    (tmp_path / ".pytest_cache/v" / CACHE_KEY).write_text(cache)
    monkeypatch.chdir(tmp_path)
    assert "untouched" in checker("list").stdout


def test_help_is_for_newcomers() -> None:
    """Every command explains itself."""
    for command in ([], ["grade"], ["list"], ["lint"]):
        done = checker(*command, "--help")
        assert done.exit_code == 0
        assert len(done.stdout.splitlines()) > 5
