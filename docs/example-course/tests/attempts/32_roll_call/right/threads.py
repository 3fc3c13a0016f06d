import threading


def roll_call(names, ask):
    answers = dict.fromkeys(names)

    def keep(name):
        try:
            answers[name] = ask(name)
        except ConnectionError:
            pass

    threads = [threading.Thread(target=keep, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
