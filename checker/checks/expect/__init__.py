"""What a check may say of a call: a family of demands in each file."""
