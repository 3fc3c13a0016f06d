# SERIAL: each machine is waited for before the next one is asked.
async def roll_call(names, ask):
    answers = {}
    for name in names:
        try:
            answers[name] = await ask(name)
        except ConnectionError:
            answers[name] = None
    return answers
