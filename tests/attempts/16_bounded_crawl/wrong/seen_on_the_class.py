# WRONG_RESULT: the set of what was seen belongs to the class: a second crawl finds every link seen.
# Says: Make it inside `crawl`
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url: str, html: str) -> list[str]:
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


class Crawler:
    seen: set[str] = set()

    def __init__(self, start: str, limit: int) -> None:
        self.start = start
        self.host = urlsplit(start).netloc
        self.slots = asyncio.Semaphore(limit)
        self.statuses: dict[str, int | None] = {}

    async def run(self) -> dict[str, int | None]:
        async with aiohttp.ClientSession() as self.session, asyncio.TaskGroup() as self.group:
            self.seen.add(self.start)
            self.group.create_task(self.visit(self.start))
        return self.statuses

    async def visit(self, url: str) -> None:
        async with self.slots:
            self.statuses[url], found = await fetch(self.session, url)
        for link in found:
            if link not in self.seen and urlsplit(link).netloc == self.host:
                self.seen.add(link)
                self.group.create_task(self.visit(link))


async def crawl(start: str, limit: int) -> dict[str, int | None]:
    return await Crawler(start, limit).run()
