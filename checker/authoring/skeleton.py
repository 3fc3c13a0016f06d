"""`checker new`: write a complete exercise that runs, for its author to change."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

from checker import catalog
from checker.authoring import attempts, template
from checker.catalog import EXERCISES, FOLDER, SOLUTIONS, SYNC
from checker.model.exercise import Exercise

PLACES = {"exercise": EXERCISES, "solution": SOLUTIONS, "right": attempts.PLACE, "wrong": attempts.PLACE}
"""The target of each folder in `data/exercise`."""
OPEN = "TODO"
"""Marks what is still to be written; `checker lint` finds it."""


class SkeletonError(Exception):
    """The exercise cannot be written; the message says why."""


def write(root: Path, name: str, known: Sequence[Exercise]) -> list[Path]:
    """Write a new exercise, such as 32_roll_call, below `root`. Returns its files. Raises SkeletonError, OSError.

    `known`: exercises whose numbers are taken.
    """
    found = FOLDER.fullmatch(name)
    if found is None:
        raise SkeletonError(f"{name!r}: an exercise is called like 32_roll_call: two digits, then small letters and _")
    folders = [*(each.folder for each in known), *catalog.folders(root / EXERCISES)]
    taken = {folder.name[:2]: folder.name for folder in reversed(folders)}
    if found[1] in taken:
        free = next((number for number in map("{:02}".format, range(1, 100)) if number not in taken), "none")
        raise SkeletonError(f"the number {found[1]} is that of {taken[found[1]]}; the first that is free is {free}")
    texts = {root / path: text for path, text in _texts(name, found[1], found[2]).items()}
    there = [path for path in texts if path.exists()]
    if there:
        raise SkeletonError(f"{there[0]} is there already, and nothing is written over it; take another number")
    for path, text in texts.items():
        template.put(path, text)
    return list(texts)


def _texts(name: str, number: str, slug: str) -> dict[str, bytes]:
    """The texts of all files, by path."""
    title = slug.replace("_", " ").capitalize()
    texts = {}
    for kind, place in PLACES.items():
        where = f"{place}/{name}/{kind}" if kind in ("right", "wrong") else f"{place}/{name}"
        found = files("checker").joinpath("data", "exercise", kind).iterdir()
        for file in (each for each in found if each.is_file()):  # pip compiles what it installs, into __pycache__
            text = Template(file.read_text("utf-8")).substitute(number=number, title=title)
            texts[f"{where}/{file.name}"] = text.encode()
    texts[f"{EXERCISES}/{name}/attempt.py"] = texts[f"{EXERCISES}/{name}/{SYNC}"]
    return texts


def unfinished(folder: Path) -> list[str]:
    """One line for each file of an exercise and its solution that still has a TODO."""
    roots = (folder, catalog.solution(folder))
    found = [file for root in roots for file in sorted(root.glob("[!.]*.*")) if file.suffix in (".md", ".toml", ".py")]
    lines = []
    for file in found:
        text = file.read_text("utf-8", errors="replace").splitlines()
        number = next((number for number, line in enumerate(text, 1) if OPEN in line), None)
        if number is not None:
            lines.append(f"{file.parent.parent.name}/{folder.name}/{file.name}:{number} still says {OPEN}; write it")
    return lines
