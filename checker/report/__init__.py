"""Results in the formats that people and programs read: one format per module, each a pure `render`."""
