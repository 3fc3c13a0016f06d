"""How evidence is weighed. Pure: evidence in, answers out."""
