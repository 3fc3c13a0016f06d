"""A learner's folder: `checker init` writes it, `checker update` brings the files of a newer version.

`.checker/handed-out.json` records what was written, so that an update can tell what the learner has changed, and keep
it.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path, PurePosixPath

import msgspec

from checker import __version__
from checker.authoring import template
from checker.authoring.template import TemplateError
from checker.catalog import COMPILED
from checker.model.exercise import ATTEMPT, Exercise
from checker.model.record import Record
from checker.progress.book import FOLDER, digest

PLACES = template.SETTINGS | {"kata.md": "README.md"}
MANIFEST = "handed-out.json"
ATTEMPTS = (ATTEMPT, COMPILED)
BESIDE = ".new"
"""Suffix of a new version, written beside a file that the learner has changed."""


class Manifest(Record):
    """What was handed out last."""

    version: str
    files: dict[str, str]
    """From path to SHA-256."""


class Changes(Record):
    """What an update did: lists of paths."""

    before: str
    """The version that was handed out before."""
    added: list[str]
    changed: list[str]
    removed: list[str]
    kept: list[str]
    """Changed by the learner and kept; the new version is beside each, with the suffix `.new`."""
    attempts: list[str]
    """The learner's attempts at exercises with a new stub; they are kept."""


def write(target: Path, exercises: list[Exercise]) -> None:
    """Write a learner's folder to `target`, which must be new or empty. Raises TemplateError, OSError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise TemplateError(f"{target} is not empty; name a new folder")
    texts = _texts(exercises)
    for name, text in texts.items():
        template.put(target / name, text)
    _write_manifest(target, texts)


def update(root: Path, exercises: list[Exercise]) -> Changes:
    """Write this version's files; nothing that the learner changed is lost. Raises TemplateError, OSError."""
    before, texts = _manifest(root), _texts(exercises)
    changes = Changes(before=before.version, added=[], changed=[], removed=[], kept=[], attempts=[])
    for name, text in texts.items():
        _update_file(root / name, name, text, before.files.get(name), changes)
    for name in sorted(set(before.files) - set(texts)):
        if digest(root / name) == before.files[name]:
            (root / name).unlink()
            changes.removed.append(name)
    _write_manifest(root, texts)
    return changes


def _update_file(file: Path, name: str, text: bytes, was: str | None, changes: Changes) -> None:
    """Update one file. `was`: its hash when it was last handed out; None: it never was."""
    now, new = digest(file), sha256(text).hexdigest()
    if now == new or was == new or (now is None and was is not None):
        return  # up to date, or changed or deleted only by the learner
    if now is None:
        changes.added.append(name)
    elif now == was:
        changes.changed.append(name)
    elif PurePosixPath(name).name in ATTEMPTS:
        changes.attempts.append(name)
        return
    else:
        changes.kept.append(name)
        file = file.with_name(file.name + BESIDE)
    template.put(file, text)


def _texts(exercises: list[Exercise]) -> dict[str, bytes]:
    return template.handed_out(exercises) | template.settings(PLACES)


def _manifest(root: Path) -> Manifest:
    """Raises TemplateError."""
    try:
        return msgspec.json.decode((root / FOLDER / MANIFEST).read_bytes(), type=Manifest)
    except OSError as error:
        there = f"there is no {FOLDER}/{MANIFEST} in {root}, which `checker init` writes"
        raise TemplateError(
            f"{there}: without it, nobody knows what you changed. Begin a new folder with it"
        ) from error
    except msgspec.MsgspecError as error:
        raise TemplateError(f"{root / FOLDER / MANIFEST} cannot be read: {error}") from error


def _write_manifest(root: Path, texts: dict[str, bytes]) -> None:
    digests = {name: sha256(text).hexdigest() for name, text in texts.items()}
    manifest = msgspec.json.encode(Manifest(version=__version__, files=digests))
    part = root / FOLDER / f"{MANIFEST}.part"
    template.put(part, manifest)
    part.replace(root / FOLDER / MANIFEST)
