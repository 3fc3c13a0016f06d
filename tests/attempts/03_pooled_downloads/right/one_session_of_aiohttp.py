"""An event loop of its own, and one session: where a connection breaks, aiohttp asks once more by itself."""

import asyncio

import aiohttp


async def download(session, url):
    async with session.get(url, raise_for_status=True) as response:
        return await response.read()


async def download_each(urls, max_workers):
    slots = asyncio.Semaphore(max_workers)

    async def in_its_turn(session, url):
        async with slots:
            return await download(session, url)

    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(*(in_its_turn(session, url) for url in urls), return_exceptions=True)


def download_all(urls, max_workers=10):
    return asyncio.run(download_each(urls, max_workers))
