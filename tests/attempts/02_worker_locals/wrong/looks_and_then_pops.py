# LOST: between `if` and pop() another worker takes the last key, and this one ends with an IndexError.
# Says: Take it in one step
import threading


def fetch_all(keys, connect, workers):
    todo = list(enumerate(keys))
    entries = [None] * len(keys)

    def work():
        connection = connect()
        try:
            while todo:
                place, key = todo.pop(0)
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(min(workers, len(keys)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
