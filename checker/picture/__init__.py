"""A run as a picture, as data. Pure."""
