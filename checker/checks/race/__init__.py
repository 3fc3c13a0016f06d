"""Races: sync and the attempt run in turn on fresh inputs, until the verdict is clear."""
