# SERIAL: a lock around the look whether a page is there is held while the page is on its way.
# Says: a lock lets in one at a time
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def fetch(session, url):
    try:
        async with session.get(url, allow_redirects=False) as response:
            html = await response.text(errors="replace")
    except aiohttp.ClientError:
        return None, []
    location = response.headers.get("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    host = urlsplit(start).netloc
    slots, lock = asyncio.Semaphore(limit), asyncio.Lock()
    statuses = {}

    async def visit(url):
        async with slots, lock:  # nobody else may look whether it is there
            if url in statuses:
                return
            statuses[url], found = await fetch(session, url)
        for link in found:
            if urlsplit(link).netloc == host:
                group.create_task(visit(link))

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        group.create_task(visit(start))
    return statuses
