"""Concurrency Kata: graded exercises in Python concurrency, and the checker that judges them.

Imports point one way: `model` at the bottom, `cli` at the top (docs/architecture in CONTRIBUTING.md;
`tests/test_imports.py` holds it). This file stays empty of imports: the attempt's process loads it too.
"""

__version__ = "0.1.0"
