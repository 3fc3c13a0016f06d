"""Every command of README.md runs as it is written, in a clone with an environment of its own."""

from __future__ import annotations

from tests import command_clone
from tests.command_clone import Clone
from tests.documented import Command

pytestmark = command_clone.PATIENT
clone = command_clone.clone


@command_clone.parametrized(["README.md"])
def test_a_command(clone: Clone, command: Command) -> None:
    """It ends as it should, without an error of its own, and what it should write is there."""
    command_clone.check(clone, command)
