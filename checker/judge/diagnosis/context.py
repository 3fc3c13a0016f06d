"""What belongs to one task, or one request, and turned up in another."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping

from checker.judge.diagnosis.sentence import be, diagnosis
from checker.judge.diagnosis.source import calls, functions, last_name
from checker.judge.diagnosis.values import shown
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run


def mixed(
    run: Run, seen: Mapping[str, object], expected: Mapping[str, object], elsewhere: Collection[str] = ()
) -> Diagnosis | None:
    """A place in the program that was given another context than its own, or none.

    seen, expected: for each place in the program, the id that it was given, and its own; None: no context. The id of
    a part is that of the whole, a dash, and more.
    elsewhere: the places that are in tasks or threads which the work has started by itself.
    """
    wrong = [place for place, own in expected.items() if seen.get(place) != own]
    if not wrong:
        return None
    place = wrong[0]
    got, own = seen.get(place), expected[place]
    given = "no id" if got is None else shown(got)
    if got is not None and got not in expected.values():
        hint = next((hint for words, hint in _NO_IDS.items() if str(got).startswith(words)), _NOT_THE_ID)
        return diagnosis(Code.WRONG_RESULT, f"The line {place!r} was given no id, but {given}", hint=hint)
    share = f"{len(wrong)} of {len(expected)} lines {be(len(wrong))} wrong"
    if own is None:
        sentence = f"{run.function} is over, but {given} stayed: the line {place!r} was given it"
        return diagnosis(Code.WRONG_RESULT, sentence, hint=_kept(run.source) or _GIVE_BACK)
    sentence = f"The line {place!r} was given {given}, and belongs to {shown(own)}: {share}"
    if all(each in elsewhere for each in wrong):
        return diagnosis(Code.WRONG_RESULT, sentence, hint=_HAND_ON)
    if got is None:
        return diagnosis(Code.WRONG_RESULT, sentence, hint=_ONCE if _made_in_a_call(run.source) else _SET_IN_TIME)
    of_the_whole = all(str(expected[each]).startswith(f"{seen.get(each)}-") for each in wrong)
    of_a_part = all(expected[each] is None or str(seen.get(each)).startswith(f"{expected[each]}-") for each in wrong)
    hint = _kept(run.source) or (_A_PART if of_the_whole else _GIVE_BACK if of_a_part else _KEEP_APART)
    return diagnosis(Code.WRONG_RESULT, sentence, hint=hint)


def _kept(source: str) -> str | None:
    """A hint, if the id is kept in something else than one ContextVar."""
    if _made_in_a_call(source):
        return _ONCE
    return None if any(calls(source, "set")) else _KEEP_APART


def _made_in_a_call(source: str) -> bool:
    """A ContextVar is made in a function other than `__init__`, whose object may be the only one."""
    return any(
        isinstance(node, ast.Call) and last_name(node.func) == "ContextVar"
        for function in functions(source)
        if function.name != "__init__"
        for node in ast.walk(function)
    )


_NO_IDS = {
    "<ContextVar": "That is the variable. `var.get()` gives what it holds for whoever asks.",
    "<coroutine": "Whoever writes a line asks plainly, and gets a coroutine from an `async def`: keep it a `def`.",
    "LookupError": "A ContextVar that nobody has set raises LookupError: give it a `default=None`.",
    "AttributeError": "To assign to its name puts something else in the variable's place: `var.set(...)` fills it.",
}
"""How something begins that was given in the place of an id -> a hint."""
_NOT_THE_ID = "That is not the id of any request: look at what you `set`, and at what `request_id` returns."
_A_PART = "A part is a request of its own: set its id, too, although the id of the whole is there already."
_GIVE_BACK = (
    "What is set in a task stays in that task, and whoever awaits `handle` without a task of its own is in yours. Set "
    "it in a task for each request, or take it back: `token = var.set(...)` and, in a `finally`, `var.reset(token)`."
)
_HAND_ON = (
    "Part of the work runs in another task or another thread, where a threading.local is empty, and the current task "
    "is another. A ContextVar is copied into every new task, and into asyncio.to_thread."
)
_ONCE = (
    "A ContextVar that is made in a function is another variable in each call, and what the one holds the other does "
    "not know. Make it once, at the top of the file."
)
_SET_IN_TIME = (
    "It was not set there yet, or no longer. A task takes its copy of the context when it is made: set the ContextVar "
    "before that, or inside the task. `var.reset(token)` brings back what was there before; `var.set(None)` does not."
)
_KEEP_APART = (
    "One thread runs all tasks in turn, so what is kept once for all of them (a global, a threading.local, the inside "
    "of a shared dict) belongs to whoever wrote last. Set one ContextVar in each request's own task, or before that "
    "task is made."
)
