"""Classes as platforms write them, with what learners do by mistake and what they may try: for tests/test_messy_class.

`python -m tests.messy_class FOLDER` writes them, to be tried by hand. The formats are those of:

- Canvas: lib/content_zipper.rb (`get_filename`, `sanitize_user_name`) of instructure/canvas-lms, and its gradebook
- Moodle 4: mod/assign/classes/downloader.php (`get_student_prefix`), mod/assign/feedback/offline (the worksheet)
- GitHub: `gh classroom clone student-repos` (assignment-LOGIN), classroom_roster.csv of GitHub Classroom
- Gradescope: the export of submissions, with a submission_metadata.yml as Ruby's YAML writes it
- flat files, as instructors get them by mail

Each learner's attempt has a text of its own, so that its hash says whose work a mark is for.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

FIRST = ("Ada", "Ben", "Cleo", "Dora", "Émile", "Finn", "Gina", "Hugo", "Inès", "Jan")
LAST = ("Lovelace", "O'Neil", "García Márquez", "de la Cruz")
FOLDERS = {"03": "03_pooled_downloads", "11": "11_tasks_not_awaits"}


@dataclass(frozen=True)
class Student:
    """A person of the roster."""

    number: int
    first: str
    last: str

    @property
    def sortable(self) -> str:
        return f"{self.last}, {self.first}"

    @property
    def full(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def login(self) -> str:
        return re.sub(r"[^a-z]", "", f"{self.first}{self.last}".lower()) + str(self.number)

    def text(self, exercise: str) -> str:
        return f"# the work of {self.number} at {exercise}\n"


@dataclass
class Made:
    """A class that was handed in."""

    path: Path
    roster: str
    exercise: str | None = None
    """What --exercise has to say."""
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    """(what the roster has as the id, exercise) -> the attempt's hash; of everybody who has one, and of nobody else."""
    leftovers: list[tuple[str, str]] = field(default_factory=list)
    """(part of a path or name, part of the reason) of everything that must be listed."""
    near_first: list[str] = field(default_factory=list)
    """Parts of paths that must be named first in what was not taken."""

    def mark(self, learner: str, exercise: str, text: str) -> str:
        """It counts; gives the text back."""
        self.marks[learner, exercise] = sha256(text.encode()).hexdigest()
        return text


def students(start: int = 5000) -> list[Student]:
    """Forty."""
    pairs = ((first, last) for last in LAST for first in FIRST)
    return [Student(start + at, first, last) for at, (first, last) in enumerate(pairs, 1)]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def as_zip(folder: Path) -> Path:
    """The same as one zip, as it is downloaded."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.is_symlink():
                archive.write(file, file.relative_to(folder))
    return path


# --- Canvas ------------------------------------------------------------------------------------------


def canvas_name(sortable: str, number: int, late: bool = False) -> str:
    """What Canvas's get_filename makes of a user."""
    name = re.sub(r"_(\d+)_", r"\1", sortable).lower()
    return re.sub(r"[^\w]", "", "_".join([name, *(["LATE"] if late else []), str(number)]))


def canvas(root: Path) -> Made:
    """Forty, two namesakes, a user who calls herself like somebody's number, and files called like others' uploads."""
    made = Made(root / "canvas", "", exercise="03")
    people = [*students(), Student(5101, "Mia", "Lopez"), Student(5102, "Mia", "Lopez")]
    victim, trickster = people[0], Student(5103, "", "x")
    lines = ["Student,ID,SIS User ID,SIS Login ID,Section,Pooled downloads (777001)", ",,,,,Manual Posting"]
    lines.append("    Points Possible,,,,,10")
    for at, person in enumerate(people):
        lines.append(f'"{person.sortable}",{person.number},s{person.number},{person.login},A,')
        if person is people[5]:
            continue  # hands in nothing
        name = canvas_name(person.sortable, person.number, late=at % 7 == 1)
        text = made.mark(str(person.number), "03", person.text("03"))
        write(made.path / f"{name}_{9000 + at}_attempt.py", text if at % 3 else "# an earlier one\n")
        if not at % 3:
            write(made.path / f"{name}_{9500 + at}_attempt-1.py", text)
    # Her file is called like an upload of the victim; it is hers, by the part that Canvas wrote.
    attacker = people[10]
    name = canvas_name(attacker.sortable, attacker.number)
    text = made.mark(str(attacker.number), "03", "# by the attacker, newer\n")
    write(made.path / f"{name}_9900_{canvas_name(victim.sortable, victim.number)}_9999_attempt.py", text)
    (made.path / f"{name}_9010_attempt.py").unlink()
    # Her name is, with characters that Canvas removes, the victim's with a number of a file.
    looks = f"{victim.sortable}_{victim.number}-_9999-_"
    lines.append(f'"{looks}",{trickster.number},s5103,x,A,')
    write(made.path / f"{canvas_name(looks, trickster.number)}_9901_attempt.py", "# a trick\n")
    made.leftovers.append(("_9901_attempt.py", "two ways"))
    # And so does one whose victim has handed in nothing.
    absent = people[5]
    looks = f"{absent.sortable}_{absent.number}-_9999-_"
    lines.append(f'"{looks}",5104,s5104,y,A,')
    write(made.path / f"{canvas_name(looks, 5104)}_9902_attempt.py", "# a trick\n")
    made.leftovers.append((canvas_name(absent.sortable, absent.number)[:-5], "it may be from"))
    write(made.path / f"{canvas_name('Nobody, Noah', 777)}_9903_attempt.py", "# of another course\n")
    made.leftovers.append(("nobodynoah", "nobody of the roster"))
    write(made.path / "attempt.py", "# whose?\n")
    made.leftovers.append(("attempt.py", "names nobody"))
    made.roster = "\n".join([*lines, '"Student, Test",,,,A,']) + "\n"
    made.leftovers.append(("Student, Test", "has no 'ID'"))
    return made


# --- Moodle ------------------------------------------------------------------------------------------


def moodle(root: Path, blind: bool = False, as_folders: bool = True) -> Made:
    """Forty by full name, or by the participant's number; one uploads a file that is called like somebody's."""
    made = Made(root / f"moodle{'_blind' * blind}{'_flat' * (not as_folders)}", "", exercise="03")
    people = students(880000)
    lines = ["Identifier,Status,Grade" if blind else "First name,Last name,ID number,Email address"]
    for at, person in enumerate(people):
        key = f"Participant {person.number}" if blind else str(person.number)
        lines.append(f"{key},Submitted," if blind else f"{person.first},{person.last},{key},{person.login}@x.org")
        if at == 4:
            continue
        prefix = f"{'Participant' if blind else person.full}_{person.number}_assignsubmission_file_"
        name = "attempt.py"
        if at == 7:
            victim = people[4]
            name = f"{victim.full}_{victim.number}_assignsubmission_file_attempt.py"
        text = made.mark(key, "03", person.text("03"))
        write(made.path / prefix / name if as_folders else made.path / f"{prefix}{name}", text)
        if at == 9:
            victim = people[3]
            deeper = f"x_{victim.number}_assignsubmission_file_/attempt.py"
            write(made.path / prefix / deeper if as_folders else made.path / f"{prefix}x_222_readme.txt", "# not\n")
    stranger = f"{'Participant' if blind else 'Nadia Nobody'}_1_assignsubmission_file_"
    write(made.path / stranger / "attempt.py" if as_folders else made.path / f"{stranger}attempt.py", "# stranger\n")
    made.leftovers.append(("Participant" if blind else "Nadia Nobody", "nobody of the roster"))
    made.roster = "\n".join(lines) + "\n"
    return made


# --- GitHub ------------------------------------------------------------------------------------------


def github(root: Path) -> Made:
    """Clones of forty, with a roster that is not all linked, logins that look like others', and near misses."""
    made = Made(root / "kata-1-submissions", "")
    lines = ['"identifier","github_username","github_id","name"']
    people = students()
    for at, person in enumerate(people):
        login = "alice" if at == 0 else "x-alice" if at == 1 else person.login
        linked = at != 2
        lines.append(f'"{person.number}","{login if linked else ""}","{"1" if linked else ""}","{person.full}"')
        home = made.path / f"kata-1-{login}"
        write(home / "README.md", "# Kata\n")
        for exercise, folder in FOLDERS.items():
            write(home / "exercises" / folder / "sync.py", "# given\n")
            if (at, exercise) not in MISSES:
                text = person.text(exercise)
                write(home / "exercises" / folder / "attempt.py", made.mark(str(person.number), exercise, text)
                      if linked else text)  # fmt: skip
    _near_misses(made, people)
    made.leftovers.append((f"kata-1-{people[2].login}", "nobody of the roster"))
    # Nobody's, with logins made of somebody's name, number and login.
    for login in ("alice-main", "x-x-alice", str(people[6].number), people[7].login.replace("a", "-a", 1)):
        write(made.path / f"kata-1-{login}" / "exercises" / FOLDERS["03"] / "attempt.py", "# an intruder\n")
        made.leftovers.append((f"kata-1-{login}", ""))
    made.roster = "\n".join(lines) + "\n"
    return made


MISSES = {(10, "03"), (11, "03"), (12, "03"), (13, "03"), (14, "03"), (14, "11")}
"""(learner, exercise) of those who misspell it."""


def _near_misses(made: Made, people: list[Student]) -> None:
    homes = [made.path / f"kata-1-{person.login}" for person in people]
    home = "exercises/" + FOLDERS["03"]
    for at, name in ((10, "Attempt.py"), (11, "attempt (1).py"), (12, "my_solution.py")):
        write(homes[at] / home / name, "# misspelt\n")
        write(homes[at] / "docs/notes.txt", "x\n")
        made.near_first.append(name)
    write(made.path.parent / "elsewhere.py", "# elsewhere\n")
    (homes[13] / home / "attempt.py").symlink_to(made.path.parent / "elsewhere.py")
    made.near_first.append(f"{people[13].login}/{home}/attempt.py")
    write(homes[14] / "Exercises" / FOLDERS["03"] / "attempt.py", "# misspelt\n")
    for exercise in FOLDERS.values():
        (homes[14] / "exercises" / exercise / "sync.py").unlink()
        (homes[14] / "exercises" / exercise).rmdir()
    (homes[14] / "exercises").rmdir()
    write(homes[14] / "docs/notes.txt", "x\n")
    made.near_first.append("Exercises")


# --- Gradescope --------------------------------------------------------------------------------------


def gradescope(root: Path) -> Made:
    """Forty, two of whom work together, one with a folder that the metadata do not know."""
    made = Made(root / "assignment_3_export", "", exercise="03")
    people = students()
    lines = ["Name,SID,Email"]
    metadata = "---\n"
    for at, person in enumerate(people):
        lines.append(f'"{person.full}",{person.number},{person.login}@x.org')
        if at == 1:
            continue  # is a co-submitter of the first
        together = [person, people[1]] if at == 0 else [person]
        metadata += f"submission_{7000 + at}:\n  :submitters:\n"
        for each in together:
            metadata += f"  - :name: \"{each.full}\"\n    :sid: '{each.number}'\n    :email: {each.login}@x.org\n"
            made.mark(str(each.number), "03", person.text("03"))
        metadata += f"  :created_at: 2026-03-0{1 + at % 9} 10:30:09.526250000 Z\n  :score: 0.0\n  :status: processed\n"
        metadata += "  :results:\n    tests: []\n"
        write(made.path / f"submission_{7000 + at}" / "attempt.py", person.text("03"))
    # What a learner uploads says nothing of whose anything is.
    write(made.path / "submission_7005" / "submission_metadata.yml", metadata.replace("submission_7006", "x"))
    write(made.path / "submission_9999" / "attempt.py", "# nobody's\n")
    made.leftovers.append(("submission_9999", "does not say whose"))
    write(made.path / "submission_metadata.yml", metadata)
    made.roster = "\n".join(lines) + "\n"
    return made


# --- flat files --------------------------------------------------------------------------------------


def flat(root: Path) -> Made:
    """Forty logins with a number, in all orders, and one file that names nobody."""
    made = Made(root / "flat", "")
    lines = ["username,name"]
    ways = ("{0}_{1}.py", "{1}_{0}.py", "{0}-{1}-attempt.py", "{0}/{1}.py", "{0}_ex{1}.py")
    for at, person in enumerate(students()):
        lines.append(f'{person.login},"{person.full}"')
        for exercise in FOLDERS:
            name = ways[at % len(ways)].format(person.login, exercise)
            write(made.path / name, made.mark(person.login, exercise, person.text(exercise)))
    write(made.path / "03.py", "# whose?\n")
    made.leftovers.append(("03.py", "names nobody"))
    write(made.path / "minutes.txt", "x\n")
    made.leftovers.append(("minutes.txt", "only attempt files"))
    made.roster = "\n".join(lines) + "\n"
    return made


def moodle_blind(root: Path) -> Made:
    """As `moodle`, with blind marking and the assignment's worksheet as the roster."""
    return moodle(root, blind=True)


def moodle_flat(root: Path) -> Made:
    """As `moodle`, downloaded without folders."""
    return moodle(root, as_folders=False)


CLASSES: list[Callable[[Path], Made]] = [canvas, moodle, moodle_blind, moodle_flat, github, gradescope, flat]


def main() -> None:
    for make in CLASSES:
        made = make(Path(sys.argv[1]))
        made.path.with_name(f"{made.path.name}.csv").write_text(made.roster)


if __name__ == "__main__":
    main()
