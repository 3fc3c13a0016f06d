"""What belongs to one request and turned up in another: the diagnosis of exercise 15."""

from __future__ import annotations

import msgspec

from checker.judge.diagnosis import context
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import Returned

RUN = Run(function="handle", outcome=Returned(value=[]), started_s=0.0, wall_s=1.0, source="current.set(ident)")
OWN: dict[str, object] = {
    "before": None, "tea begins": "r-1", "tea in a thread": "r-1", "salt begins": "r-2", "afterwards": None
}  # fmt: skip


def mixed(**seen: object) -> Diagnosis | None:
    """The diagnosis when these places were told something else than their own ("_" stands for a blank)."""
    told = OWN | {place.replace("_", " "): ident for place, ident in seen.items()}
    return context.mixed(RUN, told, OWN, elsewhere=["tea in a thread"])


def test_everybody_is_told_his_own() -> None:
    """Nothing is wrong where every place was told what belongs to it."""
    assert mixed() is None


def test_another_requests_id_names_the_line_and_both_ids() -> None:
    """The sentence says which line got whose id, and how many are wrong."""
    wrong = mixed(tea_begins="r-2")
    assert wrong is not None
    assert wrong.code is Code.WRONG_RESULT
    assert wrong.sentence == "The line 'tea begins' was given 'r-2', and belongs to 'r-1': 1 of 5 lines is wrong."
    assert "whoever wrote last" in wrong.hint


def test_only_in_another_thread_it_was_not_handed_on() -> None:
    """Where the work itself is right, the hint is about the threads and tasks that it starts."""
    wrong = mixed(tea_in_a_thread=None)
    assert wrong is not None
    assert "'tea in a thread' was given no id" in wrong.sentence
    assert "another thread" in wrong.hint


def test_no_id_in_the_work_itself_was_set_too_late() -> None:
    """The hint is about when a task takes its copy."""
    wrong = mixed(tea_begins=None, tea_in_a_thread=None)
    assert wrong is not None
    assert "when it is made" in wrong.hint


def test_an_id_that_stays_has_to_be_given_back() -> None:
    """After the call nobody has an id."""
    wrong = mixed(afterwards="r-1")
    assert wrong is not None
    assert wrong.sentence == "handle is over, but 'r-1' stayed: the line 'afterwards' was given it."
    assert "reset(token)" in wrong.hint


def test_an_id_that_no_request_has_is_no_id() -> None:
    """Something else was set: nobody else wrote there."""
    for place in ("tea_begins", "afterwards"):
        wrong = mixed(**{place: "('r-1', 'tea')"})
        assert wrong is not None
        assert "was given no id, but \"('r-1', 'tea')\"" in wrong.sentence
        assert "look at what you `set`" in wrong.hint


def test_a_part_with_the_id_of_its_request_has_none_of_its_own() -> None:
    """Where all that is wrong is that, nobody wrote over anything; where more is, somebody may have."""
    own = {"menu begins": "r-1", "soup begins": "r-1-soup", "cake begins": "r-1-cake", "tea begins": "r-11"}
    parts = {"soup begins": "r-1", "cake begins": "r-1"}
    for others, words in (({}, "A part is a request of its own"), ({"tea begins": "r-1"}, "whoever wrote last")):
        wrong = context.mixed(RUN, own | parts | others, own)
        assert wrong is not None
        assert "'soup begins' was given 'r-1', and belongs to 'r-1-soup'" in wrong.sentence
        assert words in wrong.hint


def test_the_id_of_a_part_that_is_over_has_to_be_given_back() -> None:
    """A whole that has the id of its own part: nobody else wrote there."""
    own: dict[str, object] = {"soup begins": "r-1-soup", "menu after its parts": "r-1", "tea begins": "r-11"}
    own["afterwards"], stayed = None, {"menu after its parts": "r-1-soup", "afterwards": "r-11"}
    for others, words in (({}, "reset(token)"), ({"tea begins": "r-1"}, "whoever wrote last")):
        wrong = context.mixed(RUN, own | stayed | others, own)
        assert wrong is not None
        assert "'menu after its parts' was given 'r-1-soup', and belongs to 'r-1'" in wrong.sentence
        assert words in wrong.hint


def told_of(source: str, **seen: object) -> str:
    """The hint for an attempt with this text."""
    told = OWN | {place.replace("_", " "): ident for place, ident in seen.items()}
    wrong = context.mixed(msgspec.structs.replace(RUN, source=source), told, OWN)
    assert wrong is not None
    return wrong.hint


def test_what_is_no_variable_of_a_context_cannot_be_given_back() -> None:
    """An id that stays in a global, or inside of a dict, is there for all."""
    assert "whoever wrote last" in told_of("current = None\ncurrent = ident", afterwards="r-1")
    assert "reset(token)" in told_of("current.set(ident)", afterwards="r-1")


def test_a_variable_for_each_call_is_told() -> None:
    """What is made in a function is made again; what is made with an object may be the only one."""
    made = "{} = ContextVar('current')\n    current.set(1)"
    in_call = "async def handle():\n    " + made.format("current")
    with_object = "class Server:\n  def __init__(self):\n    " + made.format("self.current")
    assert "at the top of the file" in told_of(in_call, tea_begins=None)
    assert "at the top of the file" in told_of(in_call, tea_begins="r-2")
    assert "when it is made" in told_of(with_object, tea_begins=None)
    assert "when it is made" in told_of(made.format("current"), tea_begins=None)


def test_a_place_that_nobody_asked_from_is_wrong() -> None:
    """A line that was never written has no id."""
    wrong = context.mixed(RUN, {}, {"tea begins": "r-1"})
    assert wrong is not None
    assert "no id" in wrong.sentence


def test_what_is_no_id_is_told_as_what_it_is() -> None:
    """The variable itself, a coroutine or an exception: nothing has stayed, and nobody wrote last."""
    for told, helps in (("<ContextVar name='id'>", "`var.get()`"), ("LookupError: <ContextVar>", "`default=None`")):
        wrong = mixed(before=told)
        assert wrong is not None
        assert "was given no id, but" in wrong.sentence
        assert helps in wrong.hint
