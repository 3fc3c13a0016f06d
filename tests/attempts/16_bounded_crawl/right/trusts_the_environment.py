"""The session reads the proxy's settings and passwords, as behind a company's proxy: aiohttp does that in threads."""

import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url: str, html: str) -> list[str]:
    """Return the addresses that a page links to."""
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


async def crawl(start: str, limit: int) -> dict[str, int | None]:
    """Visit every page of the start page's host that links and redirects lead to. Return {url: status}."""
    host, seen, statuses, slots = urlsplit(start).netloc, {start}, {}, asyncio.Semaphore(limit)

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(session, url)
        for link in found:
            if urlsplit(link).netloc == host and link not in seen:
                seen.add(link)
                group.create_task(visit(link))

    async with aiohttp.ClientSession(trust_env=True) as session, asyncio.TaskGroup() as group:
        group.create_task(visit(start))
    return statuses
