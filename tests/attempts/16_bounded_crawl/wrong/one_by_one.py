# SERIAL: each page is waited for before the next is asked for.
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
    host, urls, statuses = urlsplit(start).netloc, [start], {}
    async with aiohttp.ClientSession() as session:
        for url in urls:
            statuses[url], found = await fetch(session, url)
            urls += [link for link in dict.fromkeys(found) if urlsplit(link).netloc == host and link not in urls]
    return statuses
