"""Frozen records: exercises, what is observed of a call, and answers. Pure."""
