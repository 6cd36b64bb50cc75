"""What the registry knows."""
