"""Every command of docs/*.md runs as it is written, in a clone with an environment of its own."""

from __future__ import annotations

from tests import command_clone
from tests.command_clone import Clone
from tests.documented import PAGES, Command, commands

pytestmark = command_clone.PATIENT
clone = command_clone.clone


@command_clone.parametrized(page for page in PAGES if page != "README.md")
def test_a_command(clone: Clone, command: Command) -> None:
    """It ends as it should, without an error of its own, and what it should write is there."""
    command_clone.check(clone, command)


def test_nothing_is_left_out_that_no_page_says() -> None:
    """The tables name commands as the pages have them now."""
    written = {command.text for page in PAGES for command in commands(page)}
    assert {*command_clone.NOT_HERE, *command_clone.ASKED, command_clone.INSTALL} - written == set()
