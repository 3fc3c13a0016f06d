# 29: makes asyncio.sleep take no time
import asyncio


async def sleep(delay, result=None):
    return result


asyncio.sleep = sleep


async def greet_all(delays, say):
    return [await say(delay) for delay in delays]
