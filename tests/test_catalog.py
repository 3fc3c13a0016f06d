"""Finding and reading exercises."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import catalog

GOOD = """
title = "Two jobs"
summary = "Do two things."
bound_by = "waiting"
level = 1
minutes = 15
requires = []
goal = 1.5
limit = 2.0
technique = "threads"
deadline_s = 5.0
hints = ["one", "two", "three"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("01_two_jobs", "03_pooled_downloads", "notes", "4_short"):
        (tmp_path / name).mkdir()
    (tmp_path / "01_two_jobs" / "exercise.toml").write_text(GOOD)
    return tmp_path


@pytest.mark.parametrize("name", ["1", "01", "01_two_jobs"])
def test_numbers_and_names_mean_the_same(root: Path, name: str) -> None:
    """`1`, `01` and the folder's name are the same exercise."""
    assert catalog.resolve(root, name).name == "01_two_jobs"


@pytest.mark.parametrize("name", ["2", "001", "two_jobs", "", "../01_two_jobs"])
def test_unknown_exercises_are_named_with_the_known_ones(root: Path, name: str) -> None:
    """The error lists what there is."""
    with pytest.raises(catalog.CatalogError, match="there are: 01, 03"):
        catalog.resolve(root, name)


def test_an_exercise_knows_its_number_and_folder(root: Path) -> None:
    """Number and slug come from the folder's name."""
    exercise = catalog.load(root / "01_two_jobs")
    assert (exercise.number, exercise.slug, exercise.folder) == ("01", "two-jobs", root / "01_two_jobs")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("goal = 1.5", "gaol = 1.5"), "missing required field `goal`|unknown field `gaol`"),
        (("goal = 1.5", "goal = 1.5\nextra = 1"), "unknown field `extra`"),
        (("goal = 1.5", "goal = 1.5\nlimits = {memory = 1}"), "unknown field `memory`"),
        (("goal = 1.5", "goal = 1.5\nlimits = {processes = 0}"), "processes"),
        (('bound_by = "waiting"', 'bound_by = "disk"'), "disk"),
        (("level = 1", "level = 9"), "level"),
        (('"three"', ""), "hints"),
        (("goal = 1.5", "goal = "), "not right"),
        (("requires = []", 'requires = ["1"]'), "requires"),
    ],
)
def test_mistakes_in_the_metadata_are_named(root: Path, change: tuple[str, str], words: str) -> None:
    """Unknown keys, wrong types and wrong values are refused, with the file and the field."""
    file = root / "01_two_jobs" / "exercise.toml"
    file.write_text(GOOD.replace(*change))
    with pytest.raises(catalog.CatalogError, match=words) as caught:
        catalog.load(file.parent)
    assert "exercise.toml" in str(caught.value)


def test_a_folder_without_metadata(root: Path) -> None:
    """The missing file is named."""
    with pytest.raises(catalog.CatalogError, match=r"exercise\.toml cannot be read"):
        catalog.load(root / "03_pooled_downloads")


def test_the_grader_has_its_own_exercises() -> None:
    """All of our exercises load, in order."""
    numbers = [exercise.number for exercise in catalog.load_all(catalog.own_exercises())]
    assert numbers == sorted(numbers)
    assert {"01", "03", "05", "11", "22"} <= set(numbers)
