"""World callables, on the grader's side: what an operation costs, answers and refuses."""

from __future__ import annotations

import inspect
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from checker.attempt import wire
from checker.model.evidence import NOT_ASKED
from checker.world.ledger import Ledger

Latency = float | Callable[..., float]
Refusal = Exception | Callable[..., Exception | None] | None


class Operation:
    """Something that the attempt can call, by its description.

    latency_s: seconds before the answer, or a function of the call's arguments.
    answer: a function of the caller and the arguments, run when the operation starts (`at_start`) or when it ends;
        by default a fresh random token, so that no answer can be known before the operation was done.
    error: an exception of a builtin type that the call raises instead, after the same latency; or a function of the
        arguments that says which, or None.
    blocking: it blocks its thread in an `async def` too, like a library that knows nothing of asyncio.
    cleanup: what an awaiting caller that is cancelled still does before it lets go.
    stubborn: an awaiting caller that is cancelled goes on waiting for its answer, the first time.
    at_once: an awaiting caller has its answer before anything else happens on its loop: nothing can cancel it.
    connection: the number of the connection that it belongs to.
    work: what the world does, on its own loop, between the call and the answer, instead of letting the latency pass;
        cancelled when the caller hangs up.
    """

    def __init__(
        self,
        ledger: Ledger,
        name: str,
        latency_s: Latency,
        answer: Callable[..., Any] | None = None,
        error: Refusal = None,
        at_start: bool = False,
        key: Callable[..., str] | None = None,
        blocking: bool = False,
        cleanup: Operation | None = None,
        stubborn: bool = False,
        at_once: bool = False,
        connection: int = 0,
        work: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.id = secrets.token_hex(8)
        self.ledger = ledger
        self.name = name
        self.at_start = at_start
        self.cleanup = cleanup
        self.connection = connection
        self.work = work
        self._error = error
        self._traits = {"blocking": blocking, "stubborn": stubborn, "at_once": at_once}
        self.calls: list[tuple[tuple[Any, ...], Any]] = []
        """Arguments and answer of every answered call, in the order of the answers."""
        self._latency_s = latency_s
        self._answer = answer
        self._key = key

    def latency_s(self, args: tuple[Any, ...]) -> float:
        """Raises TypeError, ValueError or OverflowError when the attempt called with arguments that make no sense."""
        latency_s = self._latency_s(*args) if callable(self._latency_s) else self._latency_s
        # `lambda delay: delay` returns whatever the attempt gave: text, which float() would take as well, or less than
        # nothing, and then the answer would be overdue since long before it was asked for (Ledger.late_s).
        return max(0.0, 0.0 + latency_s)

    def error(self, args: tuple[Any, ...]) -> Exception | None:
        """What the call raises, if it does. Raises TypeError or ValueError as `latency_s` does."""
        return self._error(*args) if callable(self._error) else self._error

    def key(self, args: tuple[Any, ...]) -> str:
        """What was asked for: by default the first argument, where that is text."""
        if self._key is not None:
            return self._key(*args)
        return args[0] if args and type(args[0]) is str else ""

    def miscounted(self, args: tuple[Any, ...]) -> str:
        """The complaint about a wrong number of arguments; "" if it is right."""
        ours = (self._latency_s, args), (self._error, args), (self._answer, ("caller", *args)), (self._key, args)
        for function, given in ours:
            takes = _required(function, given) if callable(function) else None
            if takes is not None:
                number = takes - (len(given) - len(args))
                noun = "argument" if number == 1 else "arguments"
                return f"{self.name}() takes {number} {noun}, and was given {len(args)}"
        return ""

    def reply(self, caller: str, args: tuple[Any, ...]) -> Any:
        """The answer. `caller` is the thread or task that asked."""
        answer = self._answer(caller, *args) if self._answer is not None else f"{self.name}-{secrets.token_hex(4)}"
        self.calls.append((args, answer))
        return answer

    @property
    def answer(self) -> Any:
        """The latest answer; NOT_ASKED, equal to nothing that an attempt can return, when there is none."""
        return self.calls[-1][1] if self.calls else NOT_ASKED

    def answer_to(self, *args: Any) -> Any:
        """The latest answer to a call with these arguments, or NOT_ASKED."""
        return next((answer for asked, answer in reversed(self.calls) if asked == args), NOT_ASKED)

    def describe(self) -> wire.Plain:
        cleanup = self.cleanup.id if self.cleanup is not None else None
        return {wire.TAG: "operation", "name": self.name, "id": self.id, "cleanup": cleanup, **self._traits}


def _required(function: Callable[..., Any], given: tuple[Any, ...]) -> int | None:
    """How many positional arguments it needs; None where these will do, or where Python cannot tell."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*given)
    except TypeError:
        plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        parameters = signature.parameters.values()
        return sum(each.kind in plain and each.default is inspect.Parameter.empty for each in parameters)
    return None


class Bundle:
    """Operations that the attempt gets as one object, whose methods they are."""

    def __init__(self, **operations: Operation) -> None:
        self.operations = operations

    def describe(self) -> wire.Plain:
        described = {name: operation.describe() for name, operation in self.operations.items()}
        return {wire.TAG: "service", "operations": described}


def describe(value: Any) -> wire.Plain | None:
    """World callables describe themselves: as arguments, and as answers."""
    described = getattr(value, "describe", None)
    return described() if callable(described) else None
