# CRASHED: one that is not there ends the roll call.
# Says: ConnectionError
import asyncio


async def roll_call(names, ask):
    return dict(zip(names, await asyncio.gather(*map(ask, names)), strict=True))
