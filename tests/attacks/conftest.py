"""At which levels of isolation attacks are tried."""

from __future__ import annotations

import pytest

from checker.process import isolation
from checker.process.isolation import Level
from tests.conftest import ALL


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that want a level run at the one that was asked for, or at each that this machine has."""
    if "level" in metafunc.fixturenames:
        asked, strongest = metafunc.config.getoption("isolation"), isolation.best().level
        levels = [level for level in Level if strongest.reaches(level)] if asked == ALL else [Level(asked or strongest)]
        metafunc.parametrize("level", levels, scope="module")
