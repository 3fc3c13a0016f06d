"""Calls the function of an attempt several times in one process."""

import inspect

from checker.attempt.awaited import awaited


def in_turn(attempt, *lists_of_delays):
    """What greet_all returns for each of these lists, one after another. Nobody takes any time to answer."""

    def say(delay):
        return f"hello after {delay}"

    async def say_awaited(delay):
        return say(delay)

    asked = say_awaited if inspect.iscoroutinefunction(attempt.greet_all) else say
    return [awaited(attempt.greet_all(delays, asked)) for delays in lists_of_delays]
