"""Zips that are damaged, hostile or only odd: the rest is graded, the learner is told, and memory stays small."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.classroom.submissions import archive, candidates, entries, names, search
from checker.classroom.submissions.entries import SubmissionError
from checker.gradebook.handins import Ignored
from checker.report import escape
from tests.test_submissions import (
    EXERCISES,
    IN_REPOSITORY,
    MINE,
    MOODLE,
    THREE,
    found,
    hand_in,
    numbers,
    one,
    packed,
    reasons,
    written,
    zipped,
)

MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
GOOD = zipped(IN_REPOSITORY, "alice_05.py", "notes.txt")
LINK, PIPE = 0o120777 << 16, 0o010644 << 16
ENOUGH_BYTES = 16 * 2**20
CLAIMED_SIZE_AT = 24
"""In an entry of a zip's table of contents."""


def member(name: str = "03.py", text: bytes = MINE, method: int = zipfile.ZIP_DEFLATED, **fields: int) -> bytes:
    """A zip with one file, some of whose fields were set."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = fields.get("external_attr", 0)
        made.writestr(info, text, method)
    return content.getvalue()


def encrypted() -> bytes:
    """The flag is at 6 in a file's header, and at 8 in the table of contents."""
    content = bytearray(member())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying(text: bytes, claimed: int) -> bytes:
    """A zip that says that its file is of another size."""
    content = bytearray(member(text=text))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + CLAIMED_SIZE_AT, claimed)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (member(external_attr=LINK), "links are not followed"),
        (member(external_attr=PIPE), "not a regular file"),
        (encrypted(), "is encrypted"),
        (member(method=zipfile.ZIP_LZMA), "compressed in a way that is not read"),
        (member(text=b"#" * (entries.MAX_ATTEMPT_BYTES + 1), method=zipfile.ZIP_STORED), "more than 1 MiB"),
        (member(text=b"#" * 2**20), "more than 100 times"),
        (lying(bytes(range(256)) * 2**13, 10), "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read(tmp_path: Path, content: bytes, why: str) -> None:
    """Links, pipes, encrypted, bombs and lies: there is an attempt, and its text is not known."""
    submission = one(written(tmp_path / "alice.zip", content))
    assert [(attempt.exercise, attempt.text) for attempt in submission.attempts] == [("03", None)]
    assert why in reasons(submission)


@pytest.mark.parametrize(
    "name",
    ["../03.py", "/03.py", "C:/03.py", "C:\\03.py", "a/../../03.py", "..\\03.py", "x" * 300 + "_03.py",
     "d/" * 13 + "03.py"],
)  # fmt: skip
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    """Such files are not taken, under no other name either; what is beside them is."""
    submission = one(written(tmp_path / "alice.zip", zipped(name, "05.py")))
    assert [attempt.exercise for attempt in submission.attempts] == ["05"]
    assert "its name" in reasons(submission)


def test_names_are_data(tmp_path: Path) -> None:
    """Control characters and undecodable bytes are shown as escapes, and fit into JSON."""
    folder = tmp_path / "class"
    folder.mkdir()
    for name in (b"\x1b[31mred_03.py", b"line\nbreak_03.py", b"\xff\xfe_03.py", b"-rf_03.py"):
        (folder / name.decode("utf-8", "surrogateescape")).write_bytes(MINE)
    submissions = list(search.find(folder, EXERCISES))
    assert sorted(each.name for each in submissions) == ["\\x1b[31mred", "\\xdcff\\xdcfe", "line\\x0abreak", "rf"]
    assert msgspec.json.encode(submissions)


def test_names_in_utf_8_that_do_not_say_so(tmp_path: Path) -> None:
    """Zips made on a Mac have such names."""
    content = zipped("Jos\u00e9_1_assignsubmission_file_/03.py")
    flag = content.index(b"PK\x01\x02") + 8
    unsaid = bytearray(content)
    for at in (6, flag):
        struct.pack_into("<H", unsaid, at, struct.unpack_from("<H", content, at)[0] & ~archive.UTF_8_NAME)
    assert found(written(tmp_path / "x.zip", bytes(unsaid))) == {"Jos\u00e9": ["03"]}


def test_folders_between_backslashes(tmp_path: Path) -> None:
    """As some programs on Windows write them: such a folder is no file that was not taken."""
    content = zipped("ada/", "ada/03_pooled_downloads/", "ada/03_pooled_downloads/attempt.py", "ben/", "ben/03.py")
    path, left_out = written(tmp_path / "class.zip", content.replace(b"/", b"\\")), list[Ignored]()
    submissions = list(search.find(path, EXERCISES, left_out=left_out))
    assert [(each.name, numbers(each), each.ignored) for each in submissions] == [
        ("ada", ["03"], []),
        ("ben", ["03"], []),
    ]
    assert not left_out


def test_a_broken_zip_is_one_learner_s_trouble(tmp_path: Path) -> None:
    """The others are graded; the learner is told."""
    files = {"alice.zip": b"no zip", "bob.zip": zipped("03.py"), "carol.zip": GOOD[: len(GOOD) // 2]}
    alice, bob, carol = search.find(written(tmp_path / "class.zip", packed(files)), EXERCISES)
    assert ([*alice.attempts, *carol.attempts], len(bob.attempts)) == ([], 1)
    assert "not a zip that can be read" in reasons(alice)
    assert "not a zip that can be read" in reasons(carol)


def test_zips_are_opened_two_deep(tmp_path: Path) -> None:
    """A zip in a zip is a learner's in a class; a third is not opened."""
    inner = zipped("03.py")
    assert found(written(tmp_path / "class.zip", packed({f"{MOODLE}/a.zip": inner}))) == {"Ada Lovelace": ["03"]}
    deeper = packed({f"{MOODLE}/a.zip": packed({"b.zip": inner})})
    with pytest.raises(SubmissionError, match="a zip in a zip in a zip"):
        found(written(tmp_path / "deeper.zip", deeper))


def test_too_many_files(tmp_path: Path) -> None:
    """A zip with more files than a class has is refused, and says what to do."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for number in range(entries.MAX_ENTRIES + 1):
            made.writestr(str(number), b"")
    with pytest.raises(SubmissionError, match="unpack it, and give the folder"):
        found(written(tmp_path / "many.zip", content.getvalue()))


def test_a_table_of_contents_that_is_too_long(tmp_path: Path) -> None:
    """It is refused before it is read: a small nested zip may unpack to a long one."""
    record = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 0, 0, archive.MAX_DIRECTORY_BYTES + 2, 0, 0)
    long = b"\0" * (archive.MAX_DIRECTORY_BYTES + 2) + record
    with pytest.raises(SubmissionError, match="table of contents is too long"):
        found(written(tmp_path / "long.zip", long))


def test_all_zips_of_a_learner_have_one_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One learner cannot make the grader unpack without end; the next learner has a budget again."""
    size = len(zipped("03.py"))
    monkeypatch.setattr(candidates, "MAX_ZIPS_BYTES", size + 1)
    files = {f"{folder}_assignsubmission_file_/{n}.zip": zipped("03.py") for folder in ("A_1", "B_2") for n in (1, 2)}
    submissions = list(search.find(written(tmp_path / "x.zip", packed(files)), EXERCISES))
    assert [len(each.attempts) for each in submissions] == [1, 1]
    assert all("2.zip: it has more than" in reasons(each) for each in submissions)


def test_all_zips_of_a_learner_have_one_budget_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names cost time, too, and a small zip has many; the next learner has a budget again."""
    monkeypatch.setattr(candidates, "MAX_ZIPS_FILES", 3)
    zips = {f"{number}.zip": zipped(f"0{number}.py", "x") for number in (1, 2)}
    files = {f"{who}_assignsubmission_file_/{name}": zips[name] for who in ("A_1", "B_2") for name in zips}
    submissions = list(search.find(written(tmp_path / "x.zip", packed(files)), EXERCISES))
    assert [[attempt.exercise for attempt in each.attempts] for each in submissions] == [["01"], ["01"]]
    assert all("2.zip: with the other zips it has more than 3 files" in reasons(each) for each in submissions)


def test_many_files_are_looked_at_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not once for each of the others: that took minutes for what fits a learner's budget."""
    compared: list[object] = []
    same = entries.File.__eq__

    def counted(one: entries.File, other: object) -> bool:
        compared.append(other)
        return same(one, other)

    monkeypatch.setattr(entries.File, "__eq__", counted)
    names = [f"{letter}{other}.py" for letter in "bcdfg" for other in "bcdfg"]
    written(hand_in(tmp_path, "ann_03.py") / "eve.zip", zipped(*names))
    _, eve = search.find(tmp_path, EXERCISES, THREE)
    assert "it is one of several files" in reasons(eve)
    assert len(compared) <= len(names)


def test_bombs_take_little_memory(tmp_path: Path) -> None:
    """Megabytes of zeros, as an attempt, as a zip and in a zip, are never unpacked as a whole."""
    bomb = packed({"03.py": bytes(ENOUGH_BYTES * 4)})
    zeros = packed({"a.zip": bytes(ENOUGH_BYTES * 4)})
    hand_in(tmp_path / "class", "dan_03.py")
    for name, content in (("alice.zip", bomb), ("bob.zip", zeros), ("carol.zip", packed({"a.zip": bomb}))):
        written(tmp_path / "class" / name, content)
    tracemalloc.start()
    try:
        submissions = list(search.find(tmp_path / "class", EXERCISES))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [[attempt.text for attempt in each.attempts] for each in submissions] == [[None], [], [None], [MINE]]
    assert all("100 times" in reasons(each) for each in submissions[:3])
    assert peak < ENOUGH_BYTES


@MANY
@given(at=st.integers(0, len(GOOD) - 1), value=st.binary(max_size=8), cut=st.integers(0, len(GOOD)))
def test_damaged_zips(tmp_path_factory: pytest.TempPathFactory, at: int, value: bytes, cut: int) -> None:
    """Whatever bytes a zip has, it is graded or refused; nothing else is raised."""
    damaged = (GOOD[:at] + value + GOOD[at + len(value) :])[: max(cut, at)]
    folder = tmp_path_factory.mktemp("damaged")
    for path in (written(folder / "a.zip", damaged), written(folder / "b.zip", packed({"c.zip": damaged}))):
        with suppress(SubmissionError):
            list(search.find(path, EXERCISES, THREE))


@MANY
@given(name=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60))
def test_any_name(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Whatever a file in a zip is called, it is graded or refused."""
    path = written(tmp_path_factory.mktemp("names") / "a.zip", zipped(name, f"{name}/03.py", f"x_1_2_{name}"))
    with suppress(SubmissionError):
        list(search.find(path, EXERCISES))


@MANY
@given(name=st.text())
def test_reading_a_name_never_fails(name: str) -> None:
    """Every name says something, or nothing."""
    assert names.flat(name, EXERCISES).version >= 0
    assert (names.moodle(name) or names.canvas(name)) is None or names.platform([name])
    assert all(way.serial for way in names.canvas_otherwise(name))
    assert escape.shown(name).isprintable()
