"""Taking back a mistaken event: what remains has to add up, and the rows become what it adds up to."""
