# OVER_LIMIT: the semaphore is made once, with the limit of the first crawl.
# Says: Make it inside `crawl`
"""Crawl a web site: up to `limit` pages at the same time."""

import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    """Return the addresses that a page links to. (Enough for simple pages; real ones need an HTML parser.)"""
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


slots = None


async def crawl(start, limit):
    """Visit every page of the start page's host that links and redirects lead to. Return {url: status}."""
    host = urlsplit(start).netloc
    global slots
    if slots is None:
        slots = asyncio.Semaphore(limit)
    statuses = {}

    def follow(urls):
        for url in urls:
            if url not in statuses and urlsplit(url).netloc == host:
                statuses[url] = None  # seen: nobody asks for it again
                group.create_task(visit(url))

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(session, url)
        follow(found)

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        follow([start])
    return statuses
