"""Who stands on the roster."""
