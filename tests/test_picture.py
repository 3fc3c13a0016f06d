"""The picture of a run, as data and as text."""

from __future__ import annotations

from checker.model.evidence import CpuUse, Run, Slice
from checker.model.outcome import ErrorInfo, Unusable
from checker.model.picture import Picture, PieceKind
from checker.picture import as_text, drawing
from tests.evidence import START_S, in_rounds, process, run, span


def drawn(seen: Run) -> str:
    return as_text.render(drawing.of(seen))


def test_operations_stand_below_each_other_in_time() -> None:
    """One lane per operation, each where it happened."""
    picture = drawn(run(0.6, spans=(span(0, 0.3, name="a"), span(0.3, 0.6, name="b"))))
    assert picture.splitlines() == [
        "               0 ms" + "600 ms".rjust(56),
        "a              " + "█" * 30,
        "b              " + " " * 30 + "█" * 30,
        "               █ in flight",
    ]


def test_what_was_never_called_has_no_picture() -> None:
    """However long a busy machine took to say so: `checker run` would show that instead of the mistake."""
    error = ErrorInfo(type="SyntaxError", bases=("SyntaxError",), message="invalid syntax", line=1)
    busy = CpuUse(processes=(process(0.001),))
    assert drawing.of(run(0.001, outcome=Unusable(reason="syntax", error=error), cpu=busy)) is None


def test_many_operations_are_folded() -> None:
    """At most 25 lines, and the number of lanes that are left out."""
    lines = drawn(run(1.0, spans=in_rounds(200, 10))).splitlines()
    assert len(lines) == drawing.MAX_LANES + 2
    assert "... 178 more ..." in "\n".join(lines)


def test_refused_operations_look_different() -> None:
    """What failed, was cancelled or had no answer has a sign of its own, and the legend says which."""
    spans = [span(0, 0.05, outcome=outcome) for outcome in ("answered", "failed", "dropped", "open")]
    lines = drawn(run(0.1, spans=tuple(spans))).splitlines()
    assert len({line.split()[1][0] for line in lines[1:-1]}) == len(spans)
    assert lines[-1].split("   ")[-4:] == [f"{as_text.SIGNS[kind]} {kind}" for kind in list(PieceKind)[:4]]


def test_short_operations_stay_visible() -> None:
    """Something that happened has at least one column, even at the very end."""
    picture = drawn(run(10.0, spans=(span(0, 0.001), span(9.9999, 10.0))))
    assert picture.count("█") == 3


def test_processes_show_running_and_waiting() -> None:
    """Per process: running, waiting for a core, neither."""
    use = process(0.5, wait_s=0.3, alive_s=1.0)
    slices = (
        Slice(end_s=START_S + 0.5, cpu_s=0.5, wait_s=0.0),
        Slice(end_s=START_S + 0.8, cpu_s=0.0, wait_s=0.3),
        Slice(end_s=START_S + 1.0, cpu_s=0.0, wait_s=0.0),
    )
    use = type(use)(
        **{field: getattr(use, field) for field in use.__struct_fields__ if field != "slices"}, slices=slices
    )
    picture = drawn(run(1.0, cpu=CpuUse(processes=(use,)))).splitlines()
    assert picture[1] == "attempt.py     " + "█" * 30 + "░" * 18
    assert "waiting for a core" in picture[-1]


def test_helpers_that_did_nothing_are_left_out() -> None:
    """Processes with next to no CPU time have no lane."""
    picture = drawn(run(1.0, cpu=CpuUse(processes=(process(1.0), process(0.001, name="helper")))))
    assert "helper" not in picture


def test_nothing_to_show() -> None:
    """A run without operations and without CPU time has no picture."""
    assert drawn(run(0.0, cpu=CpuUse(processes=()))) == ""


def test_pictures_of_format_1_stay_as_they_are() -> None:
    """Gradebooks of before have pictures that are text only."""
    assert as_text.render(Picture(length_s=0.0, lanes=(), text="say  ███")) == "say  ███"
