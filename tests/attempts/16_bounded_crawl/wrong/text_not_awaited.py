# CRASHED: text() gives a coroutine.
# Says: `await` it
import asyncio, re
from urllib.parse import urljoin, urlsplit
import aiohttp
def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]
async def crawl(start, limit):
    host = urlsplit(start).netloc
    statuses, urls = {}, [start]
    async with aiohttp.ClientSession() as session:
        for url in urls:
            async with session.get(url, allow_redirects=False) as response:
                statuses[url] = response.status
                html = response.text()
            urls += [l for l in dict.fromkeys(links(url, html)) if urlsplit(l).netloc == host and l not in urls]
    return statuses
