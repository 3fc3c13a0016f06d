# A session of one's own, closed in a finally.
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def fetch(session, url):
    try:
        async with session.get(url, allow_redirects=False) as response:
            html = await response.text()
    except aiohttp.ClientError:
        return None, []
    location = response.headers.get("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    host, slots, statuses, tasks = urlsplit(start).netloc, asyncio.Semaphore(limit), {}, []
    session = aiohttp.ClientSession()

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(session, url)
        for link in found:
            follow(link)

    def follow(url):
        if url not in statuses and urlsplit(url).netloc == host:
            statuses[url] = None
            tasks.append(asyncio.create_task(visit(url)))

    try:
        follow(start)
        for task in tasks:
            await task
    finally:
        await session.close()
    return statuses
