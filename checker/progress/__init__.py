"""How far a learner is: rules, the learner's own gradebook, and how both read."""
