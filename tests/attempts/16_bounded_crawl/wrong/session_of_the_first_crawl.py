# CRASHED: one session for all crawls, which the first of them closes.
# Says: closes this session, for good
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp

session = None


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def fetch(url):
    try:
        async with session.get(url, allow_redirects=False) as response:
            html = await response.text(errors="replace")
    except aiohttp.ClientError:
        return None, []
    location = response.headers.get("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    global session
    if session is None:
        session = aiohttp.ClientSession()
    host, slots, statuses = urlsplit(start).netloc, asyncio.Semaphore(limit), {}

    def follow(urls):
        for url in urls:
            if url not in statuses and urlsplit(url).netloc == host:
                statuses[url] = None
                group.create_task(visit(url))

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(url)
        follow(found)

    async with asyncio.TaskGroup() as group:
        follow([start])
    await session.close()
    return statuses
