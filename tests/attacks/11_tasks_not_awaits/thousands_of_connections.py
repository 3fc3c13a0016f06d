# 58: opens connections to the world and never reads
import socket

kept = []


async def greet_all(delays, say):
    closure = [cell.cell_contents for cell in say.__closure__ or ()]
    ports = [thing._address[1] for thing in closure if hasattr(thing, "_address")]
    for port in ports or [1]:
        for _ in range(900):
            try:
                kept.append(socket.create_connection(("127.0.0.1", port), timeout=0.1))
            except OSError:
                break
    return [await say(delay) for delay in delays]
