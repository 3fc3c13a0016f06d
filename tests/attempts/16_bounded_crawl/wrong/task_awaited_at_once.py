# SERIAL: a task that is awaited where it is created runs alone.
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
        statuses[url] = None
        async with slots:
            statuses[url], found = await fetch(session, url)
        for link in found:
            if link not in statuses and urlsplit(link).netloc == host:
                await asyncio.create_task(visit(link))

    async with aiohttp.ClientSession() as session:
        await visit(start)
    return statuses
