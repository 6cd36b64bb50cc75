"""An invented district with its rounds, and what was answered in them."""
