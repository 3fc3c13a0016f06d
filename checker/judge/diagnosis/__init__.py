"""Why a check failed: from evidence to a named mistake, one sentence and one hint. Pure functions.

Each function answers None when there is nothing to complain about.
"""
