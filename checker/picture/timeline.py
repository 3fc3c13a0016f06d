"""A run as a picture in text: one lane per operation or process. Pure.

0 ms                                      600 ms
say(0.3)  ██████████████████████
say(0.3)                        ██████████████████████
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.evidence import ProcessUse, Run, Span

COLUMNS = 60
MAX_LINES = 25
MAX_LABEL = 14
HIDDEN_SHARE = 0.02
"""A process with less of the CPU time than this did nothing: helpers of the standard library, an idle parent."""

IN_FLIGHT = "█"
REFUSED = "▒"
ON_CPU = "█"
WANTING = "░"


def of(run: Run) -> str:
    """The picture of a run: its operations, or, when it asked for none, its processes. "" when there is nothing."""
    if run.spans:
        return operations(run)
    if run.cpu.cpu_s > 0 and run.wall_s > 0:
        return processes(run)
    return ""


def operations(run: Run) -> str:
    """One lane per operation, in the order in which they were asked."""
    spans = [span for span in run.spans if span.latency_s > 0] or run.spans
    last_s = max([run.end_s, *(span.end_s for span in spans if span.end_s is not None)])
    scale = _Scale(run.started_s, last_s)
    lanes = [_lane(_label(span), _bar(span, scale, last_s)) for span in spans]
    legend = f"{IN_FLIGHT} in flight" + (f"   {REFUSED} failed or cancelled" if _any_refused(spans) else "")
    return "\n".join([scale.ruler(), *_fold(lanes), _lane("", legend)])


def processes(run: Run) -> str:
    """One lane per process: when it ran, and when it wanted to run but other work had the cores."""
    busy = [use for use in run.cpu.processes if use.cpu_s >= HIDDEN_SHARE * run.cpu.cpu_s]
    scale = _Scale(run.started_s, run.end_s)
    lanes = [_lane(use.name, _activity(use, scale)) for use in busy]
    waited = any(WANTING in lane for lane in lanes)
    legend = f"{ON_CPU} running" + (f"   {WANTING} waiting for a core" if waited else "")
    return "\n".join([scale.ruler(), *_fold(lanes), _lane("", legend)])


class _Scale:
    """Seconds to columns."""

    def __init__(self, start_s: float, end_s: float) -> None:
        self.start_s = start_s
        self.length_s = max(end_s - start_s, 1e-6)

    def column(self, moment_s: float) -> int:
        share = (moment_s - self.start_s) / self.length_s
        return min(COLUMNS, max(0, round(share * COLUMNS)))

    def bar(self, start_s: float, end_s: float, sign: str) -> str:
        """At least one column, so that nothing that happened is invisible."""
        first = min(self.column(start_s), COLUMNS - 1)
        return " " * first + sign * max(1, self.column(end_s) - first)

    def ruler(self) -> str:
        return _lane("", "0 ms" + f"{self.length_s * 1000:.0f} ms".rjust(COLUMNS - 4))


def _lane(label: str, bar: str) -> str:
    return f"{label[:MAX_LABEL]:<{MAX_LABEL}} {bar}".rstrip()


def _label(span: Span) -> str:
    return f"{span.name} {span.key}" if span.key and span.key != span.name else span.name


def _bar(span: Span, scale: _Scale, last_s: float) -> str:
    bar = scale.bar(span.start_s, span.end_s or last_s, _sign(span))
    return f"{bar} < {span.mark}" if span.mark else bar


def _sign(span: Span) -> str:
    return IN_FLIGHT if span.outcome == "answered" else REFUSED


def _any_refused(spans: Sequence[Span]) -> bool:
    return any(_sign(span) == REFUSED for span in spans)


def _activity(use: ProcessUse, scale: _Scale) -> str:
    """Per column: more on CPU than waiting, waiting, or neither (under a fifth of the column)."""
    cpu_s, wait_s = [0.0] * COLUMNS, [0.0] * COLUMNS
    before_s = use.started_s
    for part in use.slices:
        first, last = scale.column(before_s), max(scale.column(before_s) + 1, scale.column(part.end_s))
        for column in range(first, min(last, COLUMNS)):
            cpu_s[column] += part.cpu_s / (last - first)
            wait_s[column] += part.wait_s / (last - first)
        before_s = part.end_s
    least_s = 0.2 * scale.length_s / COLUMNS
    return "".join(
        " " if cpu + wait < least_s else (ON_CPU if cpu >= wait else WANTING)
        for cpu, wait in zip(cpu_s, wait_s, strict=True)
    )


def _fold(lanes: list[str]) -> list[str]:
    """At most MAX_LINES with the ruler and the legend: the middle of many lanes is left out."""
    room = MAX_LINES - 2
    if len(lanes) <= room:
        return lanes
    first = (room - 1) * 2 // 3
    last = room - 1 - first
    left_out = len(lanes) - first - last
    return [*lanes[:first], _lane("", f"... {left_out} more ..."), *lanes[-last:]]
