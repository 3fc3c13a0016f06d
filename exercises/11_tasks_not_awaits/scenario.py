"""Calls the function of an attempt several times in one process."""

from checker.attempt.awaited import asked_by, awaited


def in_turn(attempt, *lists_of_delays) -> list[object]:
    """What greet_all returns for each of these lists, one after another. Nobody takes any time to answer."""
    greetings = []

    def say(delay):
        return f"{len(greetings) + 1}: hello after {delay}"

    asked = asked_by(attempt.greet_all, say)
    for delays in lists_of_delays:
        greetings.append(awaited(attempt.greet_all(delays, asked)))
    return greetings
