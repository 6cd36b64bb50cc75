"""Two records of one: found, told apart or merged, and what becomes of all that points at them."""
