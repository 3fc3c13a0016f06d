"""Take items from a source, and send each through two stages: one after the other."""

from contextlib import closing


def pipeline(source, parse, store, width):
    """Yield store(parse(item)) for each item of the source, in the order of the source.

    Every step takes time: to get the next item, parse(item), store(parsed). In a `def`, as here, the
    source is a generator, and the stages are functions. In an `async def`, the source is an async
    generator, and the stages are coroutine functions.

    At most `width` items may lie in the pipeline, plus one in the hand of who puts items in, and one
    in the hand of who takes them out. The source is closed in the end, whatever happens.
    """
    with closing(source):
        for item in source:
            yield store(parse(item))
