"""The grader's side of the boundary: start an attempt's process, ask it, hold the clock, take it down."""
