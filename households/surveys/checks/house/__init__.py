"""The house and what is in it."""
