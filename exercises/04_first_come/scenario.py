"""Calls the function of an attempt, and goes on for a while when it has come back."""

import inspect


def fastest(attempt, mirrors, fetch, moment=None, told=True) -> object:
    """What fastest returns, or None when that is not to be told. With a moment, the end comes that much later."""
    answer = called(attempt, mirrors, fetch)
    if moment is not None:
        moment()
    return answer if told else None


def called(attempt, mirrors, fetch):
    """What fastest returns."""
    if inspect.iscoroutinefunction(attempt.fastest):
        raise TypeError("fastest is an `async def`, and whoever calls it has no event loop: make it a `def`")
    return attempt.fastest(mirrors, fetch)


def quick(attempt, mirrors) -> object:
    """The same, where no mirror takes any time, and those fail whose names begin with "down"."""
    return called(attempt, mirrors, answer)


def answer(mirror):
    if mirror.startswith("down"):
        raise ConnectionError(f"{mirror} does not answer")
    return mirror.encode()


def made_up(attempt, mirrors) -> list[str]:
    """The kinds of those exceptions in the group of fastest which no mirror has raised."""
    raised = []

    def fetch(mirror):
        try:
            return answer(mirror)
        except ConnectionError as error:
            raised.append(error)
            raise

    try:
        called(attempt, mirrors, fetch)
    except ExceptionGroup as group:
        return [type(each).__name__ for each in leaves(group) if not any(each is error for error in raised)]
    return []


def in_turn(attempt, *lists) -> list[object]:
    """What fastest returns for each of these lists of mirrors, or what each failure says: one call after another."""
    return [ending(attempt, mirrors) for mirrors in lists]


def ending(attempt, mirrors):
    try:
        return quick(attempt, mirrors)
    except ExceptionGroup as group:
        return sorted(str(error) for error in leaves(group))


def leaves(error):
    """The exceptions in a group that are no groups."""
    members = error.exceptions if isinstance(error, ExceptionGroup) else ()
    return [leaf for member in members for leaf in leaves(member)] or [error]


kept = []


def fail(attempt, mirrors, fetch) -> object:
    """fastest, whose exception is kept, as a program may that logs it later: whatever that refers to stays."""
    try:
        return called(attempt, mirrors, fetch)
    except ExceptionGroup as group:
        kept.append(group)
        raise
