"""For people who write exercises or hand them out: lint and templates."""
