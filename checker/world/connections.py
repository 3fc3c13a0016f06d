"""Connections to a server. Each takes a while to open, and knows who opened, used and closed it.

Two users at once are *seen* in the ledger, as overlapping operations of one connection, whether or not that did any
harm this time.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from checker.model.evidence import NOT_ASKED
from checker.world.ledger import Ledger
from checker.world.operations import Bundle, Latency, Operation, Refusal

MOST = 256
"""Each is kept until the world is closed, so an attempt that opens more is refused: the grader must stay responsive."""


class Connections:
    """`connect(*who)` opens a connection: an object with one operation, named `use`, and with `close()`.

    open_s: seconds until it is open. use_s: seconds that its operation takes; error: what that raises; answer: what it
    answers, by default a fresh random text. Each may be a function: of `who`, what connect was called with, followed
    by the operation's own arguments; `answer` is given the calling thread or task before those.
    A closed connection refuses its operation with a ValueError; closing it again does nothing. A task that is
    cancelled while it closes a connection has closed it all the same.
    """

    def __init__(
        self,
        ledger: Ledger,
        register: Callable[[Operation], Operation],
        use: str,
        open_s: Latency,
        use_s: Latency,
        error: Refusal = None,
        answer: Callable[..., Any] | None = None,
    ) -> None:
        self.connect = Operation(ledger, "connect", open_s, self._open, self._refusal, key=_words)
        self._opened = 0
        self._ledger = ledger
        self._aside = Ledger()  # closing takes no time, and is no work: the connection records when it happened
        self._register = register
        self._use = use
        self._use_s = use_s
        self._error = error
        self._reply = answer
        self._answers: dict[tuple[Any, ...], Any] = {}

    def answer_to(self, *args: Any) -> Any:
        """The latest answer to a use with these arguments, of connect and of its own; NOT_ASKED if there is none."""
        return self._answers.get(args, NOT_ASKED)

    def _refusal(self, *_who: Any) -> Exception | None:
        return ConnectionRefusedError("too many connections") if self._opened >= MOST else None

    def _open(self, caller: str, *who: Any) -> Bundle:
        self._opened += 1
        opened = self._ledger.connect(caller, _words(*who))

        def latency_s(*args: Any) -> float:
            return self._use_s(*who, *args) if callable(self._use_s) else self._use_s

        def error(*args: Any) -> Exception | None:
            if opened.closed_s is not None:
                return ValueError("this connection is closed")
            return self._error(*who, *args) if callable(self._error) else self._error

        def answer(caller: str, *args: Any) -> Any:
            value = self._reply(caller, *who, *args) if self._reply is not None else secrets.token_hex(4)
            self._answers[*who, *args] = value
            return value

        use = Operation(
            self._ledger, self._use, latency_s, answer, error, key=lambda *args: _words(*who, *args),
            connection=opened.number,
        )  # fmt: skip
        close = Operation(self._aside, "close", 0.0, lambda _caller: opened.close(), at_once=True)
        return Bundle(**{self._use: self._register(use), "close": self._register(close)})


def _words(*args: Any) -> str:
    """The arguments that are text, joined to a key for the ledger."""
    return " ".join(arg for arg in args if isinstance(arg, str))
