"""A server of plain TCP, to try an event loop on: it answers late, in pieces, or begins to read only after a while."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import time
from dataclasses import dataclass

from checker.world.ledger import MAX_KEY, Full, Ledger, OpenSpan
from checker.world.listening import BUFFER_BYTES, LOOPBACK, Ended, StreamServer, ended

PIECE_S = 0.005
GIVES_UP_S = 1.0
"""If nothing comes for so long in the middle of a line, nothing will."""
RECEIVE_BUFFER_BYTES = 65536
"""Else the kernel's buffer grows to megabytes, and a client that sends less than that never has to wait."""


@dataclass(frozen=True)
class Manner:
    """How a server behaves.

    latency_s: between the end of a request's line and the answer; in_pieces: the answer comes byte by byte;
    reads_after_s: how long it waits on a new connection before it begins to read; echoes: it sends back whatever comes,
    as it comes, until the client has nothing more to say.
    """

    latency_s: float = 0.0
    in_pieces: bool = False
    reads_after_s: float = 0.0
    echoes: bool = False


class Peer(StreamServer):
    """Listens at `address`. A client sends one line, gets one (fresh) line, and then the connection is closed.

    A conversation is an operation of this name. Its key is the first word of the line; an echo has no key.
    """

    def __init__(self, ledger: Ledger, name: str, manner: Manner) -> None:
        super().__init__()
        self.name = name
        self.received: dict[str, bytes] = {}
        """The whole line, without its end, by its first word."""
        self._ledger = ledger
        self._manner = manner
        self._answers: dict[str, str] = {}

    @property
    def address(self) -> tuple[str, int]:
        return (LOOPBACK, self.port)

    def answer_to(self, word: str) -> str | None:
        """The latest answer to a line that begins with this word."""
        return self._answers.get(word)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = self._ledger.connect()
        try:
            await (self._echo if self._manner.echoes else self._answer)(reader, writer)
            writer.write_eof()
            while await reader.read(BUFFER_BYTES):
                pass  # until the client has closed its side
        finally:
            connection.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        entry = await self._held_back(writer) if self._manner.reads_after_s else None
        line, whole = await self._line(reader)
        word = line[:MAX_KEY].partition(b" ")[0].decode("ascii", "replace")
        entry = entry or self._ledger.open(self.name, self._manner.latency_s, word)
        entry.key = word
        self.received[word] = line
        end = await ended(reader, asyncio.sleep(self._manner.latency_s)) if whole else Ended(time.perf_counter(), True)
        if end.hung_up:
            entry.close("dropped", end.at_s)
            return
        self._answers[word] = answer = f"{word} {secrets.token_hex(6)}"
        entry.close("answered", end.at_s)
        await self._send(writer, answer.encode())

    async def _line(self, reader: asyncio.StreamReader) -> tuple[bytes, bool]:
        """The line without its end; and whether all of it came, and there was room for it."""
        line = bytearray()
        with contextlib.suppress(TimeoutError, Full):
            while not line.endswith(b"\n"):
                async with asyncio.timeout(GIVES_UP_S):
                    data = await reader.read(BUFFER_BYTES)
                if not data:
                    break
                self._ledger.admit(len(data))
                line += data
        return bytes(line).removesuffix(b"\n"), line.endswith(b"\n")

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
            while data := await reader.read(BUFFER_BYTES):
                writer.write(data)
                await writer.drain()
        finally:
            entry.close("answered" if reader.at_eof() else "dropped")
