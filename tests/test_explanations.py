"""The pages of the named mistakes: one for each, with programs that run, and `checker explain` shows them."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import explanations
from checker.commands.cli import main
from checker.model.codes import Code
from tests import lessons
from tests.lessons import Block

AT_A_TIME = 4
SECTIONS = ["Wrong", "Right", "How the checker sees it", "Read more"]
HEADLINE = re.compile(r"# ([A-Z_]+): [^.]{10,60}")
LINK = re.compile(r"\]\((.*?)\)")
PAGES = {path.stem: path.read_text("utf-8") for path in sorted(explanations.folder().glob("*"))}
SECTION_AT = re.compile(r"^## (.+)$", re.MULTILINE)
pytestmark = pytest.mark.timeout(600)
"""The first test waits until all programs have run."""


def section(page: str, title: str) -> str:
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def programs(code: str, title: str) -> list[Block]:
    return list(lessons.blocks(Path(code), section(PAGES[code], title)))


ALL = [
    (code, title, number)
    for code in PAGES
    for title in ("Wrong", "Right")
    for number in range(len(programs(code, title)))
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, int], str]:
    """What each program prints."""
    root = tmp_path_factory.mktemp("diagnoses")

    def run(place: tuple[str, str, int]) -> str:
        code, title, number = place
        return lessons.run(programs(code, title)[number], root / f"{code}-{title}-{number}")

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return dict(zip(ALL, pool.map(run, ALL), strict=True))


def test_each_code_has_a_page_and_no_page_is_an_orphan() -> None:
    """One file for each code, named like it."""
    assert sorted(PAGES) == sorted(Code)
    assert {path.suffix for path in explanations.folder().glob("*")} == {".md"}


@pytest.mark.parametrize("code", Code)
def test_a_page_has_all_its_parts(code: Code) -> None:
    """A headline of one line, a wrong program and a right one, how it is seen, and Python's own documentation."""
    page = PAGES[code]
    headline = HEADLINE.fullmatch(page.partition("\n")[0])
    assert headline is not None
    assert headline[1] == code
    outside = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    assert SECTION_AT.findall(outside) == SECTIONS
    assert all(programs(code, title) for title in ("Wrong", "Right"))
    assert any(link.startswith("https://docs.python.org/3/") for link in LINK.findall(section(page, "Read more")))


@pytest.mark.parametrize("place", ALL, ids=lambda place: f"{place[0]}-{place[1]}-{place[2]}")
def test_a_program_prints_what_stands_below(
    printed: dict[tuple[str, str, int], str], place: tuple[str, str, int]
) -> None:
    """Exactly that; a line of three dots stands for any lines."""
    code, title, number = place
    shown = programs(code, title)[number].printed
    assert shown
    lines = ("(.*\n)*" if line == "..." else re.escape(line) + "\n" for line in shown.splitlines())
    assert re.fullmatch("".join(lines), printed[place]), printed[place]


@pytest.mark.parametrize("code", Code)
def test_the_wrong_program_is_wrong(printed: dict[tuple[str, str, int], str], code: Code) -> None:
    """What is wrong with it shows in what it prints; the program below it, nearly the same, prints something else."""
    assert printed[code, "Wrong", 0] != printed[code, "Right", 0]
    wrong, right = (programs(code, title)[0].code.splitlines() for title in ("Wrong", "Right"))
    assert set(wrong) & set(right)


def test_explain_shows_a_page() -> None:
    """In a pipe: the page as it is. Upper or lower case, "-" or "_"."""
    for name in ("BUSY_WAIT", "busy-wait"):
        shown = CliRunner().invoke(main, ["explain", name])
        assert (shown.exit_code, shown.output) == (0, PAGES["BUSY_WAIT"])


def test_explain_lists_all() -> None:
    """One line each, in the order of how telling they are."""
    shown = CliRunner().invoke(main, ["explain"])
    assert [line.split()[0] for line in shown.output.splitlines()] == list(Code)
    assert "SERIAL           one after the other\n" in shown.output


def test_explain_names_the_nearest() -> None:
    """A code that does not exist is wrong usage."""
    shown = CliRunner().invoke(main, ["explain", "serail"])
    assert shown.exit_code == 2
    assert "there is no diagnosis 'serail'; the nearest is SERIAL" in shown.output
