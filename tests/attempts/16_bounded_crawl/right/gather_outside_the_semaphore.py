# Recursive, with gather; the semaphore is let go of before the links are followed.
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
    host, slots, seen, statuses = urlsplit(start).netloc, asyncio.BoundedSemaphore(limit), {start}, {}

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(session, url)
        new = {link for link in found if urlsplit(link).netloc == host} - seen
        seen.update(new)
        await asyncio.gather(*map(visit, new))

    async with aiohttp.ClientSession() as session:
        await visit(start)
    return statuses
