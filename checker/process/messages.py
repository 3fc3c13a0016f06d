"""The messages of an attempt's process, validated and bounded. A malformed one is the attempt's failure, not ours."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from checker.model.evidence import Notice, Starts
from checker.model.outcome import ErrorInfo, LockStep, LockTime, Stack
from checker.process import bounds


class Hello(msgspec.Struct, tag_field="is", tag="hello"):
    pass


class Ready(msgspec.Struct, tag_field="is", tag="ready"):
    gil: bool = True


class UnusableMessage(msgspec.Struct, tag_field="is", tag="unusable"):
    reason: Literal["missing file", "missing function", "syntax", "import", "starts processes"]
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
    lock_times: tuple[LockTime, ...] = ()
    gil: bool = True
    gil_wait_s: float | None = None
    sleeps: int | None = None
    segments: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    starts: Starts = Starts()


class Debugging(msgspec.Struct, tag_field="is", tag="debugging"):
    pass


class Deadlock(msgspec.Struct, tag_field="is", tag="deadlock"):
    pass


class Moment(msgspec.Struct):
    """Where the attempt stands, and what has been noticed so far."""

    stacks: tuple[Stack, ...]
    notices: tuple[Notice, ...] = ()
    last: bool = False
    """The grader asked for it right before it ends the process."""


Message = (
    Hello | Ready | UnusableMessage | ReturnedMessage | RaisedMessage | NotPlainMessage | After | Debugging | Deadlock
)

_message: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)
_moment = msgspec.json.Decoder(Moment)

MALFORMED = (ValueError, RecursionError, msgspec.MsgspecError)
"""What the functions below raise for bytes that no honest process sends."""
MAX_WHAT = 300
"""Characters of a NotPlainMessage."""


def message(body: bytes) -> Message:
    """One frame's body as a message. Raises MALFORMED."""
    told = _message.decode(body)
    if isinstance(told, RaisedMessage | UnusableMessage):
        return replace(told, error=bounds.error(told.error))
    if isinstance(told, NotPlainMessage):
        return replace(told, what=bounds.text(told.what, MAX_WHAT))
    return _bounded(told) if isinstance(told, After) else told


def _bounded(told: After) -> After:
    return After(
        threads=bounds.left(told.threads), tasks=bounds.left(told.tasks), notices=bounds.notices(told.notices),
        locks=bounds.lock_steps(told.locks), lock_times=bounds.lock_times(told.lock_times),
        gil=told.gil, gil_wait_s=bounds.gil_wait_s(told.gil_wait_s), sleeps=bounds.sleeps(told.sleeps),
        segments=bounds.segments(told.segments), lines=bounds.ran(told.lines), starts=bounds.starts(told.starts),
    )  # fmt: skip


def moment(line: bytes) -> Moment:
    """One line of the pipe for stacks. Raises MALFORMED."""
    told = _moment.decode(line)
    return Moment(stacks=bounds.shown(told.stacks), notices=bounds.notices(told.notices), last=told.last)


def exception(body: Any) -> ErrorInfo:
    """An exception among plain data, as a record. Raises MALFORMED."""
    return bounds.error(msgspec.convert(body, ErrorInfo))
