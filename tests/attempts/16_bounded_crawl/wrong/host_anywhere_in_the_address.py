# WRONG_RESULT: an address of another host may have the start page's host in its query.
# Says: may stand anywhere in the other
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def fetch(session, url):
    """Ask for one page. Return its status, and the addresses that it leads to."""
    try:
        async with session.get(url, allow_redirects=False) as response:
            html = await response.text(errors="replace")
    except aiohttp.ClientError:
        return None, []
    location = response.headers.get("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    host, statuses, seen, slots = urlsplit(start).netloc, {}, {start}, asyncio.Semaphore(limit)

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(session, url)
        follow(found)

    def follow(found):
        for url in found:
            if host in url and url not in seen:
                seen.add(url)
                group.create_task(visit(url))

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        group.create_task(visit(start))
    return statuses
