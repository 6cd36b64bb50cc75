"""What was said the year before."""
