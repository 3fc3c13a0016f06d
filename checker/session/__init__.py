"""pytest: the plugin, what one session keeps, and one attempt graded by it."""
