# 32: does work at import that it should do when it is called
import threading

cache = {}


async def greet_all(delays, say):
    if not cache:
        cache["said"] = [await say(delay) for delay in delays]
    return cache["said"]
