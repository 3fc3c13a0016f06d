"""Concurrency Kata: graded exercises in Python concurrency, and the checker that judges them.

CONTRIBUTING.md says what is in each folder. This file stays empty of imports: the attempt's process loads it too.
"""

__version__ = "0.1.0"
