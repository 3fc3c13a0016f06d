"""Results in the formats that people and programs read: one module per format, each with a pure `render`."""
