"""The messages of an attempt's process, validated: whatever does not fit is the attempt's failure, not ours."""

from __future__ import annotations

from typing import Any

import msgspec

from checker.model.evidence import Notice
from checker.model.outcome import ErrorInfo, LockStep, Stack


class Hello(msgspec.Struct, tag_field="is", tag="hello"):
    pass


class Ready(msgspec.Struct, tag_field="is", tag="ready"):
    asynchronous: bool


class UnusableMessage(msgspec.Struct, tag_field="is", tag="unusable"):
    reason: str
    error: ErrorInfo


class ReturnedMessage(msgspec.Struct, tag_field="is", tag="returned"):
    value: Any


class RaisedMessage(msgspec.Struct, tag_field="is", tag="raised"):
    error: ErrorInfo


class NotPlainMessage(msgspec.Struct, tag_field="is", tag="not_plain"):
    what: str


class After(msgspec.Struct, tag_field="is", tag="after"):
    threads: tuple[Stack, ...] = ()
    tasks: tuple[Stack, ...] = ()
    notices: tuple[Notice, ...] = ()
    locks: tuple[LockStep, ...] = ()
    gil_wait_s: float | None = None
    sleeps: int | None = None


class Debugging(msgspec.Struct, tag_field="is", tag="debugging"):
    pass


class Deadlock(msgspec.Struct, tag_field="is", tag="deadlock"):
    pass


Message = (
    Hello | Ready | UnusableMessage | ReturnedMessage | RaisedMessage | NotPlainMessage | After | Debugging | Deadlock
)

_message: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)
_stacks = msgspec.json.Decoder(list[Stack])

MALFORMED = (ValueError, RecursionError, msgspec.MsgspecError)
"""What the two functions below raise for bytes that no honest process sends."""


def message(body: bytes) -> Message:
    """One frame's body as a message. Raises MALFORMED."""
    return _message.decode(body)


def stacks(line: bytes) -> list[Stack]:
    """One line of the pipe for stacks. Raises MALFORMED."""
    return _stacks.decode(line)
