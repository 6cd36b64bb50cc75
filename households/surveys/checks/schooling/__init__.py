"""School and diplomas against ages."""
