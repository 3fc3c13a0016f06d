# CRASHED: the block of the session ends before anything was asked for.
# Says: stays inside of its block
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


async def crawl(start, limit):
    """Visit every page of the start page's host that links and redirects lead to. Return {url: status}."""
    host = urlsplit(start).netloc
    slots = asyncio.Semaphore(limit)
    statuses, seen, tasks = {}, {start}, []

    async with aiohttp.ClientSession() as session:

        async def visit(url):
            async with slots:
                statuses[url], found = await fetch(session, url)
            for link in found:
                if urlsplit(link).netloc == host and link not in seen:
                    seen.add(link)
                    tasks.append(asyncio.create_task(visit(link)))

        tasks.append(asyncio.create_task(visit(start)))

    while tasks:
        await tasks.pop()
    return statuses
