"""A class: what was handed in and by whom, the gradebook, and grading it on all cores or on a fleet."""
