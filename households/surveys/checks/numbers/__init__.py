"""Personal numbers."""
