# DUPLICATE: every worker goes through all of the keys.
# Says: Everybody does all of them
import threading


def fetch_all(keys, connect, workers):
    entries = [None] * len(keys)

    def work():
        connection = connect()
        try:
            for place, key in enumerate(keys):
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
