"""Fetch many keys from a server that one must connect to: one after the other, each over a new connection."""

from collections.abc import Callable


def fetch_all(keys: list[str], connect: Callable, workers: int) -> list:
    """Return a list with one entry for each key, in order: its value, or the exception if it could not be fetched.

    connect() opens a connection, which takes longer than to fetch a key. connection.get(key) returns
    the value or raises an exception, after which the connection is as good as before;
    connection.close() ends it. A connection carries one request at a time.

    Up to `workers` keys may be fetched at the same time, over as many connections.
    """
    entries = []
    for key in keys:
        connection = connect()
        try:
            entries.append(connection.get(key))
        except Exception as error:
            entries.append(error)
        finally:
            connection.close()
    return entries
