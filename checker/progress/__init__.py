"""A learner's progress: rules, the learner's own gradebook, and how it is shown."""
