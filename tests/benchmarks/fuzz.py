"""A coverage-guided fuzzer (Atheris) against everything that reads foreign bytes: what is no error of its own is a bug.

    pip install atheris        (Linux; there are builds for some versions of Python only)
    python tests/benchmarks/fuzz.py frames --seconds 60

It stops at the first bug, with the bytes that show it, or says how many inputs it tried. What it found is in
tests/test_fuzz.py and its neighbours.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("Atheris is not installed: pip install atheris")

with atheris.instrument_imports():
    import msgspec

    from checker import catalog
    from checker.attempt import wire
    from checker.classroom import roster
    from checker.classroom.gradebook import Gradebook, GradebookError
    from checker.classroom.submissions import search
    from checker.classroom.submissions.entries import SubmissionError
    from checker.process import messages
    from checker.world.service import Request

EXERCISES = catalog.load_all(catalog.own_exercises())
FOLDER = Path(tempfile.mkdtemp(prefix="kata-fuzz-"))


def frames(data: bytes) -> None:
    with suppress(*messages.MALFORMED):
        for body in wire.FrameBuffer().feed(wire.HEADER.pack(len(data)) + data):
            message = messages.message(body)
            if isinstance(message, messages.ReturnedMessage):
                wire.unpack(message.value, lambda _, body: messages.exception(body.get("v")))


def requests(data: bytes) -> None:
    with suppress(ValueError, RecursionError, msgspec.MsgspecError):
        wire.unpack(msgspec.json.decode(data, type=Request).args)


def zips(data: bytes) -> None:
    file = FOLDER / "class.zip"
    file.write_bytes(data)
    with suppress(SubmissionError):
        list(search.find(file, EXERCISES))


def rosters(data: bytes) -> None:
    file = FOLDER / "roster.csv"
    file.write_bytes(data)
    with suppress(roster.RosterError):
        roster.read(file)


def exercise_files(data: bytes) -> None:
    folder = FOLDER / "01_two_jobs"
    folder.mkdir(exist_ok=True)
    (folder / "exercise.toml").write_bytes(data)
    with suppress(catalog.CatalogError):
        catalog.load(folder)


def gradebooks(data: bytes) -> None:
    file = FOLDER / "class.db"
    file.write_bytes(data)
    with suppress(GradebookError), Gradebook(file) as book:
        for read in (book.settings, book.roster, book.submissions, book.handins, book.texts, book.verdicts):
            read()


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (frames, requests, zips, rosters, exercise_files, gradebooks)
}


def seed(target: str) -> bytes:
    """A good input to begin with."""
    if target == "gradebooks":
        with Gradebook(FOLDER / "seed.db") as book:
            book.set(due="2026-01-01")
        return (FOLDER / "seed.db").read_bytes()
    if target == "zips":
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("ada/03.py", "Grace Hopper_17_assignsubmission_file_/03_attempt.py"):
                archive.writestr(name, "def download_all(urls): ...\n")
        return packed.getvalue()
    return {
        "frames": b'{"is":"returned","value":{"$":"dict","v":[[{"$":"bytes","v":"eA=="},1.5]]}}',
        "requests": b'{"op":"0123","args":[{"$":"set","v":[1]}],"caller":"thread 1","line":7}',
        "rosters": b"id,name,email\n1,Ada Lovelace,ada@example.org\n",
        "exercise_files": (EXERCISES[0].folder / "exercise.toml").read_bytes(),
    }[target]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    (corpus / "seed").write_bytes(seed(options.target))
    limits = [f"-max_total_time={options.seconds}", "-timeout=5", "-rss_limit_mb=2048", f"-artifact_prefix={FOLDER}/"]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], TARGETS[options.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
