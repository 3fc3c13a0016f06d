"""The exercises to grade, and how their folders and repositories of them are recognized."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from difflib import get_close_matches

from checker.catalog import EXERCISES
from checker.classroom.submissions.entries import Folder
from checker.model.exercise import Exercise

ALIKE = 0.8
"""How alike two names must be to be taken for the same, by difflib (0 to 1): 03_Pooled_Downloads, 03_pooled_download
and 3_pooled_downloads are alike enough, 03_notes is not."""


@dataclass(frozen=True)
class Wanted:
    """All exercises, and the one to grade if there is only one."""

    exercises: Sequence[Exercise]
    only: Exercise | None = None
    zone: tzinfo | None = None
    """The time zone of times in archives; None: this machine's."""

    def root(self, folder: Folder) -> Folder:
        """Where the exercise folders of a repository are: below its exercises/, or at its top."""
        return next((child for child in folder.listing().folders if child.name == EXERCISES), folder)

    def folder(self, folder: Folder) -> Exercise | None:
        """The exercise whose folder this is. A folder that is only called 03 must have an attempt in it."""
        for exercise in self.exercises:
            if folder.name == exercise.folder.name:
                return exercise
            if folder.name == exercise.number and any(f.name == exercise.attempt for f in folder.listing().files):
                return exercise
        return None

    def folders(self, folder: Folder) -> list[tuple[Exercise, Folder]]:
        """The exercise folders of a repository; [] if it is none."""
        found = ((self.folder(child), child) for child in self.root(folder).listing().folders)
        return [(exercise, child) for exercise, child in found if exercise is not None]

    def meant(self, name: str) -> str:
        """The folder that a name was surely meant to be: exercises, or that of an exercise; "": none."""
        plain = name.casefold().strip().replace("-", "_").replace(" ", "_")
        if plain in {"exercises", "exercise"}:
            return EXERCISES
        known = [exercise.folder.name for exercise in self.exercises]
        for folder in known:
            if plain.isdigit() and plain.zfill(2) == folder[:2]:
                return folder
        return next(iter(get_close_matches(plain, known, 1, ALIKE)), "")

    def is_repository(self, folder: Folder) -> bool:
        """Whether a folder is surely the repository of one learner.

        If more of its other folders are repositories themselves, it is a class in which somebody is called like an
        exercise. A folder that is only called 03 does not count beside others: it may be a team's.
        """
        if not self._is_laid_out(folder):
            return False
        found, has_root = self.folders(folder), self.root(folder) is not folder
        by_name = 1 if has_root else sum(child.name == exercise.folder.name for exercise, child in found)
        known = {EXERCISES} if has_root else {child.name for _, child in found}
        beside = [
            child
            for child in folder.listing().folders
            if child.name not in known and (self.root(child) is not child or not has_root)  # solutions/ has no root
        ]
        return sum(map(self._is_laid_out, beside)) <= by_name

    def _is_laid_out(self, folder: Folder) -> bool:
        """Whether a folder is laid out like a repository, whatever is around it."""
        found = self.folders(folder)
        exact = any(child.name == exercise.folder.name for exercise, child in found)
        return exact or 0 < len(found) == len(self.root(folder).listing().folders)
