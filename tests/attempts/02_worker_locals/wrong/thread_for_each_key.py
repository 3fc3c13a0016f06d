# OVER_LIMIT: a thread, and a connection, for each key.
import threading


def fetch_all(keys, connect, workers):
    entries = [None] * len(keys)

    def fetch(place, key):
        connection = connect()
        try:
            entries[place] = connection.get(key)
        except Exception as error:
            entries[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=fetch, args=pair) for pair in enumerate(keys)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
