"""pytest: the plugin, the state of a session, and the grading of one attempt with it."""
