"""What counts as handed in, in the shapes that people have."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checker import catalog
from checker.classroom.submissions import archive, disk, entries, search
from checker.classroom.submissions.entries import SubmissionError
from checker.gradebook.handins import Person, Submission
from checker.model.exercise import Exercise

EXERCISES = catalog.load_all(catalog.own_exercises())
THREE = next(exercise for exercise in EXERCISES if exercise.number == "03")
MINE = b"# mine\n"
MOODLE = "Ada Lovelace_123456_assignsubmission_file_"
IN_REPOSITORY = "exercises/03_pooled_downloads/attempt.py"
Date = tuple[int, int, int, int, int, int]


def hand_in(root: Path, *paths: str) -> Path:
    """Write files at these paths below a folder; a path ends in / for an empty folder."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if path.endswith("/"):
            (root / path).mkdir()
        else:
            (root / path).write_bytes(MINE)
    return root


def zipped(*paths: str) -> bytes:
    """A zip with files at these paths."""
    return packed(dict.fromkeys(paths, MINE))


def packed(files: Mapping[str, bytes], dates: Mapping[str, Date] | None = None) -> bytes:
    """A zip with these files; those without a date have none."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for path, text in files.items():
            member = zipfile.ZipInfo(path, (dates or {}).get(path, archive.NO_DATE))
            made.writestr(member, text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def found(path: Path, only: Exercise | None = None) -> dict[str, list[str]]:
    """The exercises of each learner; those with nothing to read have a - before them."""
    return {each.name: numbers(each) for each in search.find(path, EXERCISES, only)}


def numbers(submission: Submission) -> list[str]:
    return [("" if attempt.text == MINE else "-") + attempt.exercise for attempt in submission.attempts]


def one(path: Path, only: Exercise | None = None) -> Submission:
    (submission,) = search.find(path, EXERCISES, only)
    return submission


def reasons(submission: Submission) -> str:
    return "\n".join(f"{ignored.path}: {ignored.why}" for ignored in submission.ignored)


# --- shapes on disk ------------------------------------------------------------------------------


def test_a_file_needs_an_exercise(tmp_path: Path) -> None:
    """A file whose name does not say its exercise is one submission with --exercise, and an error without."""
    hand_in(tmp_path, "alice.py", "bob/attempt.py", "alice_03.py")
    with pytest.raises(SubmissionError, match="--exercise"):
        found(tmp_path / "alice.py")
    assert found(tmp_path / "alice.py", THREE) == {"alice": ["03"]}
    assert found(tmp_path / "bob" / "attempt.py", THREE) == {"bob": ["03"]}
    assert found(tmp_path / "alice_03.py") == {"alice": ["03"]}


def test_an_exercise_folder(tmp_path: Path) -> None:
    """A folder named like an exercise is an attempt at it."""
    folder = hand_in(tmp_path, "03_pooled_downloads/attempt.py") / "03_pooled_downloads"
    assert found(folder) == {"03_pooled_downloads": ["03"]}


def test_repositories(tmp_path: Path) -> None:
    """A repository has exercises/ or is laid out like it; a folder of them is a class."""
    hand_in(
        tmp_path,
        "class/assignment-alice/exercises/03_pooled_downloads/attempt.py",
        "class/assignment-alice/exercises/01_two_jobs/README.md",
        "class/assignment-alice/solutions/04_first_come/attempt.py",
        "class/bob/05_safe_ledger/attempt.py",
        "class/notes.txt",
    )
    assert found(tmp_path / "class") == {"assignment-alice": ["-01", "03"], "bob": ["05"]}
    assert found(tmp_path / "class" / "assignment-alice", THREE) == {"assignment-alice": ["03"]}
    assert found(tmp_path / "class", THREE) == {"assignment-alice": ["03"], "bob": ["-03"]}


def test_the_class_folder_may_be_wrapped(tmp_path: Path) -> None:
    """Folders that only hold another folder say nothing."""
    hand_in(tmp_path, f"a/b/alice/{IN_REPOSITORY}", f"a/b/bob/{IN_REPOSITORY}", "a/README.md")
    assert found(tmp_path) == {"alice": ["03"], "bob": ["03"]}


def test_a_team_called_like_an_exercise(tmp_path: Path) -> None:
    """A folder 03 beside learners' folders is a team's; alone or beside its like it is an exercise."""
    hand_in(tmp_path, "class/alice/attempt.py", "class/03/attempt.py", "bob/03/attempt.py", "bob/05/attempt.py")
    assert found(tmp_path / "class", THREE) == {"03": ["03"], "alice": ["03"]}
    assert found(tmp_path / "bob") == {"bob": ["03", "05"]}


@pytest.mark.parametrize("name", ["03_pooled_downloads", "exercises/03_pooled_downloads"])
def test_one_name_makes_no_repository_of_a_class(tmp_path: Path, name: str) -> None:
    """A learner's folder that is called like an exercise, or exercises, beside more repositories than it is one."""
    hand_in(tmp_path, f"alice/{IN_REPOSITORY}", f"bob/{IN_REPOSITORY}", f"{name}/attempt.py", "carol/notes.txt")
    assert found(tmp_path) == {"alice": ["03"], "bob": ["03"], name.partition("/")[0]: ["03"], "carol": []}


@pytest.mark.parametrize("more", [["solutions", "old/exercises", "docs"], ["solutions", "old", "older", "drafts"]])
def test_copies_make_no_class_of_a_repository(tmp_path: Path, more: list[str]) -> None:
    """A learner's repository may have solutions/ in it, and copies of what is in exercises/."""
    hand_in(tmp_path / "alice", IN_REPOSITORY, *(f"{each}/03_pooled_downloads/attempt.py" for each in more))
    assert found(tmp_path / "alice") == {"alice": ["03"]}
    hand_in(tmp_path / "bob", *(f"{each}/attempt.py" for each in ("03_pooled_downloads", "05_safe_ledger", "a", "b")))
    assert found(tmp_path / "bob") == {"bob": ["03", "05"]}


def test_nobody_is_lost(tmp_path: Path) -> None:
    """A learner's folder without an attempt is a submission without attempts that says so."""
    hand_in(tmp_path, f"alice/{IN_REPOSITORY}", "bob/", "carol/homework.py")
    bob, carol = list(search.find(tmp_path, EXERCISES))[1:]
    assert (bob.attempts, carol.attempts) == ([], [])
    assert "no attempt in it" in reasons(bob)
    assert "no exercise number" in reasons(carol)


@pytest.mark.parametrize(
    "name",
    ["alice_03.py", "03_alice.py", "alice-03-attempt.py", "alice/03.py", "alice/03/attempt.py", "alice_ex03.py",
     "03_pooled_downloads_alice.py", "alice/03_pooled_downloads.py", "alice_2003_03.py", "alice_03-1.py"],
)  # fmt: skip
def test_flat_files(tmp_path: Path, name: str) -> None:
    """The name and the number may be in the file's name in any order, or the name is the folder's."""
    hand_in(tmp_path, name, "bob_05.py")
    learner = "alice_2003" if "2003" in name else "alice"
    assert found(tmp_path) == {learner: ["03"], "bob": ["05"]}


@pytest.mark.parametrize("name", ["ada05_03.py", "03_ada05.py", "ada05-ex03.py", "ex03_ada05.py"])
def test_names_with_numbers(tmp_path: Path, name: str) -> None:
    """Digits that belong to a login are no exercise's number, if another number stands alone."""
    hand_in(tmp_path, name)
    assert found(tmp_path) == {"ada05": ["03"]}


def test_flat_files_with_an_exercise(tmp_path: Path) -> None:
    """With --exercise, a file's name is the learner's, and attempt.py or the only file in a folder is the attempt."""
    hand_in(
        tmp_path, "alice.py", "bob/attempt.py", "bob/helper.py", "carol/any.py", "dan/a.py", "dan/b.py", "eve_05.py"
    )
    all_found = {each.name: each for each in search.find(tmp_path, EXERCISES, THREE)}
    assert {name: numbers(each) for name, each in all_found.items()} == {
        "alice": ["03"], "bob": ["03"], "carol": ["03"], "dan": [], "eve": ["-03"],
    }  # fmt: skip
    assert "one of several files" in reasons(all_found["dan"])


@pytest.mark.parametrize("name", ["hw_02.py", "week_02.py", "ada_v02.py", "04_first_come/attempt.py", "kata.zip"])
def test_a_name_that_says_another_exercise_is_told(tmp_path: Path, name: str) -> None:
    """With --exercise, nothing is dropped in silence: the second homework may well be at exercise 03."""
    hand_in(tmp_path, f"{MOODLE}/{name}", "Ben Bell_123457_assignsubmission_file_/attempt.py")
    if name.endswith(".zip"):
        written(tmp_path / MOODLE / name, zipped("hw_04.py", "hw_02.py"))
    ada, ben = search.find(tmp_path, EXERCISES, THREE)
    assert (numbers(ada), numbers(ben), reasons(ben)) == (["-03"], ["03"], "")
    (line,) = reasons(ada).splitlines()
    assert name in line
    assert "and 03 is graded: if it is that, rename it, for example to alice_03.py" in line


def test_other_exercises_are_no_news_where_a_name_says_the_wanted_one(tmp_path: Path) -> None:
    """A folder of several weeks' files, or a clone; what only --exercise makes an attempt is not so sure."""
    hand_in(tmp_path, "ada_02.py", "ada_03.py", f"bob/{IN_REPOSITORY}", "bob/exercises/05_safe_ledger/attempt.py",
            "eve/exercises/03_pooled_downloads/README.md", "eve/exercises/05_safe_ledger/attempt.py",
            "fay/attempt.py", "fay/hw_02.py")  # fmt: skip
    told = {each.name: reasons(each) for each in search.find(tmp_path, EXERCISES, THREE)}
    assert {name for name, why in told.items() if why} == {"fay"}
    assert "hw_02.py: its name says exercise 02" in told["fay"]


def test_an_exercise_wants_its_kind_of_file(tmp_path: Path) -> None:
    """Where a .pyx is wanted, a .py is not taken, and the learner is told."""
    hand_in(tmp_path, "alice_25.pyx", "bob_25.py", "carol/25_cython_do_math/attempt.py")
    all_found = {each.name: each for each in search.find(tmp_path, EXERCISES)}
    assert {name: numbers(each) for name, each in all_found.items()} == {"alice": ["25"], "bob": [], "carol": ["-25"]}
    assert "25 wants attempt.pyx" in reasons(all_found["bob"])
    assert "25 wants attempt.pyx" in reasons(all_found["carol"])


def test_what_is_harmless_is_told_in_one_line_or_not_at_all(tmp_path: Path) -> None:
    """Git, caches and the exercise's own files are not told; everything else in one line."""
    home = "exercises/03_pooled_downloads"
    hand_in(tmp_path, IN_REPOSITORY, f"{home}/sync.py", f"{home}/test_attempt.py", ".git/config", "README.md",
            f"{home}/__pycache__/x.pyc")  # fmt: skip
    assert one(tmp_path).ignored == []
    hand_in(tmp_path, f"{home}/helper.py", "docs/x.md", "main.py")
    (line,) = one(tmp_path).ignored
    assert line.path.endswith("and 2 more")
    assert line.why == "only attempt files are taken"


# --- what is on disk and is not followed -----------------------------------------------------------


def test_only_regular_files_are_attempts(tmp_path: Path) -> None:
    """Links, folders, pipes and huge files are not followed, entered or read: nothing was handed in."""
    root = hand_in(
        tmp_path / "alice", "01_two_jobs/x", "03_pooled_downloads/x", "04_first_come/x", "05_safe_ledger/attempt.py/x"
    )
    hand_in(tmp_path, "secret.py", "other/attempt.py")
    (root / "01_two_jobs/attempt.py").symlink_to(tmp_path / "secret.py")
    os.mkfifo(root / "04_first_come/attempt.py")
    with (root / "03_pooled_downloads/attempt.py").open("wb") as file:
        file.truncate(entries.MAX_ATTEMPT_BYTES + 1)
    (root / "06_lock_order").symlink_to(tmp_path / "other")
    submission = one(root)
    assert numbers(submission) == ["-01", "-03", "-04", "-05"]
    for why in ("links are not followed", "not a regular file", "more than 1 MiB"):
        assert why in reasons(submission)


def test_a_linked_learner_is_not_followed(tmp_path: Path) -> None:
    """Neither a link among the learners nor one as the path leads anywhere."""
    hand_in(tmp_path, f"real/{IN_REPOSITORY}", f"class/alice/{IN_REPOSITORY}", "class/bob/")
    (tmp_path / "class" / "mallory").symlink_to(tmp_path / "real")
    assert found(tmp_path / "class") == {"alice": ["03"], "bob": []}
    with pytest.raises(SubmissionError, match="is a link"):
        found(tmp_path / "class" / "mallory")


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission is an attempt that could not be read."""

    def denied(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    hand_in(tmp_path, IN_REPOSITORY)
    monkeypatch.setattr(os, "open", denied)
    submission = one(tmp_path)
    assert numbers(submission) == ["-03"]
    assert "Permission denied" in reasons(submission)


def test_a_folder_that_vanishes_is_told(tmp_path: Path) -> None:
    """An error while a folder is listed is the submission's, not the grader's."""
    hand_in(tmp_path, f"alice/{IN_REPOSITORY}", "bob/03.py")
    learners = search.find(tmp_path, EXERCISES)
    assert next(learners).name == "alice"
    (tmp_path / "bob" / "03.py").unlink()
    (tmp_path / "bob").rmdir()
    assert "it cannot be read: No such file" in reasons(next(learners))


def test_a_class_that_is_too_large_to_look_at_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or else whoever fills the folder has taken others' work away: who is not looked at has handed in nothing."""
    monkeypatch.setattr(disk, "MAX_ENTRIES", 4)
    names = [f"{name}_{number}_{number}_03.py" for number, name in enumerate(["ann", "bea", "eve", "eve", "eve"])]
    hand_in(tmp_path, *names)
    with pytest.raises(SubmissionError, match="more than 4 entries"):
        found(tmp_path)
    monkeypatch.setattr(disk, "MAX_ENTRIES", 5)
    assert len(found(tmp_path)) == 5


def test_a_learner_s_folder_that_is_too_large_is_refused_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a zip is: nothing of it is taken, which does not hang on the order of a file system; others are graded."""
    monkeypatch.setattr(disk, "MAX_ENTRIES", 3)
    many = [f"eve/0{number}.py" for number in range(1, 5)]
    hand_in(tmp_path, "alice/03.py", *many, "03/01.py", "03/02.py", "03/03.py", "03/attempt.py")
    learners = {each.name: each for each in search.find(tmp_path, EXERCISES)}
    assert {name: numbers(each) for name, each in learners.items()} == {"03": [], "alice": ["03"], "eve": []}
    assert all("more than 3 entries" in reasons(learners[name]) for name in ("03", "eve"))


@pytest.mark.parametrize("name", ["nowhere", "empty", "alice.txt", "broken.zip", "empty.zip"])
def test_nothing_to_grade_is_an_error(tmp_path: Path, name: str) -> None:
    """The error says what was expected, or what is wrong."""
    hand_in(tmp_path, "empty/", "alice.txt", "broken.zip")
    written(tmp_path / "empty.zip", zipped())
    with pytest.raises(SubmissionError, match=r"there is no such|expected an exercise folder|--exercise|not a zip"):
        found(tmp_path / name)


def test_the_error_repeats_why(tmp_path: Path) -> None:
    """When nothing can be graded, the first reasons are in the error."""
    with pytest.raises(SubmissionError, match=r"alice.py: its name has no exercise number"):
        found(hand_in(tmp_path, "alice.py"))


# --- zips and platforms ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "paths",
    [[IN_REPOSITORY], ["kata-main/" + IN_REPOSITORY], ["03_pooled_downloads/attempt.py"], ["03.py"], ["stuff/03.py"],
     ["__MACOSX/._03.py", "03.py"], ["exercises\\03_pooled_downloads\\attempt.py"]],
)  # fmt: skip
def test_a_zip_of_one_learner(tmp_path: Path, paths: list[str]) -> None:
    """A zip with any of one learner's shapes in it is named like the zip."""
    assert found(written(tmp_path / "alice.zip", zipped(*paths))) == {"alice": ["03"]}


def test_a_zip_of_one_file(tmp_path: Path) -> None:
    """With --exercise, a zip of one file is the learner's, whatever the file is called."""
    assert found(written(tmp_path / "alice.zip", zipped("homework.py")), THREE) == {"alice": ["03"]}


def test_a_folder_of_zips_and_a_zip_of_the_class(tmp_path: Path) -> None:
    """Zips, folders and files of learners may be side by side; those of one learner are one submission."""
    files = {"alice.zip": zipped(IN_REPOSITORY), "bob.zip": zipped("05.py"), "alice_05.py": MINE, "bob/03.py": MINE}
    hand_in(tmp_path / "class", "alice_05.py", "bob/03.py")
    for name in ("alice.zip", "bob.zip"):
        written(tmp_path / "class" / name, files[name])
    expected = {"alice": ["03", "05"], "bob": ["03", "05"]}
    assert found(tmp_path / "class") == expected
    assert found(written(tmp_path / "all.zip", packed(files))) == expected
    wrapped = {f"week 1/{path}": content for path, content in files.items()}
    assert found(written(tmp_path / "wrapped.zip", packed(wrapped))) == expected


@pytest.mark.parametrize("as_zip", [True, False])
def test_moodle(tmp_path: Path, as_zip: bool) -> None:
    """Each participant has a folder, or files; namesakes are told apart by the participant's number."""
    files = {
        f"{MOODLE}/attempt.py": MINE,
        f"{MOODLE}/README.md": MINE,
        "Ada Lovelace_123456_assignsubmission_onlinetext_/onlinetext.html": MINE,
        "Grace Hopper_7_assignsubmission_file_attempt.py": MINE,
        "John Smith_8_assignsubmission_file_/work.zip": zipped(IN_REPOSITORY),
        "John Smith_9_assignsubmission_file/any.py": MINE,
    }
    for name, content in files.items():
        (tmp_path / "moodle" / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path / "moodle" / name, content)
    path = written(tmp_path / "moodle.zip", packed(files)) if as_zip else tmp_path / "moodle"
    submissions = {each.name: each for each in search.find(path, EXERCISES, THREE)}
    assert {name: numbers(each) for name, each in submissions.items()} == {
        "Ada Lovelace": ["03"], "Grace Hopper": ["03"], "John Smith (8)": ["03"], "John Smith (9)": ["03"],
    }  # fmt: skip
    assert submissions["Ada Lovelace"].people == [Person(name="Ada Lovelace", platform="moodle", number="123456")]


@pytest.mark.parametrize("as_zip", [True, False])
def test_canvas(tmp_path: Path, as_zip: bool) -> None:
    """Files of a user are one submission; what was handed in again counts, by its name and its number."""
    files = {
        "lovelaceada_LATE_12_500_attempt.py": b"old",
        "lovelaceada_LATE_12_501_attempt-2.py": MINE,
        "lovelaceada_LATE_12_502_attempt-1.py": b"old",
        "hoppergrace_13_900_homework.py": b"old",
        "hoppergrace_13_1000_homework.py": MINE,
        "smithjohn_14_601_work.zip": zipped("kata-main/" + IN_REPOSITORY),
        "smithjohn_15_602_essay.pdf": MINE,
        "anon_x1Yz2_603_attempt.py": MINE,
    }
    (tmp_path / "canvas").mkdir()
    for name, content in files.items():
        written(tmp_path / "canvas" / name, content)
    path = written(tmp_path / "submissions.zip", packed(files)) if as_zip else tmp_path / "canvas"
    submissions = {each.name: each for each in search.find(path, EXERCISES, THREE)}
    assert {name: numbers(each) for name, each in submissions.items()} == {
        "lovelaceada": ["03"], "hoppergrace": ["03"], "smithjohn (14)": ["03"], "smithjohn (15)": [],
        "anon_x1Yz2": ["03"],
    }  # fmt: skip
    assert submissions["lovelaceada"].people == [Person(name="lovelaceada", platform="canvas", number="12")]
    assert [each.is_marked_late for each in submissions["lovelaceada"].attempts] == [True]
    assert "attempt-2.py counts" in reasons(submissions["lovelaceada"])


@pytest.mark.parametrize("name", ["m\u00fcllerhans", "mu\u0308llerhans", "\u0936\u0930\u094d\u092e\u093e"])
def test_canvas_writes_names_of_all_scripts(tmp_path: Path, name: str) -> None:
    """An accent may be a character of its own, as on a Mac; so is a vowel, in some scripts."""
    path = hand_in(tmp_path, f"class/{name}_12_34_attempt.py", f"class/{name}_LATE_13_35_attempt.py") / "class"
    people = [each.people[0] for each in search.find(path, EXERCISES, THREE)]
    assert [(each.name, each.platform, each.number) for each in people] == [
        (name, "canvas", "12"),
        (name, "canvas", "13"),
    ]


@pytest.mark.parametrize("name", ["attempt.py", "kata.zip", "kata.zip in a zip"])
def test_what_canvas_says_of_a_zip_it_says_of_what_is_in_it(tmp_path: Path, name: str) -> None:
    """LATE, and the number of the file, which decides what is newer and by which feedback is taken back."""
    content = {"attempt.py": MINE, "kata.zip": zipped("kata/" + IN_REPOSITORY)}
    content["kata.zip in a zip"] = packed({"kata.zip": content["kata.zip"]})
    path = hand_in(tmp_path, "class/bellben_13_902_attempt.py") / "class"
    written(path / "lopezmia_12_900_attempt.py", b"older")
    written(path / f"lopezmia_LATE_12_901_{name.split()[0]}", content[name])
    ben, mia = search.find(path, EXERCISES, THREE)
    told = [(numbers(each), each.attempts[0].is_marked_late, each.attempts[0].serial) for each in (ben, mia)]
    assert told == [(["03"], False, 902), (["03"], True, 901)]


def test_canvas_without_an_exercise(tmp_path: Path) -> None:
    """A number in the file's name says the exercise; without one the learner is told what to do."""
    first, second = search.find(hand_in(tmp_path, "a_1_2_03.py", "b_3_4_attempt.py"), EXERCISES)
    assert (numbers(first), numbers(second)) == (["03"], [])
    assert "--exercise" in reasons(second)


def test_the_newest_counts(tmp_path: Path) -> None:
    """Of several candidates in a zip the newest counts, and its time is when it was handed in; the others are told."""
    newer, older = (2024, 5, 2, 10, 0, 0), (2024, 5, 1, 10, 0, 0)
    content = packed(
        {"alice_03.py": MINE, "alice-03-attempt.py": b"old"}, {"alice_03.py": newer, "alice-03-attempt.py": older}
    )
    alice = one(written(tmp_path / "class.zip", content))
    assert numbers(alice) == ["03"]
    assert "alice-03-attempt.py: " in reasons(alice)
    assert "class.zip/alice_03.py counts" in reasons(alice)
    assert alice.handed_in == datetime(*newer).astimezone(UTC).isoformat()


def test_a_platform_s_times_are_not_when_it_was_handed_in(tmp_path: Path) -> None:
    """The files of a bulk download have the time of the download, so nothing is said."""
    assert (
        one(
            written(tmp_path / "x.zip", packed({"a_1_2_03.py": MINE}, {"a_1_2_03.py": (2024, 5, 2, 10, 0, 0)}))
        ).handed_in
        is None
    )


def test_what_a_learner_calls_a_file_says_nothing(tmp_path: Path) -> None:
    """In a bulk download, the platform's part is read from the left; the rest may look like any other name."""
    hand_in(
        tmp_path / "moodle", "Ada_1_assignsubmission_file_x_2_assignsubmission_file_03.py",
        "Bob_2_assignsubmission_file_03.py",
    )  # fmt: skip
    hand_in(tmp_path / "canvas", "ada_1_5_bob_2_6_03.py", "bob_2_7_03.py")
    for platform in ("moodle", "canvas"):
        people = [each.people[0] for each in search.find(tmp_path / platform, EXERCISES)]
        assert [person.number for person in people] == ["1", "2"]


def test_one_platform_a_download(tmp_path: Path) -> None:
    """Where most names are Moodle's, one that looks like Canvas's is a name like any other."""
    hand_in(tmp_path, "Ada_1_assignsubmission_file_03.py", "Bob_2_assignsubmission_file_03.py", "cleo_3_4_x_05.py")
    people = {each.name: each.people[0].platform for each in search.find(tmp_path, EXERCISES)}
    assert people == {"Ada": "moodle", "Bob": "moodle", "cleo_3_4_x": ""}


@pytest.mark.parametrize("name", ["Attempt.py", "attempt (1).py", "attempt.py.txt", "attempt.py/x", "solution.py"])
def test_near_misses_are_told_by_themselves(tmp_path: Path, name: str) -> None:
    """A file that was surely meant comes first, and never as one of several."""
    hand_in(tmp_path, "exercises/03_pooled_downloads/" + name, "a/x", "b/x", "exercises/11_tasks_not_awaits/attempt.py")
    assert f"{name.removesuffix('/x')}: exercise 03 wants" in reasons(one(tmp_path)).splitlines()[0]


@pytest.mark.parametrize("name", ["Exercises", "exercises ", "03-pooled-downloads", "3_pooled_downloads"])
def test_folders_that_are_nearly_right(tmp_path: Path, name: str) -> None:
    """So does a folder."""
    hand_in(tmp_path, f"alice/{name}/x/attempt.py", "alice/docs/x", f"bob/{IN_REPOSITORY}")
    alice, _ = search.find(tmp_path, EXERCISES)
    assert "it is not called" in reasons(alice).splitlines()[0]
