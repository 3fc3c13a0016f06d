import asyncio


async def fetch_all(names, fetch):
    return list(await asyncio.gather(*map(fetch, names)))
