"""Calls the function of an attempt several times in one process."""

from checker.attempt.awaited import asked_by, awaited


def in_turn(attempt, *lists_of_delays):
    """What greet_all returns for each of these lists, one after another. Nobody takes any time to answer."""

    def say(delay):
        return f"hello after {delay}"

    asked = asked_by(attempt.greet_all, say)
    return [awaited(attempt.greet_all(delays, asked)) for delays in lists_of_delays]
