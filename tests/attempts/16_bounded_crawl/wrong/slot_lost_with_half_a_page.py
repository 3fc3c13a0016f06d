# DEADLOCK: a page that ends in the middle keeps its slot.
# Says: it has left without `release()`
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def crawl(start, limit):
    host = urlsplit(start).netloc
    slots = asyncio.Semaphore(limit)
    statuses = {}

    def follow(urls):
        for url in urls:
            if url not in statuses and urlsplit(url).netloc == host:
                statuses[url] = None
                group.create_task(visit(url))

    async def visit(url):
        await slots.acquire()
        try:
            response = await session.get(url, allow_redirects=False)
        except aiohttp.ClientError:
            slots.release()
            return
        try:
            html = await response.text(errors="replace")
        except aiohttp.ClientError:
            return
        slots.release()
        statuses[url] = response.status
        location = response.headers.get("Location")
        follow([urljoin(url, location)] if location else links(url, html))

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        follow([start])
    return statuses
