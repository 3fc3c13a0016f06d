"""For who writes exercises or hands them out: lint and templates."""
