"""A server of plain TCP: what an event loop is tried on. It answers late, in pieces, or reads only after a while."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from dataclasses import dataclass

from checker.world.ledger import Ledger, OpenSpan

MAX_REQUEST_BYTES = 8 * 2**20
MAX_CONNECTIONS = 512
PIECE_S = 0.005
GIVES_UP_S = 1.0
"""If nothing comes for so long in the middle of a line, nothing will."""
RECEIVE_BUFFER_BYTES = 65536
"""The kernel's own buffer grows to megabytes, and whoever sends less than that never has to wait."""
MAX_KEY = 40


@dataclass(frozen=True)
class Manner:
    """How a server behaves.

    latency_s: between the end of a request's line and the answer; in_pieces: the answer comes byte by byte;
    reads_after_s: so long after a connection begins does it begin to read; echoes: it sends back whatever comes, as it
    comes, until the client has nothing more to say.
    """

    latency_s: float = 0.0
    in_pieces: bool = False
    reads_after_s: float = 0.0
    echoes: bool = False


class Peer:
    """Listens at `address`. A client sends one line, gets one (fresh) line, and then the connection is closed.

    A conversation is an operation of this name. Its key is the first word of the line; an echo has no key.
    """

    def __init__(self, ledger: Ledger, name: str, manner: Manner) -> None:
        self.name = name
        self.received: dict[str, bytes] = {}
        """The whole line, without its end, by its first word."""
        self._ledger = ledger
        self._manner = manner
        self._answers: dict[str, str] = {}
        self._kept_bytes = 0
        self._open = 0
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def address(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    def answer_to(self, word: str) -> str | None:
        """The latest answer to a line that begins with this word."""
        return self._answers.get(word)

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=MAX_REQUEST_BYTES)
        self.port = self._server.sockets[0].getsockname()[1]

    async def serve(self, listener: socket.socket) -> asyncio.Server:
        """Also on this socket, until what is returned is closed."""
        return await asyncio.start_server(self._connected, sock=listener, limit=MAX_REQUEST_BYTES)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = self._ledger.connect()
        self._open += 1
        try:
            if self._open > MAX_CONNECTIONS:
                return
            with contextlib.suppress(ConnectionError, ValueError, asyncio.IncompleteReadError):
                await (self._echo if self._manner.echoes else self._answer)(reader, writer)
                writer.write_eof()
                while await reader.read(RECEIVE_BUFFER_BYTES):
                    pass  # until the client has closed its side
        finally:
            self._open -= 1
            line.close()
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        entry = await self._held_back(writer) if self._manner.reads_after_s else None
        line, whole = await _line(reader)
        word = line[:MAX_KEY].partition(b" ")[0].decode("ascii", "replace")
        entry = entry or self._ledger.open(self.name, self._manner.latency_s, word)
        entry.key = word
        self._keep(word, line)
        if not whole or await _hung_up(reader, self._manner.latency_s):
            entry.close("dropped")
            return
        self._answers[word] = answer = f"{word} {secrets.token_hex(6)}"
        entry.close("answered")
        await self._send(writer, answer.encode())

    def _keep(self, word: str, line: bytes) -> None:
        """As long as there is room: the attempt may send again and again."""
        if self._kept_bytes <= MAX_REQUEST_BYTES:
            self._kept_bytes += len(line)
            self.received[word] = line

    async def _held_back(self, writer: asyncio.StreamWriter) -> OpenSpan:
        """Let the client's data wait in the kernel's buffers."""
        entry = self._ledger.open(self.name, self._manner.reads_after_s)
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        transport = writer.transport
        assert isinstance(transport, asyncio.ReadTransport)
        transport.pause_reading()
        await asyncio.sleep(self._manner.reads_after_s)
        transport.resume_reading()
        return entry

    async def _send(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        if not self._manner.in_pieces:
            writer.write(answer)
            return
        for byte in answer:
            writer.write(bytes([byte]))
            await asyncio.sleep(PIECE_S)

    async def _echo(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Reads on only when what came has gone back, as far as the client takes it."""
        entry = self._ledger.open(self.name, 0.0)
        try:
            while data := await reader.read(RECEIVE_BUFFER_BYTES):
                writer.write(data)
                await writer.drain()
        finally:
            entry.close("answered" if reader.at_eof() else "dropped")


async def _line(reader: asyncio.StreamReader) -> tuple[bytes, bool]:
    """What comes until the end of the line, without that; and whether it came."""
    line = bytearray()
    with contextlib.suppress(TimeoutError):
        while not line.endswith(b"\n") and len(line) <= MAX_REQUEST_BYTES:
            async with asyncio.timeout(GIVES_UP_S):
                data = await reader.read(RECEIVE_BUFFER_BYTES)
            if not data:
                break
            line += data
    return bytes(line).removesuffix(b"\n"), line.endswith(b"\n")


async def _hung_up(reader: asyncio.StreamReader, latency_s: float) -> bool:
    """Wait for the latency to pass; True at once when the client closes its connection."""
    goodbye = asyncio.ensure_future(reader.read(1))
    try:
        await asyncio.wait({goodbye}, timeout=latency_s)
        return goodbye.done()
    finally:
        goodbye.cancel()
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            await goodbye
