"""The outside that an attempt talks to: real sockets on loopback, owned by the grader.

The latency, the data and the clock live here, on the trusted side. Every operation is a span in a ledger.
"""
