"""A coverage-guided fuzzer (Atheris) against everything that reads foreign bytes: what is no error of its own is a bug.

    pip install atheris        (Linux; there are builds for some versions of Python only)
    python tests/benchmarks/fuzz.py frames --runs 1000000 --counts fuzz.json

It stops at the first bug, with the bytes that show it. How many inputs there were, which took longest for its size,
and the most memory is added to what FILE holds already, so it can be run in parts. What it found is in
tests/test_fuzz.py and its neighbours.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:
    sys.exit("Atheris is not installed: pip install atheris")

with atheris.instrument_imports():
    import msgspec

    from checker import catalog
    from checker.attempt import wire
    from checker.classroom import course_file, roster
    from checker.classroom.submissions import names, search
    from checker.classroom.submissions.entries import SubmissionError
    from checker.gradebook.gradebook import Gradebook, GradebookError
    from checker.process import messages
    from checker.world.service import Request

EXERCISES = catalog.load_all(catalog.own_exercises())
FOLDER = Path(tempfile.mkdtemp(prefix="kata-fuzz-"))
PRIME = 2**61 - 1
"""Integers that differ by it have the same hash."""
MOST_CPU_S, MOST_S = 5, 1200
"""An input that takes more has no end. By the clock only what hangs: beside ninety programs, a minute is a second."""
KEPT_EVERY = 2_000
"""Inputs: libFuzzer ends the process itself, so that what came after the last time is not counted."""


def take(body: bytes) -> None:
    """As the grader does with a frame."""
    with suppress(*messages.MALFORMED):
        for whole in wire.FrameBuffer().feed(wire.HEADER.pack(len(body)) + body):
            message = messages.message(whole)
            if isinstance(message, messages.ReturnedMessage):
                wire.unpack(message.value, lambda _, plain: messages.exception(plain.get("v")))


def frames(data: bytes) -> None:
    take(data)


def values(data: bytes) -> None:
    """With what `made` makes of the fuzzer's bytes."""
    take(data)


def made(data: bytes) -> bytes:
    """A message that is JSON, whatever the bytes are: values, errors, stacks and lock steps, nested and repeated."""
    source = atheris.FuzzedDataProvider(data)
    kinds = ["returned", "raised", "after", "unusable", "not_plain"]
    message: dict[str, Any] = {"is": source.PickValueInList(kinds)}
    for _ in range(source.ConsumeIntInRange(1, 4)):
        message[source.PickValueInList(FIELDS)] = value(source, 5) if source.ConsumeBool() else repeated(source)
    return json.dumps(message).encode()


FIELDS = ["value", "value", "value", "error", "what", "reason", "threads", "tasks", "notices", "locks", "sleeps"]
TAGS = ["set", "frozenset", "dict", "tuple", "bytes", "exception", "list"]
KEYS = [wire.TAG, "v", "type", "bases", "message", "line", "who", "frames", "function", "holds", "lock", "wants",
        "kind", "text", "held", "wanted", "held_line", "wanted_line", "thread", "gates"]  # fmt: skip


def repeated(source: Any) -> object:
    """Many members that are alike, or share a hash."""
    step = source.PickValueInList([0, 1, PRIME, -PRIME, 2**64])
    members = [step * k for k in range(source.ConsumeIntInRange(0, 3000))]
    return {wire.TAG: source.PickValueInList(TAGS), "v": [[each, 0] for each in members] if step else members}


def value(source: Any, depth: int) -> object:
    kind = source.ConsumeIntInRange(0, 9 if depth else 5)
    if kind < 6:
        scalars = [None, True, 1.5, source.ConsumeInt(9), source.ConsumeUnicode(20), PRIME]
        return scalars[kind]
    few = range(source.ConsumeIntInRange(0, 6))
    if kind == 6:
        return [value(source, depth - 1) for _ in few]
    if kind == 7:
        return {source.PickValueInList(KEYS): value(source, depth - 1) for _ in few}
    return {wire.TAG: source.PickValueInList(TAGS), "v": [value(source, depth - 1) for _ in few]}


def stacks(data: bytes) -> None:
    with suppress(*messages.MALFORMED):
        messages.moment(data)


def requests(data: bytes) -> None:
    with suppress(ValueError, RecursionError, msgspec.MsgspecError):
        wire.unpack(msgspec.json.decode(data, type=Request).args)


def file_names(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    for by in ("moodle", "canvas", ""):
        names.named(text, by)
    names.flat(text, EXERCISES)
    names.canvas_otherwise(text)


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


def courses(data: bytes) -> None:
    file = FOLDER / "course.toml"
    file.write_bytes(data)
    with suppress(course_file.CourseError):
        course_file.read(file)


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
    each.__name__: each
    for each in (
        frames, values, stacks, requests, file_names, zips, rosters, courses, exercise_files, gradebooks,
    )
}  # fmt: skip


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
        "values": bytes(range(256)),
        "stacks": b'[{"who":"t","frames":[{"line":1,"function":"f"}],"holds":[{"lock":1,"line":2}],"wants":3}]',
        "requests": b'{"op":"0123","args":[{"$":"set","v":[1]}],"caller":"thread 1","line":7}',
        "file_names": b"Grace Hopper_17_assignsubmission_file_03_attempt (1).py",
        "rosters": b"id,name,email\n1,Ada Lovelace,ada@example.org\n",
        "courses": course_file.new(EXERCISES).encode(),
        "exercise_files": (EXERCISES[0].folder / "exercise.toml").read_bytes(),
    }[target]


class Counted:
    """A target that also counts its inputs, and keeps what cost most, in a JSON file with the other targets'."""

    def __init__(self, name: str, file: Path | None) -> None:
        self._target = TARGETS[name]
        self._name, self._file = name, file
        self._fresh, self._slowest, self._at_bytes = 0, 0.0, 0

    def __call__(self, data: bytes) -> None:
        data = made(data) if self._name == values.__name__ else data
        started_s = time.thread_time()
        self._target(data)
        took_s = time.thread_time() - started_s
        if took_s > MOST_CPU_S:
            raise TimeoutError(f"one input took {took_s:.1f} s of CPU time")
        ms_per_kb = 1000 * took_s / max(1.0, len(data) / 1024)
        if ms_per_kb > self._slowest:
            self._slowest, self._at_bytes = ms_per_kb, len(data)
        self._fresh += 1
        if self._fresh == KEPT_EVERY:
            self._keep()

    def _keep(self) -> None:
        if self._file is None:
            return
        counts = json.loads(self._file.read_text()) if self._file.exists() else {}
        before = counts.get(self._name, {"inputs": 0, "slowest_ms_per_kb": 0.0, "of_bytes": 0, "most_mib": 0})
        slower = self._slowest > before["slowest_ms_per_kb"]
        most_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        counts[self._name] = {
            "inputs": before["inputs"] + self._fresh,
            "slowest_ms_per_kb": round(self._slowest, 3) if slower else before["slowest_ms_per_kb"],
            "of_bytes": self._at_bytes if slower else before["of_bytes"],
            "most_mib": max(before["most_mib"], most_mib),
        }
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(counts, indent=1))
        new.rename(self._file)
        self._fresh = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--counts", type=Path, metavar="FILE")
    options = parser.parse_args()
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    (corpus / "seed").write_bytes(seed(options.target))
    limits = [f"-runs={options.runs}", f"-timeout={MOST_S}", "-rss_limit_mb=2048", f"-artifact_prefix={FOLDER}/"]
    atheris.Setup([sys.argv[0], *limits, "-verbosity=0", str(corpus)], Counted(options.target, options.counts))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
