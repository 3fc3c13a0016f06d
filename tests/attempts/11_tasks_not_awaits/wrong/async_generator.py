# BAD_RESULT_TYPE: an `async def` with a `yield` gives its items one by one, and not a list.
# Says: collect them in a list
async def greet_all(delays, say):
    for delay in delays:
        yield await say(delay)
