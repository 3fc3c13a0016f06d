"""`checker explain`: the page of a named mistake."""

from __future__ import annotations

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from checker import explanations


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnosis, such as SERIAL; without one, list them all."""
    console = Console()
    if code is None:
        console.print(_all() if console.is_terminal else _plain(), soft_wrap=not console.is_terminal, highlight=False)
        return
    try:
        page = explanations.explanation(code)
    except explanations.UnknownCode as error:
        raise click.UsageError(str(error)) from error
    if console.is_terminal and not console.options.ascii_only:
        console.print(Markdown(page, hyperlinks=False))  # shows addresses in full
    else:
        click.echo(page, nl=False)


def _all() -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold", no_wrap=True)
    for code, words in explanations.headlines().items():
        table.add_row(code, words)
    return table


def _plain() -> str:
    """One line each, for other programs."""
    headlines = explanations.headlines()
    width = max(len(code) for code in headlines)
    return "\n".join(f"{code:{width}}  {words}" for code, words in headlines.items())
