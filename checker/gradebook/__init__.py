"""One SQLite file of attempts and results: a class's, or a learner's own."""
