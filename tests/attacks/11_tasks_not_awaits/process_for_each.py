# own: forks a process for each greeting, so that none of them has more than one thread
import json
import os


def ask(say, delay, out):
    try:
        os.write(out, json.dumps({"said": say(delay)}).encode())
    except ConnectionError as error:
        os.write(out, json.dumps({"error": str(error)}).encode())
    finally:
        os._exit(0)


def greet_all(delays, say):
    pipes = []
    for delay in delays:
        here, there = os.pipe()
        if os.fork() == 0:
            ask(say, delay, there)
        os.close(there)
        pipes.append(here)
    replies = [os.read(pipe, 4096) for pipe in pipes]
    for pipe in pipes:
        os.close(pipe)
        os.wait()
    replies = [json.loads(reply) for reply in replies]
    for reply in replies:
        if "error" in reply:
            raise ConnectionError(reply["error"])
    return [reply["said"] for reply in replies]
