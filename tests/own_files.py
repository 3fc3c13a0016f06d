"""The files of our own exercises as modules: their checks and their scenarios, called without a grader."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from checker import catalog


def loaded(exercise: str, name: str) -> ModuleType:
    """A file, such as "scenario.py", of the exercise with this number: a new module each time."""
    file = catalog.resolve(catalog.own_exercises(), exercise) / name
    spec = spec_from_file_location(f"{file.stem}_of_{exercise}", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def checks_of(exercise: str) -> ModuleType:
    """The checks of this exercise."""
    return loaded(exercise, catalog.CHECKS)
