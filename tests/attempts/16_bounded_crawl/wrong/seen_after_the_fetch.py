# DUPLICATE: a page counts as seen only when it is there.
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
    host, slots, statuses = urlsplit(start).netloc, asyncio.Semaphore(limit), {}

    async def visit(url):
        if url in statuses or urlsplit(url).netloc != host:
            return
        async with slots:
            statuses[url], found = await fetch(session, url)
        await asyncio.gather(*(visit(link) for link in found))

    async with aiohttp.ClientSession() as session:
        await visit(start)
    return statuses
