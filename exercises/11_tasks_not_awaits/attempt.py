"""Greet some people: one after the other."""


def greet_all(delays: list[float], say) -> list[str]:
    """Call say(delay) for each delay, and return the greetings in the same order.

    say(delay) takes that many seconds to answer with a greeting. In a `def`, as here, it waits
    and returns the greeting. In an `async def` it is a coroutine function: await it.
    """
    greetings = []
    for delay in delays:
        greetings.append(say(delay))
    return greetings
