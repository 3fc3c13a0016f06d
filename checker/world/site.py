"""A web site on loopback: pages with their own latency, a fresh random body per request, and failures."""

from __future__ import annotations

import asyncio
import secrets

from aiohttp import web

from checker.world.ledger import Ledger

MAX_CONNECTIONS = 512
SHUTDOWN_S = 0.1
"""By then the attempt is dead; nobody waits for an answer."""


class Page:
    """One page. status: the HTTP status that it answers; drop: close the connection instead of answering."""

    def __init__(self, name: str, latency_s: float, status: int = 200, drop: bool = False) -> None:
        self.name = name
        self.latency_s = latency_s
        self.status = status
        self.drop = drop
        self.url = ""
        self.bodies: list[bytes] = []
        """What was sent, in the order of sending."""

    @property
    def body(self) -> bytes | None:
        """What was sent last; None when the page was never sent."""
        return self.bodies[-1] if self.bodies else None


class Site:
    """Serves pages until `stop`; each request is a span named after its path."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._pages: dict[str, Page] = {}
        self._runner: web.ServerRunner | None = None
        self._requests = 0
        self._port = 0

    async def start(self) -> None:
        # A bare server, not an application: no routing, no access log, and a client that hangs up is noticed.
        self._runner = web.ServerRunner(
            web.Server(self._answer, access_log=None, handler_cancellation=True), shutdown_timeout=SHUTDOWN_S
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def add(self, page: Page) -> Page:
        """Serve a page, at a path of its own that nobody can guess."""
        path = f"/{secrets.token_hex(4)}/{page.name}"
        page.url = f"http://127.0.0.1:{self._port}{path}"
        self._pages[path] = page
        return page

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        page = self._pages.get(request.path)
        if page is None or self._requests >= MAX_CONNECTIONS:
            return web.Response(status=404 if page is None else 503)
        self._requests += 1
        entry = self._ledger.open(page.name, page.latency_s)
        try:
            await asyncio.sleep(page.latency_s)
        except asyncio.CancelledError:
            entry.close("dropped")
            raise
        finally:
            self._requests -= 1
        if page.drop:
            entry.close("failed")
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        entry.close("answered" if page.status < 400 else "failed")
        return web.Response(status=page.status, body=self._body(page) if page.status < 400 else b"")

    def _body(self, page: Page) -> bytes:
        page.bodies.append(f"{page.name} {secrets.token_hex(8)}\n".encode())
        return page.bodies[-1]
