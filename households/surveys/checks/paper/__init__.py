"""The head of the paper."""
