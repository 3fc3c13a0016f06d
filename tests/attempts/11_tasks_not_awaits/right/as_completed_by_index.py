# Each coroutine remembers its place.
import asyncio


async def greet_all(delays, say):
    async def placed(place, delay):
        return place, await say(delay)

    greetings = {}
    for next_done in asyncio.as_completed([placed(*pair) for pair in enumerate(delays)]):
        place, greeting = await next_done
        greetings[place] = greeting
    return [greetings[place] for place in range(len(delays))]
