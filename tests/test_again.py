"""Who hands in again, in another week or from another path, is the same person, and replaces nobody's work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.classroom import attention, classwork
from checker.classroom.classwork import ClassworkError
from checker.classroom.submissions import search
from checker.commands import entering, regrade
from checker.gradebook.gradebook import Gradebook
from checker.report import similar
from tests import messy_class
from tests.messy_class import FOLDERS, Made, write
from tests.test_messy_class import EXERCISES, entered, given

ROSTER = "Name,SID,Email\nAda Lovelace,5001,a@x.org\nBen O'Neil,5002,b@x.org\n"


def gradescope(root: Path, exercise: str, at: int, *people: tuple[str, str], text: str = "") -> Made:
    """An export in which these (name, sid) handed in; submissions are numbered from `at` on."""
    made, metadata = Made(root, ROSTER, exercise=exercise), "---\n"
    for number, (name, sid) in enumerate(people, at):
        email = f"{name[0].upper()}@x.org"
        metadata += f"submission_{number}:\n  :submitters:\n"
        metadata += f"  - :name: {name}\n    :sid: '{sid}'\n    :email: {email}\n"
        work = made.mark("5001" if email == "A@x.org" else "5002", exercise, f"# {name} at {exercise}{text}\n")
        write(made.path / f"submission_{number}" / "attempt.py", work)
    write(made.path / "submission_metadata.yml", metadata)
    return made


def moodle(root: Path, exercise: str, roster: str, **numbers: int) -> Made:
    """A download in which these handed in, with their numbers as participants; each name is the id, too."""
    made = Made(root, roster, exercise=exercise)
    for name, number in numbers.items():
        work = made.mark(name, exercise, f"# {name} ({number}) at {exercise}\n")
        write(made.path / f"{name} X_{number}_assignsubmission_file_" / "attempt.py", work)
    return made


def worksheet(**numbers: int) -> str:
    """Of an assignment on Moodle. It has no ids but the numbers, so the names are said to be the ids."""
    rows = (f"Participant {number},{name} X,{name}\n" for name, number in numbers.items())
    return "Identifier,Full name,ID number\n" + "".join(rows)


def test_a_second_week_and_a_resubmission_on_gradescope(tmp_path: Path) -> None:
    """It numbers submissions, not people: who handed in is told by the address, whatever else was filled in later."""
    week1 = gradescope(tmp_path / "week1", "03", 7000, ("Ada Lovelace", ""), ("Ben O'Neil", "5002"))
    week2 = gradescope(tmp_path / "week2", "11", 8000, ("Ben O'Neil", "5002"), ("Ada Lovelace", "5001"))
    again = gradescope(tmp_path / "again", "03", 9000, ("Ada L.", "5001"), text=", mended")
    with Gradebook() as book:
        for made in (week1, week2, again, week2):
            entered(made, made.path, book)
        assert given(book) == week1.marks | week2.marks | again.marks
        assert len(book.submissions()) == 2


def test_two_of_one_address_in_one_export_stay_two(tmp_path: Path) -> None:
    """Which of them counts is not for the checker to choose, and neither stops the class."""
    made = gradescope(tmp_path / "week1", "03", 7000, ("Ada Lovelace", "5001"), ("Ada Lovelace", "5001"))
    with Gradebook() as book:
        told = "\n".join(entered(made, made.path, book))
        assert (given(book), told.count("and so may another submission"), len(book.submissions())) == ({}, 2, 2)


TEAM = ("Ada", "Ben", "Cyd")


def teams(root: Path, exercise: str, at: int, *people: tuple[str, ...], has_sids: bool = True) -> Made:
    """An export in which these handed in together; names are ids, too."""
    made, metadata = Made(root, "Name,SID,Email\n", exercise=exercise), "---\n"
    made.roster += "".join(f"{name},{name},{name}@x.org\n" for name in TEAM)
    for number, team in enumerate(people, at):
        metadata += f"submission_{number}:\n  :submitters:\n"
        for name in team:
            metadata += f"  - :name: {name}\n    :email: {name}@x.org\n" + f"    :sid: {name}\n" * has_sids
            work = made.mark(name, exercise, f"print({number})\n")
        write(made.path / f"submission_{number}" / "attempt.py", work)
    write(made.path / "submission_metadata.yml", metadata)
    return made


@pytest.mark.parametrize("has_roster", [True, False])
def test_partners_change_from_week_to_week(tmp_path: Path, has_roster: bool) -> None:
    """In pairs, alone, and in other pairs: each learner has one row, with the marks of all weeks."""
    weeks = [
        teams(tmp_path / "1", "03", 7000, ("Ada", "Ben"), ("Cyd",), has_sids=not has_roster),
        teams(tmp_path / "2", "11", 8000, ("Ada",), ("Ben", "Cyd")),
    ]
    with Gradebook() as book:
        book.set(asked="03 11")
        for made in (*weeks, *weeks):
            made.roster *= has_roster
            told = "\n".join(entered(made, made.path, book))
        report = classwork.report(book)
        rows = {each.learner.id: each for each in report.submissions if each.learner is not None}
        assert (len(report.submissions), set(rows), "given to nobody" in told) == (3, set(TEAM), False)
        digests = {(who, each.exercise): each.attempt_sha256 for who, row in rows.items() for each in row.exercises}
        assert digests == weeks[0].marks | weeks[1].marks
        assert [[each.exercise for each in row.exercises] for row in rows.values()] == [["03", "11"]] * 3
        assert rows["Ada"].parts == {"03": "Ada, Ben", "11": "Ada"}
        assert similar.render(report).count("\n") == 1, "a pair's attempt is no copy of itself"
        assert "Identical" not in told
        assert {number: len(past) for number, past in rows["Ada"].history.items()} == {"03": 1, "11": 1}


def test_in_a_pair_and_alone_at_one_exercise_is_told(tmp_path: Path) -> None:
    """Which of them counts is not for the checker to choose; without a roster, both are shown."""
    made = teams(tmp_path / "1", "03", 7000, ("Ada", "Ben"), ("Ada",), ("Cyd",))
    for roster in (made.roster, ""):
        with Gradebook() as book:
            made.roster = roster
            told = "\n".join(entered(made, made.path, book))
            people = [each.learner and each.learner.id for each in classwork.report(book).submissions]
            expected = ([None, "Ben", "Cyd"], 2) if roster else (["Ada", "Ada", "Ben", "Cyd"], 0)
            assert (people, told.count("and so may another submission")) == expected


def test_a_mark_of_changing_partners_can_be_appealed(tmp_path: Path) -> None:
    """By the learner's id: it is the submission that has the exercise."""
    weeks = [
        teams(tmp_path / "1", "03", 7000, ("Ada", "Ben")),
        teams(tmp_path / "2", "11", 8000, ("Ada",), ("Ben",)),
    ]
    with Gradebook() as book:
        for made in weeks:
            entered(made, made.path, book)
        assert [regrade._find(book, "Ada", each)[0] for each in ("03", "11")] == ["Ada, Ben", "Ada"]


@pytest.mark.parametrize("has_worksheets", [False, True])
def test_a_second_week_on_moodle(tmp_path: Path, has_worksheets: bool) -> None:
    """It numbers people anew in each assignment; who skips a week keeps the mark of the other."""
    numbers = [dict(zip(("Ada", "Ben", "Cleo"), each, strict=True)) for each in ((11, 12, 13), (21, 22, 23))]
    rosters = [
        worksheet(**each) if has_worksheets else "Name,ID\nAda X,Ada\nBen X,Ben\nCleo X,Cleo\n" for each in numbers
    ]
    week1 = moodle(tmp_path / "week1", "03", rosters[0], Ada=11, Ben=12)
    week2 = moodle(tmp_path / "week2", "11", rosters[1], Ada=21, Cleo=23)
    with Gradebook() as book:
        for made in (week1, week2, week1, week2):
            entered(made, made.path, book)
            if has_worksheets:
                assert not classwork.report(book).ambiguous
        assert given(book) == week1.marks | week2.marks
        assert sorted(each.name for each in book.submissions()) == ["Ada X", "Ben X", "Cleo X"]


def test_a_namesake_of_another_week_takes_nothing(tmp_path: Path) -> None:
    """Two of one name on the roster: one handed in in week 1, the other in week 2; none is chosen."""
    roster = "Name,ID\nAda X,1\nAda X,2\n"
    with Gradebook() as book:
        for made in (
            moodle(tmp_path / "week1", "03", roster, Ada=11),
            moodle(tmp_path / "week2", "11", roster, Ada=22),
        ):
            entered(made, made.path, book)
        assert (given(book), len(book.submissions())) == ({}, 2)
        assert [len(each.attempts) for each in book.submissions()] == [1, 1]


def test_a_name_replaces_nothing_on_moodle(tmp_path: Path) -> None:
    """Of one exercise and two numbers, the second is not the first one's newer attempt."""
    roster = "Name,ID\nAda X,Ada\n"
    with Gradebook() as book:
        for at, number in enumerate((11, 22)):
            made = moodle(tmp_path / str(at), "03", roster, Ada=number)
            entered(made, made.path, book)
        assert len(book.submissions()) == 2


def clones(root: Path, *names: str, exercise: str = "03", text: str = "", assignment: str = "kata-1-") -> Made:
    """Repositories of these, who all hand in the exercise."""
    made = Made(root, "id,login\n1,alice\n2,bob\n3,eve\n")
    for at, name in enumerate((f"{assignment}{login}" for login in ("alice", "bob", "eve")), 1):
        if name in names:
            work = made.mark(str(at), exercise, f"# {name} at {exercise}{text}\n")
            write(made.path / name / "exercises" / FOLDERS[exercise] / "attempt.py", work)
    return made


CLASS = ("kata-1-alice", "kata-1-bob", "kata-1-eve")


@pytest.mark.parametrize("exercise", [None, "said"])
def test_a_second_assignment_on_github(tmp_path: Path, exercise: str | None) -> None:
    """Its repositories begin otherwise; each learner has one row, also who skipped a week or was late alone."""
    week1 = clones(tmp_path / "1", *CLASS)
    week2 = clones(tmp_path / "2", "kata-2-alice", "kata-2-bob", exercise="11", assignment="kata-2-")
    late = clones(tmp_path / "late", "kata-1-alice", text=", mended")
    for made, number in ((week1, "03"), (week2, "11"), (late, "03")):
        made.exercise = exercise and number
    with Gradebook() as book:
        for made in (week1, week2, week1, week2, late):
            told = "\n".join(entered(made, made.path, book))
        assert given(book) == week1.marks | week2.marks | late.marks
        assert (len(classwork.report(book).submissions), "given to nobody" in told) == (3, False)


def test_one_path_replaces_nothing_of_another_in_silence(tmp_path: Path) -> None:
    """A late zip with folders called like classmates' is told, also after Ctrl-C; the class, graded again, counts."""
    made = clones(tmp_path / "clones", *CLASS)
    late = clones(tmp_path / "late", "kata-1-alice", "kata-1-bob", text=", by eve")
    with Gradebook() as book:
        assert "another path" not in "\n".join(entered(made, made.path, book))
        for _ in range(2):
            told = [line for line in entered(late, messy_class.as_zip(late.path), book) if "another path" in line]
            assert [line.split(":")[0] for line in told] == [f"Not taken from {name}" for name in CLASS[:2]]
            assert "clones/kata-1-alice" in told[0].partition(" late.zip/kata-1-alice")[0]
        entered(made, made.path, book)
        assert given(book) == made.marks


def test_a_class_from_another_place_replaces_its_own(tmp_path: Path) -> None:
    """New versions count, wherever they are; of many that are told in one line."""
    first, second = flat_class(tmp_path / "first", "x"), flat_class(tmp_path / "second", "y")
    with Gradebook() as book:
        entered(first, first.path, book)
        assert given(book) == first.marks
        write(first.path / "ada01_03.py", first.mark("ada01", "03", "# newer\n"))
        assert "another path" not in "\n".join(entered(first, first.path, book))
        told = [line for line in entered(second, second.path, book) if "another path" in line]
        assert given(book) == second.marks
        assert len(told) == 1
        assert "20 attempts, of ada01, ada02" in told[0]


def flat_class(root: Path, text: str) -> Made:
    people = [f"ada{at:02}" for at in range(1, 21)]
    made = Made(root, "login\n" + "\n".join(people) + "\n")
    for name in people:
        write(root / f"{name}_03.py", made.mark(name, "03", f"# {text} of {name}\n"))
    return made


@pytest.mark.parametrize("rest", ["", "exercises/03_pooled_downloads/sync.py", "notes.txt"])
def test_what_a_path_has_not_it_does_not_remove(tmp_path: Path, rest: str) -> None:
    """One late exercise of a learner, or none that can be read, leaves what the class's folder brought."""
    made = clones(tmp_path / "clones", *CLASS)
    late = clones(tmp_path / "late", "kata-1-eve", exercise="11")
    if rest:
        write(late.path / "kata-1-eve" / rest, "# not an attempt\n")
        write(late.path / "kata-1-alice" / rest, "# not an attempt\n")
    with Gradebook() as book:
        entered(made, made.path, book)
        entered(late, late.path, book)
        assert given(book) == made.marks | late.marks
        keys = {(name, exercise): key for name, exercise, key in book.handins()}
        entered(late, late.path, book)
        assert {(name, exercise): key for name, exercise, key in book.handins()} == keys


MISSPELT = "exercises/03_pooled_downloads/Attempt.py"


def not_taken(book: Gradebook, path: Path, number: str | None = None) -> list[str]:
    """The last parts of all the paths in ada's leftovers after `checker grade path --exercise number`."""
    only = next((each for each in EXERCISES if each.number == number), None)
    classwork.enter(book, search.find(path, EXERCISES, only), number)
    left = next((each.ignored for each in book.submissions() if each.name == "ada"), [])
    return [Path(each.path).name for each in left]


def test_another_week_does_not_take_the_reasons_of_a_zero(tmp_path: Path) -> None:
    """They stay until the same exercise is handed in, whether the next week is unpacked beside it or in its place."""
    write(tmp_path / "w1/ada" / MISSPELT, "# 03\n")
    write(tmp_path / "w2/ada/attempt.py", "# 11\n")
    write(tmp_path / "w2/ada/notes.txt", "x\n")
    with Gradebook() as book:
        assert not_taken(book, tmp_path / "w1", "03") == ["Attempt.py"]
        for _ in range(2):
            assert not_taken(book, tmp_path / "w2", "11") == ["notes.txt", "Attempt.py"]
        shutil.rmtree(tmp_path / "w1/ada")
        write(tmp_path / "w1/ada/notes.txt", "x\n")
        write(tmp_path / "w1/ada/attempt.py", "# 05\n")
        assert not_taken(book, tmp_path / "w1", "05") == ["notes.txt", "notes.txt", "Attempt.py"]
        (ada,) = book.submissions()
        assert [(each.exercise, each.is_earlier) for each in ada.ignored] == [("05", False), ("11", True), ("03", True)]
        (tmp_path / "w1/ada/notes.txt").unlink()
        assert not_taken(book, tmp_path / "w1", "03") == ["notes.txt", "notes.txt"]


def test_what_a_late_path_does_not_speak_of_stays_told(tmp_path: Path) -> None:
    """Without --exercise, too; a newer download of the same exercises answers it, wherever it is."""
    for path in ("clones/ada/" + MISSPELT, "late/ada/11.py", "newer/ada/" + MISSPELT.replace("A", "a")):
        write(tmp_path / path, f"# {path}\n")
    with Gradebook() as book:
        assert not_taken(book, tmp_path / "clones") == ["Attempt.py"]
        for _ in range(2):
            assert not_taken(book, tmp_path / "late") == ["Attempt.py"]
        assert not_taken(book, tmp_path / "newer") == []


def test_much_of_earlier_weeks_is_told_in_one_line(tmp_path: Path) -> None:
    """What this week's run did not take is not lost among it."""
    for at in range(12):
        write(tmp_path / "w1" / f"ada{at}" / MISSPELT, "# 03\n")
        write(tmp_path / "w2" / f"ada{at}" / "attempt.py", "# 11\n")
    write(tmp_path / "w2/ada0/notes.txt", "x\n")
    with Gradebook() as book:
        not_taken(book, tmp_path / "w1", "03")
        not_taken(book, tmp_path / "w2", "11")
        told = [line for line in attention.lines(book, classwork.report(book)) if line.startswith("Not taken")]
        assert len(classwork.report(book).leftovers) == 13
    assert [line.partition(",")[0] for line in told][1:] == ["Not taken in earlier runs: 12"]
    assert "notes.txt" in told[0]


def test_another_week_does_not_take_what_was_nobody_s(tmp_path: Path) -> None:
    """At one path, whose files are others each week: it stays listed until the same exercise is handed in."""

    def left_out(number: str | None, name: str) -> list[tuple[str, str]]:
        shutil.rmtree(tmp_path / "week", ignore_errors=True)
        for each in ("ada_03.py", "ada_05.py", "ben_03.py", "ben_05.py", name):
            write(tmp_path / "week" / each, "# work\n")
        options = {"programs": classwork.OURS, "course": None, "due": None, "late_penalty": None}
        asked = entering.asked(book, (tmp_path / "week",), number, options)
        entering.enter(book, asked, options | dict.fromkeys(("roster_file", "on_github")))
        return [(each.exercise, Path(each.path).name) for each in book.left_out()]

    with Gradebook() as book:
        assert left_out("03", "03.py") == [("03", "03.py")]
        assert left_out("05", "05.py") == [("05", "05.py"), ("03", "03.py")]
        told = attention.lines(book, classwork.report(book))
        assert [line.split(":")[1].endswith(("05.py", "03.py")) for line in told if "Left out" in line] == [True] * 2
        assert left_out("03", "ada_03.py") == [("05", "05.py")]
        assert left_out(None, "ada_03.py") == []


def test_two_paths_of_one_run_are_named(tmp_path: Path) -> None:
    """Where both have somebody of one name, a person is told where."""
    paths = [clones(tmp_path / each, *CLASS, text=each).path for each in ("a", "b")]
    found = (each for path in paths for each in search.find(path, EXERCISES))
    with Gradebook() as book, pytest.raises(ClassworkError, match=r"kata-1-alice \(in .*/a and .*/b\)") as raised:
        classwork.enter(book, found)
    assert "if both are one person's, grade one path after the other, into one --gradebook; else rename" in str(
        raised.value
    )


def canvas(root: Path, exercise: str, roster: str, **files: str) -> Made:
    """A download with a file of each of these learners: their ids to what the file is called."""
    made = Made(root, roster, exercise=exercise)
    for learner, name in files.items():
        write(made.path / name, made.mark(learner.removeprefix("id"), exercise, f"# {name}\n"))
    return made


TRICK = "leeann_17_9999__5103_9901_attempt.py"
"""Of her who is called `Lee, Ann_17-_9999-_`."""


@pytest.mark.parametrize("ids", ["ID", "Number"], ids=["of Canvas", "of another platform"])
def test_a_name_with_somebody_s_number_takes_nothing_in_a_later_week(tmp_path: Path, ids: str) -> None:
    """What can be read in two ways is a submission of its own, and given to nobody; the earlier ones stay hers."""
    roster = f'Student,{ids},Student ID\n"Lee, Ann",17,17\n"Orr, Bob",18,18\n"Lee, Ann_17-_9999-_",5103,5103\n'
    week1 = canvas(tmp_path / "week1", "03", roster, id17="leeann_17_100_attempt.py", id18="orrbob_18_101_attempt.py")
    week2 = canvas(tmp_path / "week2", "11", roster, id5103=TRICK, id18="orrbob_18_9902_attempt.py")
    with Gradebook() as book:
        for made in (week1, week2, week2):
            told = "\n".join(entered(made, made.path, book))
        assert given(book) == week1.marks | {("18", "11"): week2.marks["18", "11"]}
        assert "leeann (17) was given to nobody of the roster: it may be from" in told


def test_a_file_with_numbers_in_its_name_is_still_one_s_own(tmp_path: Path) -> None:
    """Her upload 3_4_x.py can be read as that of user 3, whom the roster does not know by such a name."""
    roster = 'Student,ID\n"Lee, Ann",17\n"Orr, Bob",3\n'
    week1 = canvas(tmp_path / "week1", "03", roster, id17="leeann_17_100_attempt.py")
    week2 = canvas(tmp_path / "week2", "11", roster, id17="leeann_17_200_3_4_x.py")
    with Gradebook() as book:
        for made in (week1, week2):
            entered(made, made.path, book)
        assert (given(book), len(book.submissions())) == (week1.marks | week2.marks, 1)


def test_without_a_roster_what_can_be_read_in_two_ways_replaces_nobody(tmp_path: Path) -> None:
    """Without --exercise, too."""
    with Gradebook() as book:
        for at, name in enumerate(("leeann_17_100_03.py", TRICK.replace("attempt", "03"))):
            made = canvas(tmp_path / str(at), "03", "", id17=name)
            made.exercise = None
            entered(made, made.path, book)
        assert [each.name for each in book.submissions()] == ["leeann", "leeann (17)"]


GROUPS = 'Student,ID,Group Name\n"One, Ann",1,Team 1\n"Two, Bob",2,Team 1\n"Tre, Cyd",3,Team 2\n'


@pytest.mark.parametrize("groups_first", [True, False])
@pytest.mark.parametrize("has_roster", [True, False], ids=["", "no roster at first"])
def test_a_group_on_canvas_is_not_its_member(tmp_path: Path, groups_first: bool, has_roster: bool) -> None:
    """In groups in one week, alone in another one: nobody loses a mark, whoever handed in for the group."""
    together = canvas(tmp_path / "together", "03", GROUPS, id2="team1_2_900_attempt.py", id3="team2_3_901_attempt.py")
    together.marks["1", "03"] = together.marks["2", "03"]
    alone = canvas(tmp_path / "alone", "11", GROUPS, id1="oneann_1_950_attempt.py", id2="twobob_2_951_attempt.py")
    with Gradebook() as book:
        weeks = (together, alone) if groups_first else (alone, together)
        for made in weeks if not has_roster else ():
            made.roster = ""
            entered(made, made.path, book)
            made.roster = GROUPS
        for made in (*weeks, *weeks):
            told = "\n".join(entered(made, made.path, book))
        assert given(book) == together.marks | alone.marks
        assert (len(book.submissions()), "given to nobody" in told) == (4, False)
        backs = {each.learner.id: each.hand_backs[0] for each in classwork.report(book).submissions if each.learner}
        assert backs == {"1": "oneann_1_950_", "2": "twobob_2_951_", "3": "team2_3_901_"}


def test_another_member_hands_in_for_the_group_again(tmp_path: Path) -> None:
    """It has that member's number then, and is the same group's newer attempt."""
    first = canvas(tmp_path / "first", "03", GROUPS, id2="team1_2_900_attempt.py")
    second = canvas(tmp_path / "second", "03", GROUPS, id1="team1_1_910_attempt.py")
    with Gradebook() as book:
        for made in (first, second):
            entered(made, made.path, book)
        assert given(book) == {("1", "03"): second.marks["1", "03"], ("2", "03"): second.marks["1", "03"]}


@pytest.mark.parametrize("exercise", ["03", "11"])
def test_a_new_name_on_canvas_changes_nobody(tmp_path: Path, exercise: str) -> None:
    """Who has another name by now has the marks of both, and the newer one of the same exercise."""
    roster = 'Student,ID\n"Two-Orr, Bob",2\n'
    first = canvas(tmp_path / "first", "03", roster, id2="twobob_2_900_attempt.py")
    second = canvas(tmp_path / "second", exercise, roster, id2="twoorrbob_2_950_attempt.py")
    with Gradebook() as book:
        for made in (first, second):
            entered(made, made.path, book)
        assert given(book) == first.marks | second.marks
