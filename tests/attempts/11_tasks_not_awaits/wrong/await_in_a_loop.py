# SERIAL: each greeting is waited for before the next is asked for.
async def greet_all(delays, say):
    greetings = []
    for delay in delays:
        greetings.append(await say(delay))
    return greetings
