"""Connections and their users: how many, whose, shared by two at once, closed in the end. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from checker.judge import plan
from checker.judge.diagnosis import lines
from checker.judge.diagnosis.conduct import unfinished
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Connection, Run, Span


def opened(run: Run, times: int) -> Diagnosis | None:
    """Another number of connections was opened than this: each user needs one, and uses it again."""
    did = len(run.connections)
    if did == times:
        return None
    carried = sum(span.connection > 0 for span in run.spans)
    if did < times:
        sentence = f"{count(did, 'connection was', 'connections were')} opened, and {times} are needed: one for each"
        return diagnosis(Code.UNDER_USED, sentence, lines.asked(run, "connect"), _ONE_EACH)
    sentence = f"{did} connections were opened for {count(carried, 'request')}, where {times} would do"
    return diagnosis(Code.UNDER_USED, sentence, lines.asked(run, "connect"), _AGAIN)


_ONE_EACH = "Who works beside others needs a connection to themselves: open one in each worker's thread."
_AGAIN = "To open a connection takes time. Open it once for each worker, before its first request, and use it again."


def shared(run: Run) -> Diagnosis | None:
    """Two requests at once on one connection."""
    found = _at_once(run)
    if found is None:
        return None
    first, second = found
    sentence = (
        f"{_name(run, first.connection)} was used by two at once: {_request(second)} began "
        f"while {_request(first)} was going on"
    )
    return diagnosis(Code.RACE, sentence, second.line, _OWN)


def marked(run: Run) -> Run:
    """The run with marks at two requests that shared a connection; as it is, if there are none."""
    spans = run.spans
    for wrong in _at_once(run) or ():
        spans = plan.marked(spans, wrong, "two users")
    return msgspec.structs.replace(run, spans=spans)


def _at_once(run: Run) -> tuple[Span, Span] | None:
    """Two requests that overlap. Dropped ones do not count: the world may notice late that a caller hung up."""
    for carried in _by_connection(run.spans).values():
        in_order = sorted((span for span in carried if span.outcome != "dropped"), key=lambda span: span.start_s)
        for first, second in pairwise(in_order):
            if first.end_s is None or second.start_s < first.end_s:
                return first, second
    return None


_OWN = (
    "A connection carries one request at a time, and its answers would get mixed up. Give each thread a connection of "
    "its own, for instance in a `threading.local()`."
)


def owned(run: Run) -> Diagnosis | None:
    """A connection was used by another thread or task than opened it."""
    opener = {each.number: each.opener for each in run.connections}
    foreign = next((span for span in run.spans if span.connection and span.caller != opener.get(span.connection)), None)
    if foreign is None:
        return None
    # One that this run has not opened was opened by an earlier call.
    kind = foreign.caller.partition(" ")[0] or "thread" if foreign.connection in opener else "call"
    sentence = f"{_name(run, foreign.connection)} was opened by one {kind}, and another did {_request(foreign)} with it"
    return diagnosis(Code.ORDER, sentence, foreign.line, _OPENER)


_OPENER = "Who opens a connection does all that is done with it: let each worker open its own, in its own thread."


def left_open(run: Run) -> Diagnosis | None:
    """Connections that were not closed before the call was over. Unfinished work comes first: another mistake."""
    early = unfinished(run)
    if early is not None:
        return early
    forgotten = [each for each in run.connections if each.closed_s is None or each.closed_s > run.end_s]
    if not forgotten:
        return None
    if run.left.threads or any(each.closed_s is not None for each in forgotten):
        sentence = f"{count(len(forgotten), 'connection')} of {len(run.connections)} had not been closed when"
        sentence = f"{sentence} the call was over, and the threads that have them had not ended"
        return diagnosis(Code.LEAK_THREAD, sentence, lines.asked(run, "connect"), _JOIN)
    names = "" if not forgotten[0].key else f": that of {forgotten[0].key!r} is the first"
    sentence = f"{count(len(forgotten), 'connection')} of {len(run.connections)} stayed open{names}"
    return diagnosis(Code.LEAK_SESSION, sentence, lines.asked(run, "connect"), _CLOSE)


_CLOSE = (
    "Close a connection where nobody needs it any longer, also when something failed: in a `finally`, or with "
    "`contextlib.closing`. The end of a thread closes nothing."
)


_JOIN = (
    "The `close` at the end of a thread comes when the thread ends: join every thread before you return. Does anything "
    "end what they wait for, say a `get()`?"
)


def _by_connection(spans: Iterable[Span]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        if span.connection:
            found[span.connection].append(span)
    return found


def _name(run: Run, number: int) -> str:
    """A connection as the learner knows it."""
    each = next((each for each in run.connections if each.number == number), Connection(opened_s=0.0))
    return f"The connection of {each.key!r}" if each.key else f"Connection {number}"


def _request(span: Span) -> str:
    return f"{span.name} {span.key!r}" if span.key else span.name
