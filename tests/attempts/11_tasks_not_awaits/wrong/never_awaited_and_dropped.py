# LOST: the coroutines are made and thrown away.
async def greet_all(delays, say):
    greetings = []
    for delay in delays:
        say(delay)
    return greetings
