"""What counts as handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import catalog, submissions

EXERCISES = catalog.load_all(catalog.own_exercises())
THREE = next(exercise for exercise in EXERCISES if exercise.number == "03")


def hand_in(root: Path, *names: str) -> Path:
    """Write attempts at these paths below a folder."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("# mine\n")
    return root


def summary(found: list[submissions.Submission]) -> list[tuple[str, dict[str, bool]]]:
    return [(each.name, {exercise.number: file is not None for exercise, file in each.attempts}) for each in found]


def test_a_file_needs_an_exercise(tmp_path: Path) -> None:
    """A file says nothing about its exercise; with --exercise it is one submission."""
    file = hand_in(tmp_path, "alice.py") / "alice.py"
    with pytest.raises(submissions.SubmissionError, match="--exercise"):
        submissions.find(file, EXERCISES)
    assert summary(submissions.find(file, EXERCISES, THREE)) == [("alice", {"03": True})]


def test_an_exercise_folder(tmp_path: Path) -> None:
    """A folder named like an exercise is an attempt at it."""
    folder = hand_in(tmp_path, "03_pooled_downloads/attempt.py") / "03_pooled_downloads"
    assert summary(submissions.find(folder, EXERCISES)) == [("03_pooled_downloads", {"03": True})]


def test_repositories(tmp_path: Path) -> None:
    """A repository has exercises/ or is laid out like it; a folder of them is a class."""
    hand_in(
        tmp_path,
        "class/alice/exercises/03_pooled_downloads/attempt.py",
        "class/alice/exercises/01_two_jobs/README.md",
        "class/bob/05_safe_ledger/attempt.py",
        "class/notes.txt",
    )
    assert summary(submissions.find(tmp_path / "class", EXERCISES)) == [
        ("alice", {"01": False, "03": True}),
        ("bob", {"05": True}),
    ]
    assert summary(submissions.find(tmp_path / "class" / "alice", EXERCISES, THREE)) == [("alice", {"03": True})]
    assert summary(submissions.find(tmp_path / "class", EXERCISES, THREE)) == [
        ("alice", {"03": True}),
        ("bob", {"03": False}),
    ]


def test_only_regular_files_are_attempts(tmp_path: Path) -> None:
    """Links, folders and huge files are not followed, entered or read: nothing was handed in."""
    hand_in(tmp_path, "secret.py", "01_two_jobs/x", "03_pooled_downloads/x", "05_safe_ledger/attempt.py/x")
    (tmp_path / "01_two_jobs/attempt.py").symlink_to(tmp_path / "secret.py")
    with (tmp_path / "03_pooled_downloads/attempt.py").open("wb") as file:
        file.truncate(submissions.MAX_ATTEMPT_BYTES + 1)
    found = submissions.find(tmp_path, EXERCISES)
    assert summary(found) == [(tmp_path.name, {"01": False, "03": False, "05": False})]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_nothing_to_grade_is_an_error(tmp_path: Path, name: str) -> None:
    """The error says what was expected."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(submissions.SubmissionError, match=r"there is no such|expected an exercise folder"):
        submissions.find(tmp_path / name, EXERCISES)
