"""The pages of the named mistakes: in docs/diagnoses of a checkout, inside the package in an installed copy."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from checker.model.codes import Code

HERE = Path(__file__).parent


class UnknownCode(LookupError):
    """There is no such code; the message names the nearest one."""


def folder() -> Path:
    """The folder of the pages: a file for each code, named after it."""
    installed = HERE / "diagnoses"
    return installed if installed.is_dir() else HERE.parent / "docs" / "diagnoses"


def explanation(code: str) -> str:
    """The page of a code as Markdown. `code`: in upper or lower case, with "-" or "_". Raises UnknownCode."""
    wanted = code.strip().upper().replace("-", "_")
    if wanted in list(Code):
        return (folder() / f"{wanted}.md").read_text("utf-8")
    near = get_close_matches(wanted, list(Code), n=1, cutoff=0.0)[0]
    raise UnknownCode(f"there is no diagnosis {code!r}; the nearest is {near} (`checker explain` lists all)")


def headlines() -> dict[Code, str]:
    """What each code means in a few words: the first line of its page. In the table's order."""
    return {code: explanation(code).partition("\n")[0].removeprefix(f"# {code}: ") for code in Code}
