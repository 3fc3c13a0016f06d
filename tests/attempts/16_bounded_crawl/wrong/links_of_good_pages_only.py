# WORK_SKIPPED: what a page with the status 404 or 500 links to is not followed.
# Says: a page all the same
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
    found = links(url, html) if response.status == 200 else []
    return response.status, [urljoin(url, location)] if location else found


async def crawl(start, limit):
    host, slots, statuses = urlsplit(start).netloc, asyncio.Semaphore(limit), {}

    def follow(urls):
        for url in urls:
            if url not in statuses and urlsplit(url).netloc == host:
                statuses[url] = None
                group.create_task(visit(url))

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(session, url)
        follow(found)

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        follow([start])
    return statuses
