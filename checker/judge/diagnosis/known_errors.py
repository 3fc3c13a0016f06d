"""Errors that Python tells in words of its own, and what a teacher would say of them: the table, in three parts."""

from __future__ import annotations

from checker.judge.diagnosis.known_asyncio import ASYNCIO, GROUP_CANCELS
from checker.judge.diagnosis.known_reading import READING, Known

_MAP = (
    "`map` takes one item of each collection for each call: a function with two arguments needs two collections, "
    "`map(f, starts, stops)`."
)
_NOT_TAKEN = (
    "A function is called with an argument that it does not take. If it is yours, compare its first line with that in "
    "sync.py. If it comes with Python, write the name as the documentation does: `Thread(target=f, args=(x,))`."
)
_NO_WITH = (
    "This object has no `with` of its own: call what ends it in a `finally`, or, for a `close()`, use "
    "`contextlib.closing(...)`."
)
_WITHOUT_ACQUIRE = "`with lock:` takes the lock by itself, and lets go of it at the end: leave out `.acquire()`."
_PAIRED = "Each `release()` needs an `acquire()` of its own before it, of the same lock: `with lock:` pairs them."
_IN_ITS_WITH = "`wait()` and `notify()` of a condition belong inside of a `with` block of that same condition."
_NOT_READY = (
    "The socket was not ready for that yet. Before you ask it, let the loop wait until the selector says that it is: "
    "with EVENT_READ for `recv` and `accept`, with EVENT_WRITE for `send`."
)
_FUTURE = (
    "A future stands for a result that may come later: `future.result()` waits for it, and gives it (`await` in an "
    "`async def`)."
)
_NONE = (
    "Something is None here: an argument that was not given, what comes of a function without `return`, or what a bare "
    "`yield` hands out."
)
_OWN_CONTEXT = (
    "`set_start_method` is for the whole program, and only once. Give this pool a context of its own: "
    "`mp_context=multiprocessing.get_context('spawn')`."
)
_NOT_EVERYWHERE = (
    "This Python has nothing of that name in this module. Is it written as in the documentation, and does this "
    "version have it already? `getattr(module, name, None)` asks for what only newer ones have."
)
_OF_AN_EXECUTOR = "An executor of `concurrent.futures` has `submit` and `map`, and `shutdown`."
_OF_THE_MODULE = (
    f"{_OF_AN_EXECUTOR} `wait` and `as_completed` are functions beside it: `from concurrent.futures import wait`, and "
    "call that with the futures."
)
_OF_THE_OTHER_POOL = (
    f"{_OF_AN_EXECUTOR} What you call is a method of `multiprocessing.Pool`, which is another kind of pool."
)
_OF_A_POOL = (
    "apply", "apply_async", "map_async", "starmap", "starmap_async", "imap", "imap_unordered", "close", "terminate",
    "join",
)  # fmt: skip
_CALL_THE_CLASS = "This makes an object when it is called, and is none itself: put parentheses behind its name."

_CALL_THE_METHOD = (
    "This is a method that nobody has called. Was its object meant, or are the parentheses behind it missing?"
)
_CALL_IT = (
    "This is a function that nobody has called: where you keep it, the parentheses behind its name are missing. Or is "
    "something else meant, which has another name?"
)
_TWO_SETS = (
    "A set has no result: each future in it has one. And `wait` gives two sets: `done, not_done = wait(futures)`. Who "
    "wants the results in order goes through the list of futures."
)

ERRORS = (
    *READING,
    *ASYNCIO,
    Known(
        "can't be used in 'await' expression",
        "Only awaitables can be awaited. If the function that the checks call is a plain `def`, the operations that "
        "it gets are blocking functions.",
    ),
    Known(
        "was created in a different Context",
        "A token gives a context variable its old value back only in the task or thread that has set it: reset it "
        "there.",
    ),
    Known(
        "cannot enter context",
        "A context can be entered by one thread at a time, and once: give each call a copy of its own, "
        "`contextvars.copy_context().run`, made anew for each.",
    ),
    Known(
        "is already registered",
        "A selector knows each socket once. If a second task waits for the same socket, change its entry (`modify`); "
        "and when nobody waits for it any longer, take it out (`unregister`).",
    ),
    Known(
        "breakpoint() needs a terminal",
        "Run pytest with -s: then the attempt has your terminal, and the deadline waits.",
    ),
    Known("'NoneType'", _NONE),
    Known(
        "cannot access local variable",
        "In this call, no line before this one gave that name a value. Which branch does (`if`, `with`, `try`), and "
        "what about the others?",
    ),
    Known("and 'Future'", _FUTURE),
    Known("'Future' and", _FUTURE),
    Known("'Future' object", _FUTURE),
    Known("'int' and 'list'", "`sum` adds up numbers, and here it meets a list.", line="sum("),
    *(Known(f"Executor' object has no attribute '{name}'", _OF_THE_OTHER_POOL) for name in _OF_A_POOL),
    Known("Executor' object has no attribute 'wait'", _OF_THE_MODULE),
    Known("Executor' object has no attribute 'as_completed'", _OF_THE_MODULE),
    Known("Executor' object has no attribute", _OF_AN_EXECUTOR),
    Known(
        "'Pool' object has no attribute",
        "A `multiprocessing.Pool` has `apply_async`, `map` and `starmap`. `submit` and `shutdown` are methods of the "
        "executors of `concurrent.futures`.",
    ),
    Known(
        "range() arg 3 must not be zero",
        "`//` gives 0 where there are fewer items than parts. With cuts at `part * items // parts` none is lost, and a "
        "part may be empty.",
    ),
    Known(
        "max_workers must be greater than 0",
        "With nothing to do, this pool would have no worker: give it at least one, `max(1, n)`, or answer without it.",
    ),
    Known(
        "base_url must have a trailing",
        "An address that goes on behind the host needs a `/` at its end there, and the requests none at their "
        "beginning; or leave `base_url` out, and ask for whole addresses.",
    ),
    Known(
        "apply to a 'Unfuture' object",
        "What a function returns may be an Unfuture itself: `then` has to await that one, too, and to hand on its "
        "result.",
    ),
    Known(
        "is not an exception",
        "An ExceptionGroup holds the exceptions themselves, and not their texts: keep the objects that you caught.",
    ),
    Known("(exceptions) must be a sequence", "An ExceptionGroup takes a list of exceptions, also of a single one."),
    Known(
        "not supported between instances of",
        "The second argument of `wait` is a timeout: name the other one, `wait(futures, return_when=FIRST_COMPLETED)`.",
        line="wait(",
    ),
    Known(
        "object has no attribute 'submit'",
        "The executor comes first: `run_in_executor(None, f, x)`. None stands for the loop's own pool of threads.",
        line="run_in_executor(",
    ),
    Known(
        "threads can only be started once",
        "This thread was started before. Was another one meant, which now nobody starts?",
    ),
    Known(
        "exceptions must derive from BaseException",
        "Only an exception can be raised. Of a list raise one, `raise errors[0]`; or all, in an ExceptionGroup.",
    ),
    Known(
        "object of type 'generator' has no len()",
        "A generator makes one thing after the other, and does not know how many there will be: go through it with "
        "`for`, and let what you collect grow with it.",
    ),
    Known(
        "not enough values to unpack",
        "What is taken apart there has fewer parts than there are names. Look at each line that puts something in "
        "where this came out: does each put in the same kind of thing?",
    ),
    Known(
        "ContextVar() takes at most 1 positional argument",
        "Only the name comes without a name of its own: `ContextVar('name', default=None)`.",
    ),
    Known(
        "__init__() not called",
        "Your `__init__` takes the place of the one in the class that it comes from: call that first, "
        "`super().__init__()`.",
    ),
    Known("cannot join thread before it is started", "`join()` only waits. Call `start()` before it."),
    Known(
        "group argument must be None",
        "The first argument of `Thread` is not the function. Name it: `Thread(target=f)`.",
    ),
    Known(
        "<lambda>() takes 0 positional arguments but 2 were given",
        "A handler of `signal.signal` gets two arguments: the number of the signal, and a frame.",
    ),
    Known("instance, got None", _NONE),
    Known("codec can't decode", 'What is in this file is no text. Open it with the mode `"rb"`, and read bytes.'),
    Known(
        "argument after * must be an iterable",
        "`args=(job)` is no tuple, only a job in parentheses: a comma makes the tuple, `(job,)`.",
    ),
    Known(
        "can't convert negative value to unsigned", "An unsigned number has no place left of zero: leave that word out."
    ),
    Known("can't convert negative value to size_t", "A `size_t` has no place left of zero. A `long long` has."),
    Known("value too large to convert to int", "A C int has 32 bits, and ends at 2 147 483 647. A `long long` has 64."),
    Known(
        "'size' must be a positive number",
        "A block of shared memory has one byte at least. With no data there is nothing to share: answer without it.",
    ),
    Known(
        "cannot close exported pointers exist",
        "Something still looks into the block: a slice of `buf` is a view of it, too, not a copy. `release()` it "
        "first, or take a copy with `bytes(...)`.",
    ),
    Known(
        "'buf' of 'SharedMemory' object", "The block stays where it is: copy into it, `block.buf[: len(data)] = data`."
    ),
    Known(
        "File exists: '/psm_",
        "`create=True` makes a new block, and there is one of this name. Who only wants to open it leaves that out: "
        "`SharedMemory(name=name)`.",
    ),
    Known(
        "No such file or directory: '/psm_",
        "This block is not there any longer. It is closed in every process, and unlinked once, by the process that "
        "made it, when all others have done with it.",
    ),
    Known(
        "Operation not permitted",
        "The grader does not allow memory without a name. A SharedMemory block has one, and so has a file for `mmap`.",
        line="memfd_create(",
    ),
    Known(
        "only be shared between processes through inheritance",
        "Locks, arrays and queues of multiprocessing go to a process when it is made, not with a task later. A "
        "SharedMemory block has a name: send the name.",
    ),
    Known("context has already been set", _OWN_CONTEXT),
    Known("module '", _NOT_EVERYWHERE),
    Known("cannot import name", _NOT_EVERYWHERE),
    Known(
        "'str' object has no attribute 'get_start_method'",
        "`mp_context` is a context, and not its name: `multiprocessing.get_context('spawn')`.",
    ),
    Known("'type' object does not support", _CALL_THE_CLASS),
    Known("missing 1 required positional argument: 'self'", _CALL_THE_CLASS),
    Known("'function' object does not support", _CALL_THE_CLASS),
    Known("'method' object does not support", _CALL_THE_METHOD),
    Known("'function' object has no attribute", _CALL_IT),
    Known("'method' object has no attribute", _CALL_IT),
    Known("'set' object has no attribute 'result'", _TWO_SETS),
    Known("cannot release un-acquired lock", _PAIRED),
    Known("release unlocked lock", _PAIRED),
    Known(
        "sleep length must be non-negative",
        "Its moment may have passed when you come to sleep until then: `max(0, ...)`.",
    ),
    Known("Resource temporarily unavailable", _NOT_READY),
    Known(
        "'tuple' object does not support the context",
        "A tuple came where one thing belongs. Give back only that: of what a socket's `accept()` gives, for instance, "
        "the connection, and not the address.",
    ),
    Known("expected an instance of Token", "`var.set(...)` returns a token: keep it, and hand that to `var.reset`."),
    Known("notify on un-acquired lock", _IN_ITS_WITH),
    Known("wait on un-acquired lock", _IN_ITS_WITH),
    Known(
        "'<=' not supported between instances of",
        "The number of workers comes first. Name what else you hand over: `mp_context=context`, `initializer=f`.",
        line="Executor(",
    ),
    Known(
        "=' not supported between instances of",
        "These two are of different kinds. Which of them is not what you think it is: an argument in another's place, "
        "or a function that nobody has called?",
    ),
    Known(
        "not supported between instances of",
        "Python does not know which of the two is the smaller one. Sort by something that it can compare: "
        "`sorted(things, key=lambda thing: thing.name)`, or a tuple that begins with it.",
    ),
    Known("'bool' object does not support the context", _WITHOUT_ACQUIRE, line="acquire("),
    Known("object does not support the context manager", _NO_WITH),
    Known("required positional argument", _MAP, line="map("),
    Known(
        "required positional argument",
        "A function is called without an argument that it needs. Who hands a function over gives the arguments beside"
        " it: `submit(f, x)`, `to_thread(f, x)`, `Thread(target=f, args=(x,))`.",
    ),
    Known("and was given", _MAP, line="map("),
    Known(
        "and was given",
        "It is called with other arguments than in sync.py: compare. Who hands a function over gives the arguments "
        "beside it: `submit(f, x)`, `to_thread(f, x)`, `Thread(target=f, args=(x,))`.",
    ),
    Known("got an unexpected keyword argument", _NOT_TAKEN),
    Known("were given", _NOT_TAKEN),
    Known("EOF when reading a line", "Nobody sits at the keyboard: the function gets all that it needs as arguments."),
    # The last: an exception in the group says more than the group does.
    Known("unhandled errors in a TaskGroup", GROUP_CANCELS),
)
