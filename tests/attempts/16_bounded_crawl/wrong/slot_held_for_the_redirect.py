# DEADLOCK: where a page redirects, its slot is held until the target is there: a limit of one waits for ever.
"""Crawl a web site: up to `limit` pages at the same time."""

import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    """Return the addresses that a page links to. (Enough for simple pages; real ones need an HTML parser.)"""
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def crawl(start, limit):
    """Visit every page of the start page's host that links and redirects lead to. Return {url: status}."""
    host = urlsplit(start).netloc
    slots = asyncio.Semaphore(limit)
    statuses = {}

    def is_new(url):
        return url not in statuses and urlsplit(url).netloc == host

    async def visit(url):
        statuses[url] = None
        async with slots:
            try:
                async with session.get(url, allow_redirects=False) as response:
                    html = await response.text(errors="replace")
                    statuses[url] = response.status
            except aiohttp.ClientError:
                return
            if "Location" in response.headers:
                target = urljoin(url, response.headers["Location"])
                if is_new(target):
                    await visit(target)
                return
        for link in links(url, html):
            if is_new(link):
                statuses[link] = None
                group.create_task(visit(link))

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        await visit(start)
    return statuses
