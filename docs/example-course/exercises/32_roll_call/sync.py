"""Ask every machine whether it is there: one after the other."""

from collections.abc import Callable


def roll_call(names: list[str], ask: Callable[[str], str]) -> dict[str, str | None]:
    """Return {name: answer}. ask(name) takes a while; who is not there raises ConnectionError, and counts as None."""
    answers: dict[str, str | None] = {}
    for name in names:
        try:
            answers[name] = ask(name)
        except ConnectionError:
            answers[name] = None
    return answers
