"""A learner's folder: `checker init` writes it, `checker update` brings what a newer version has.

`.checker/handed-out.json` says what was written. So an update knows what the learner has changed, which stays as it is.
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
"""Ends the name of a new version, beside a file that the learner has changed."""


class Manifest(Record):
    """What was handed out last."""

    version: str
    files: dict[str, str]
    """Path to SHA-256."""


class Changes(Record):
    """What an update did. Paths."""

    before: str
    """The version that was handed out before."""
    added: list[str]
    changed: list[str]
    removed: list[str]
    kept: list[str]
    """The learner has changed them; the new version is beside, ending in `.new`."""
    attempts: list[str]
    """The learner's own, whose exercise begins another way now; they are as they were."""


def write(target: Path, exercises: list[Exercise]) -> None:
    """A learner's folder in `target`, which is new or empty. Raises TemplateError, OSError."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise TemplateError(f"{target} is not empty; name a new folder")
    texts = _texts(exercises)
    for name, text in texts.items():
        template.put(target / name, text)
    _note(target, texts)


def update(root: Path, exercises: list[Exercise]) -> Changes:
    """Bring what this version hands out; nothing that the learner changed is lost. Raises TemplateError, OSError."""
    before, texts = _manifest(root), _texts(exercises)
    changes = Changes(before=before.version, added=[], changed=[], removed=[], kept=[], attempts=[])
    for name, text in texts.items():
        _bring(root / name, name, text, before.files.get(name), changes)
    for name in sorted(set(before.files) - set(texts)):
        if digest(root / name) == before.files[name]:
            (root / name).unlink()
            changes.removed.append(name)
    _note(root, texts)
    return changes


def _bring(file: Path, name: str, text: bytes, was: str | None, changes: Changes) -> None:
    """One file. `was`: its hash when it was handed out before; None: it was not."""
    now, new = digest(file), sha256(text).hexdigest()
    if now == new or was == new or (now is None and was is not None):
        return  # as it should be; or only the learner has changed it, or thrown it away
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


def _note(root: Path, texts: dict[str, bytes]) -> None:
    digests = {name: sha256(text).hexdigest() for name, text in texts.items()}
    manifest = msgspec.json.encode(Manifest(version=__version__, files=digests))
    part = root / FOLDER / f"{MANIFEST}.part"
    template.put(part, manifest)
    part.replace(root / FOLDER / MANIFEST)
