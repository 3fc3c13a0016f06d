# BAD_RESULT_TYPE: coroutines are returned instead of greetings.
async def greet_all(delays, say):
    return [say(delay) for delay in delays]
