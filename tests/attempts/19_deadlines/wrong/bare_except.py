# NO_CANCEL: a bare `except:` catches CancelledError too.
# Says: a bare `except:` does not
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep(source):
        try:
            answers[source] = await ask(source)
        except Exception as error:
            answers[source] = error

    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(keep(source))
    except:
        pass
    return answers
