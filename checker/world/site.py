"""A web site on loopback: pages with their own latency, a fresh random body per request, links, and failures."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestHandler

from checker.model.evidence import NOT_ASKED, NotAsked
from checker.world.ledger import Full, Ledger, OpenConnection
from checker.world.listening import BACKLOG, LOOPBACK, MAX_CONNECTIONS, on_loopback
from checker.world.loop import NOTICED, come_round

SHUTDOWN_S = 0.1
"""By then the attempt is dead; nobody waits for an answer."""


class Page:
    """One page.

    status: the HTTP status that it answers; drop: close the connection instead of answering; location: where a
    redirect (a status of 3xx) leads; headers_first: they come at once, and the body when it has taken its time; torn:
    the connection ends in the middle of the body; links: the pages that its body links to, which may be set later.
    """

    def __init__(
        self,
        name: str,
        latency_s: float,
        status: int = 200,
        drop: bool = False,
        location: Page | None = None,
        headers_first: bool = False,
        torn: bool = False,
    ) -> None:
        self.name = name
        self.key = ""
        self.content_type = "text/html"
        self.latency_s = latency_s
        self.status = status
        self.drop = drop
        self.location = location
        self.headers_first = headers_first
        self.torn = torn
        self.links: Sequence[Page] = ()
        self.url = ""
        self.bodies: list[bytes] = []
        """What was sent, in the order of sending."""

    @property
    def body(self) -> bytes | NotAsked:
        """What was sent last; NOT_ASKED when the page was never sent."""
        return self.bodies[-1] if self.bodies else NOT_ASKED

    def make_failure(self) -> bytes:
        """The body where the status is one of failure. It may have links, too."""
        return self._linked().encode()

    def make_body(self) -> bytes:
        """A new body, which nobody can know in advance."""
        self.bodies.append(f"{self.name} {secrets.token_hex(8)}\n{self._linked()}".encode())
        return self.bodies[-1]

    def _linked(self) -> str:
        """Links to its pages, one a line."""
        return "".join(f'<a href="{escape(page.url)}">{escape(page.name)}</a>\n' for page in self.links)


BROKEN_OFF = (HttpProcessingError, web.RequestPayloadError, ConnectionError)
"""What serving a request raises when a client breaks the protocol, or goes away."""


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether this tells of a mistake in the world, and not of what a client has sent.

    A record of that holds what was sent, half a MiB, as long as its test lasts: a few thousand would end the grader.
    """
    return record.exc_info is None or not isinstance(record.exc_info[1], BROKEN_OFF)


_LOG = logging.getLogger(__name__)
_LOG.addFilter(_is_ours)


class _Server(web.Server):
    """aiohttp's bare server (no routing, no access log), which tells the ledger of its connections."""

    def __init__(self, ledger: Ledger, handler: Any) -> None:
        # handler_cancellation: a client that hangs up is noticed
        super().__init__(handler, access_log=None, handler_cancellation=True, logger=_LOG)
        self._ledger = ledger
        self._recorded: dict[RequestHandler, OpenConnection] = {}

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        try:
            if len(self._recorded) >= MAX_CONNECTIONS:
                raise Full
            self._recorded[handler] = self._ledger.connect()
        except Full:
            transport.abort()

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        connection = self._recorded.pop(handler, None)
        if connection is not None:
            connection.close()
        super().connection_lost(handler, exc)


class Site:
    """Serves pages until `stop`; each request is a span named after its page."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._pages: dict[str, Page] = {}
        self._collections: dict[str, Callable[[str], Page]] = {}
        self._runner: web.ServerRunner | None = None
        self.port = 0

    async def start(self) -> None:
        self._runner = web.ServerRunner(_Server(self._ledger, self._answer), shutdown_timeout=SHUTDOWN_S)
        await self._runner.setup()
        listener = on_loopback()
        self.port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener, backlog=BACKLOG).start()

    async def serve(self, listener: socket.socket) -> asyncio.Server:
        """Serve on this socket, too, until the returned server is closed."""
        assert self._runner is not None
        assert self._runner.server is not None
        return await asyncio.get_running_loop().create_server(self._runner.server, sock=listener, backlog=BACKLOG)

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def add(self, page: Page) -> Page:
        """Serve a page, at a path of its own that nobody can guess."""
        path = f"/{secrets.token_hex(4)}/{page.name}"
        page.url = f"{self.url}{path}"
        self._pages[path] = page
        return page

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def add_collection(self, path: str, page_of: Callable[[str], Page]) -> None:
        """Serve pages below this path: `page_of` makes the one that a last part of the path stands for."""
        self._collections[path] = page_of

    def _page(self, path: str) -> Page | None:
        above, _, last = path.rpartition("/")
        page_of = self._collections.get(above)
        return page_of(last) if page_of is not None else self._pages.get(path)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        page = self._page(request.path)
        if page is None:
            return web.Response(status=404)
        try:
            self._ledger.admit(len(request.path_qs))
        except Full:
            return web.Response(status=503)
        entry = self._ledger.open(page.name, page.latency_s, page.key)
        begun = None
        try:
            if page.headers_first:
                begun = web.StreamResponse(status=page.status, headers={"Content-Type": page.content_type})
                await begun.prepare(request)
            await asyncio.sleep(page.latency_s)
            done_s = await come_round(NOTICED)  # a client may have hung up before this thread had a core again
        except asyncio.CancelledError:
            entry.close("dropped")
            raise
        except ConnectionError:  # the client had hung up before its headers were written
            entry.close("dropped")
            return web.Response()
        failed = page.drop or page.torn or page.status >= 400
        entry.close("failed" if failed else "answered", done_s)
        if page.drop:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if page.torn:
            return await _half(page, request)
        if begun is not None:
            await begun.write(page.make_body())
            return begun
        return _response(page, self.url)


async def _half(page: Page, request: web.BaseRequest) -> web.StreamResponse:
    """The answer up to the middle of its body; then the connection ends."""
    body = page.make_body()
    answer = web.StreamResponse(headers={"Content-Type": page.content_type, "Content-Length": str(len(body))})
    await answer.prepare(request)
    await answer.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return answer


def _response(page: Page, site: str) -> web.Response:
    if page.location is not None:
        location = page.location.url.removeprefix(site)  # as most servers send it
        return web.Response(status=page.status, headers={"Location": location})
    if page.status >= 400:
        return web.Response(status=page.status, body=page.make_failure(), content_type=page.content_type)
    return web.Response(status=page.status, body=page.make_body(), content_type=page.content_type)
